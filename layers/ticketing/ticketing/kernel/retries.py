"""One layer of retries for every call to AWS: a few tries within the time limit, and every failure a 503.

Clients try once and raise Refusal or NoAnswer, for their libraries' own retries know of no limit.
"""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ticketing.errors import Unavailable
from ticketing.kernel.timelimit import time_left

TRIES = 3
"""Times that a call is made before it has failed."""
AT_ONCE = 16
"""Calls that a request has under way at the same time."""
SHORTEST = 0.1
"""Seconds that a call takes at least: with less time left, no call is made."""
FIRST_WAIT = 0.1
"""Seconds before the second try at most; twice as many before the third."""

_PASSING = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "Throttling",
        "RequestLimitExceeded",
        "RequestThrottled",
        "SlowDown",
        "TransactionInProgressException",
        "TransactionConflictException",
    }
)


class NoAnswer(Exception):
    """A try without a whole answer: the line was dead or slow, or somebody else answered; `reason` is for the log."""

    may_pass = True

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Garbled(NoAnswer):
    """An answer that is not the service's own: cut off, or a proxy's page."""

    def __init__(self) -> None:
        super().__init__("Garbled")


class Refusal(Exception):
    """A service refused with a code; `document` is what it says besides. Throttling and the service's own failures may
    pass."""

    def __init__(
        self,
        code: str,
        status: int,
        operation: str,
        document: Mapping[str, Any] = MappingProxyType({}),
        may_pass: bool = False,
    ) -> None:
        super().__init__()
        self.reason = self.code = code
        self.about = f"{code} of {operation}"  # for the log
        self.document = document
        self.may_pass = may_pass or code in _PASSING or status >= 500


def attempted[Reply](
    service: str,
    call: Callable[[], Reply],
    about: object,
    is_expected: Callable[[str], bool] = lambda _: False,
    tries: int = TRIES,
) -> Reply:
    """Return the reply to a call; raises Refusal where the service refuses with a code that is expected, and
    Unavailable for every other failure, whose line in the log says what the call was `about`."""
    for attempt in range(tries):
        _require_time(service, about)
        try:
            return call()
        except (Refusal, NoAnswer) as error:
            if isinstance(error, Refusal) and is_expected(error.code):
                raise
            failure = error
        if not failure.may_pass or attempt == tries - 1 or not pause(attempt):
            break
    raise Unavailable(f"{service} does not answer.", about=f"{about}: {failure.reason}") from failure


def pause(attempt: int) -> bool:
    """Wait after a try, counted from 0; return False at once where too little time is left."""
    from ticketing.kernel.chance import CHANCE

    wait = CHANCE.uniform(0, FIRST_WAIT * 2**attempt)
    if wait + SHORTEST > time_left():
        return False
    time.sleep(wait)
    return True


def longest_try(seconds: float) -> float:
    """Return the seconds that a try may take: so many, or those that are left."""
    return min(seconds, max(SHORTEST, time_left()))


def has_time() -> bool:
    """Tell whether there is time for another call."""
    return time_left() >= SHORTEST


def _require_time(service: str, about: object) -> None:
    if not has_time():
        raise Unavailable(f"There was no time left to ask. {service} may be slow.", about=f"{about}: no time left")
