"""The AWS emulator in its own interpreter, with patches: each file says what it does, why, and when it can be removed.

The emulator's version is pinned. Nothing here may import the rest of the project, whose packages are not installed.
"""
