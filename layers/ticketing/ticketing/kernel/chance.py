"""The chance by which waits differ. Few calls wait: those that do load it."""

import random

CHANCE = random.SystemRandom()
"""Functions that were restored from one snapshot (SnapStart) would share a seed, and in a race all wait alike."""
