"""The deadline of a request, and the waits between its tries."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ticketing.errors import Conflict

FIRST_WAIT = 0.025
LONGEST_WAIT = 0.4
LAST_TRY = 0.5
"""Seconds that must be left for another try: one that begins later could not end in time."""


@dataclass(frozen=True)
class Deadline:
    """A moment (seconds of the monotonic clock) after which nothing is tried again."""

    at: float
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)

    @property
    def remaining(self) -> float:
        """Return the seconds that are left, 0 at least."""
        return max(0.0, self.at - self.clock())

    def attempts(self) -> Iterator[int]:
        """Count tries from 0, at least one, waiting between them (exponential, full jitter) until time is up."""
        attempt = 0
        while True:
            yield attempt
            from ticketing.kernel.chance import CHANCE

            wait = CHANCE.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2**attempt))
            if wait + LAST_TRY >= self.remaining:
                return
            self.sleep(wait)
            attempt += 1


def lost_to_others() -> Conflict:
    """Return the refusal of a change that others came before until its deadline."""
    return Conflict("Others were faster for as long as this change could be tried; try again.")
