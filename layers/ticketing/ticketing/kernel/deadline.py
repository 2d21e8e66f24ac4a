"""How long a request may go on trying, and how it waits between tries."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ticketing.errors import Conflict

FIRST_WAIT = 0.025
LONGEST_WAIT = 0.4
LAST_TRY = 0.5
"""Seconds that a try is left at least: one that begins later could not end in time."""
CHANCE = random.SystemRandom()
"""Functions that were restored from one snapshot (SnapStart) would share a seed, and in a race all wait alike."""


@dataclass(frozen=True)
class Deadline:
    """A moment (seconds of the monotonic clock) after which nothing is tried again."""

    at: float
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)

    @property
    def remaining(self) -> float:
        """The seconds that are left, 0 at least."""
        return max(0.0, self.at - self.clock())

    def attempts(self) -> Iterator[int]:
        """Counts tries from 0, at least one, waiting between them (exponential, full jitter) until time is up."""
        attempt = 0
        while True:
            yield attempt
            wait = CHANCE.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2**attempt))
            if wait + LAST_TRY >= self.remaining:
                return
            self.sleep(wait)
            attempt += 1


def lost_to_others() -> Conflict:
    """The refusal of a change that others came before until its deadline."""
    return Conflict("The ticket changed faster than this change could be made; try again.")
