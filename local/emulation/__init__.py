"""The AWS emulator in its own interpreter, with patches: each file here says what is wrong there, and when it can go.

The emulator's version is pinned. Nothing here may import the rest of the project, whose packages are not installed.
"""
