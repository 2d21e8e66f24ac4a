"""The time as a service has it: a clock that is wrong by minutes is put right by the date of a refusal."""

import time
from contextlib import suppress
from datetime import UTC, datetime

from ticketing.kernel.aws.connections import ServiceReply

TOLERANCE = 240
"""Seconds by which a clock may be wrong; AWS refuses what was signed five minutes ago."""


class Clock:
    """This machine's clock, corrected."""

    def __init__(self) -> None:
        self._error = 0.0

    def now(self) -> float:
        """Return the moment in epoch seconds."""
        return time.time() + self._error

    def is_corrected(self, reply: ServiceReply, signed_at: float) -> bool:
        """Go by the service's clock from now on, and return True, if a request was signed at a moment that is wrong by
        it."""
        with suppress(ValueError):  # of a date that is none
            right = datetime.strptime(reply.headers.get("date", ""), "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
            if abs(right.timestamp() - signed_at) > TOLERANCE:
                self._error = right.timestamp() - time.time()
                return True
        return False
