"""Keep the logs of the last calls only, and copy what tells of failures into the emulator's own log, where it is found
without AWS's tools. The emulator keeps what every call logs in memory, in a stream of its own, and writes all of it
down when it stops.

Remove what forgets when the emulator ends a log by size or age.
"""

import logging
import re
from importlib import import_module
from itertools import islice
from typing import Any

CALLS = 1_000
"""Calls whose logs are kept, in each log group."""
FAILURE = re.compile(r'"level":"(WARNING|ERROR|CRITICAL)"')
"""The part of a line of a function's log that marks it as a failure's."""
log = logging.getLogger("functions")


def keep_logs() -> None:
    """Drop the log of the oldest call with each call above so many, and copy what tells of failures."""
    functions: Any = import_module("ministack.services.lambda_svc")
    logs: Any = import_module("ministack.services.cloudwatch_logs")
    keep = functions._emit_lambda_logs

    def keep_forget_and_copy(function: Any, request: str, said: str, is_error: bool, *call: Any, **more: Any) -> None:
        keep(function, request, said, is_error, *call, **more)
        for _, group in logs._log_groups.all_items():
            forget(group["streams"])
        copy_failures((function.get("config") or function)["FunctionName"], said, is_error)

    functions._emit_lambda_logs = keep_forget_and_copy


def forget(streams: dict[str, Any]) -> None:
    """Drop the oldest streams above CALLS, whoever else drops some meanwhile."""
    for name in [*islice(streams, max(0, len(streams) - CALLS))]:
        streams.pop(name, None)


def copy_failures(function: str, said: str, is_error: bool) -> None:
    """Copy the lines of a function that tell of a failure; of a call that ended in an error, all of them."""
    if is_error:
        log.error("%s ended in an error: %s", function, said)
        return
    for line in said.splitlines():
        if FAILURE.search(line):
            log.warning("%s: %s", function, line)
