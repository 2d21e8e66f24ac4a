"""Calls to AWS: no read outlasts the time limit, a few tries where another may help, and every failure a 503.

botocore is configured to try once, because its own retries know of no limit. It is also lenient: it turns an answer
that was cut off or came from a proxy into an empty one, which would read as "there is no such item".
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from ticketing.errors import Unavailable
from ticketing.kernel.timelimit import time_left

TRIES = 3
"""Times that a call is made before it has failed."""
ONCE = Config(retries={"mode": "standard", "total_max_attempts": 1})
"""The configuration of clients whose calls `ask` makes."""
SHORTEST = 0.1
"""Seconds that a call takes at least: with less time left, no call is made."""
FIRST_WAIT = 0.1
"""Seconds before the second try at most; twice as many before the third."""
CHANCE = random.SystemRandom()
"""Functions that were restored from one snapshot (SnapStart) would share a seed, and all wait alike."""

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
_JSON = frozenset({"json", "rest-json"})


class Garbled(Exception):
    """An answer that is not the service's own: cut off, or a proxy's page."""


def guarded[Client](client: Client) -> Client:
    """Return the botocore client, changed so that each try ends within the time limit and no damaged answer is
    accepted."""
    events = client.meta.events  # type: ignore[attr-defined]
    events.register("request-created", _limit, unique_id="time limit")
    events.register("before-parse", _require_whole, unique_id="whole answers")
    return client


def ask[Reply](
    service: str,
    call: Callable[[], Reply],
    about: str,
    is_expected: Callable[[str], bool] = lambda _: False,
    tries: int = TRIES,
) -> Reply:
    """Return the reply to a call; raises ClientError where the service refuses with a code that is expected, and
    Unavailable for every other failure, whose line in the log says what the call was `about`."""
    for attempt in range(tries):
        _require_time(service, about)
        try:
            return call()
        except (ClientError, BotoCoreError, ResponseParserError, Garbled) as error:
            if isinstance(error, ClientError) and is_expected(_code(error)):
                raise
            failure: Exception = error
        if not _may_pass(failure) or attempt == tries - 1 or not pause(attempt):
            break
    raise Unavailable(f"{service} does not answer.", about=f"{about}: {_reason(failure)}") from failure


def pause(attempt: int) -> bool:
    """Wait after a try, counted from 0; return False at once where too little time is left."""
    wait = CHANCE.uniform(0, FIRST_WAIT * 2**attempt)
    if wait + SHORTEST > time_left():
        return False
    time.sleep(wait)
    return True


def _require_time(service: str, about: str) -> None:
    if time_left() < SHORTEST:
        raise Unavailable(f"There was no time left to ask. {service} may be slow.", about=f"{about}: no time left")


def _may_pass(failure: Exception) -> bool:
    """Return whether another try may succeed."""
    if not isinstance(failure, ClientError):
        return True
    return _code(failure) in _PASSING or failure.response["ResponseMetadata"]["HTTPStatusCode"] >= 500


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def _reason(failure: Exception) -> str:
    return _code(failure) if isinstance(failure, ClientError) else type(failure).__name__


def _limit(request: Any, **_: Any) -> None:
    """Let no read of the request last longer than the time limit."""
    longest = request.context["client_config"].read_timeout
    request.context["read_timeout"] = min(longest, max(SHORTEST, time_left()))


def _require_whole(operation_model: Any, response_dict: Mapping[str, Any], **_: Any) -> None:
    if operation_model.service_model.resolved_protocol not in _JSON:
        return
    try:
        answer = json.loads(response_dict["body"])
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(answer, dict):
        raise Garbled
