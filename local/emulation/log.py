"""Keep the logs of the last calls only: the emulator keeps what every call logs in memory, in a stream of its own, and
writes all of it down when it stops.

Remove when the emulator ends a log by size or age.
"""

from importlib import import_module
from itertools import islice
from typing import Any

CALLS = 1_000
"""Calls whose logs are kept, in each log group."""


def forget_old_calls() -> None:
    """Drop the log of the oldest call with each call above so many."""
    functions: Any = import_module("ministack.services.lambda_svc")
    logs: Any = import_module("ministack.services.cloudwatch_logs")
    keep = functions._emit_lambda_logs

    def keep_and_forget(*call: Any, **details: Any) -> None:
        keep(*call, **details)
        for _, group in logs._log_groups.all_items():
            forget(group["streams"])

    functions._emit_lambda_logs = keep_and_forget


def forget(streams: dict[str, Any]) -> None:
    """Drop the oldest streams above CALLS, whoever else drops some meanwhile."""
    for name in [*islice(streams, max(0, len(streams) - CALLS))]:
        streams.pop(name, None)
