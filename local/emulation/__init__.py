"""What runs in the emulator's own interpreter: the emulator, and what it lacks.

Nothing here may import the rest of the project, whose packages are not installed there. Each part replaces functions
of the emulator, whose version is pinned.
"""
