"""Keep the logs of the last calls only: the emulator keeps what every call logs in memory, in a stream of its own, and
writes all of it down when it stops. What failed is also told in the emulator's own log, where it is found without AWS's
tools.

Remove the first when the emulator ends a log by size or age.
"""

import logging
import re
from importlib import import_module
from itertools import islice
from typing import Any

CALLS = 1_000
"""Calls whose logs are kept, in each log group."""
FAILURE = re.compile(r'"level":"(WARNING|ERROR|CRITICAL)"')
"""What a line of a function's log holds that tells of a failure."""
log = logging.getLogger("functions")


def keep_logs() -> None:
    """Drop the log of the oldest call with each call above so many, and tell what failed in the emulator's log."""
    functions: Any = import_module("ministack.services.lambda_svc")
    logs: Any = import_module("ministack.services.cloudwatch_logs")
    keep = functions._emit_lambda_logs

    def keep_forget_and_tell(function: Any, request_id: str, said: str, *call: Any, **details: Any) -> None:
        keep(function, request_id, said, *call, **details)
        for _, group in logs._log_groups.all_items():
            forget(group["streams"])
        tell((function.get("config") or function)["FunctionName"], said)

    functions._emit_lambda_logs = keep_forget_and_tell


def forget(streams: dict[str, Any]) -> None:
    """Drop the oldest streams above CALLS, whoever else drops some meanwhile."""
    for name in [*islice(streams, max(0, len(streams) - CALLS))]:
        streams.pop(name, None)


def tell(function: str, said: str) -> None:
    """Write the lines that tell of a failure into the emulator's log."""
    for line in said.splitlines():
        if FAILURE.search(line):
            log.warning("%s: %s", function, line)
