"""Random jitter for waits; imported only by calls that wait."""

import random

CHANCE = random.SystemRandom()
"""Functions that were restored from one snapshot (SnapStart) would share a seed, and in a race all wait alike."""
