"""Tells of the work: logs of ids, codes, counts and times, and metrics beside them (EMF, in the same streams).

Never bodies, tokens, subjects, phone numbers or signed URLs. A process works on one request at a time, so whose work
it is stands here once: every line carries its id, every item that is written, and every job that is queued.
"""

import json
import os
import time
import traceback
from functools import cache
from types import TracebackType
from typing import Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

NAMESPACE = "Tickets"
"""Where CloudWatch keeps the metrics; the dimension `service` is the stack's name."""


class Context(Protocol):
    """The part of the Lambda context that is used."""

    @property
    def aws_request_id(self) -> str:
        """The name of this invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function's timeout."""


class _Discreet(LambdaPowertoolsFormatter):
    """Lines in which an exception is its stack and its class: what it says can hold a ticket's texts."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return the exception and its causes, the last to happen first."""
        parts: list[str] = []
        told: list[BaseException] = []  # causes may run in a circle
        error = ei[1]
        while error and error not in told:
            told.append(error)
            parts += [_name(error), *traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(parts)


def _name(error: BaseException) -> str:
    about = getattr(error, "about", "")  # of a dependency's failure: which call failed, and how
    return f"{type(error).__name__} {about}".rstrip()


@cache
def logger() -> Logger:
    """Return the process's structured logger; POWERTOOLS_* settings give its service name and level."""
    return Logger(logger_formatter=_Discreet(serialize_stacktrace=False))


def begin(request_id: str) -> None:
    """Begin the work for this request."""
    logger().append_keys(requestId=request_id)


def request_id() -> str:
    """Return the request that the process works for; empty before the first."""
    return str(logger().get_current_keys().get("requestId", ""))


def write_id() -> str:
    """Return a new name for a write, in which the request stands that makes it."""
    return f"{request_id()}:{os.urandom(16).hex()}"


def request_of(write: str) -> str:
    """Return the request that a write's name names; empty where it names none."""
    return write.rpartition(":")[0]


def count(metric: str, number: int = 1, **dimensions: str) -> None:
    """Count something, by one dimension or two that have few values: each value is a metric that is paid for. The line
    is in CloudWatch's embedded metric format, which Powertools takes ten times as long to write."""
    if not number:
        return
    dimensions["service"] = logger().service
    told = {"Namespace": NAMESPACE, "Dimensions": [[*dimensions]], "Metrics": [{"Name": metric, "Unit": "Count"}]}
    about = {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [told]}
    print(json.dumps({"_aws": about, **dimensions, metric: [number]}, separators=(",", ":")))  # noqa: T201 - a log line
