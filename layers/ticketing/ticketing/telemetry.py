"""Tells of the work: logs of ids, codes, counts and times, and metrics beside them (EMF, in the same streams).

Never bodies, tokens, subjects, phone numbers or signed URLs. A process works on one request at a time, so whose work
it is stands here once: every line carries its id, every item that is written, and every job that is queued.
"""

import traceback
from functools import cache
from types import TracebackType
from typing import Protocol
from uuid import uuid4

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter
from aws_lambda_powertools.metrics import MetricUnit, single_metric

NAMESPACE = "Tickets"
"""The namespace of the metrics in CloudWatch; the dimension `service` is the stack's name."""


class Context(Protocol):
    """The part of the Lambda context that is used."""

    @property
    def aws_request_id(self) -> str:
        """Return the id of this invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the function's timeout."""


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
    about = getattr(error, "about", "")  # of an exception that is meant for the log: what failed, and how
    return f"{type(error).__name__} {about or _faults(error)}".rstrip()


def _faults(error: BaseException) -> str:
    """Return what is wrong with what a model was made of, and where; neither its values nor fields that are unknown."""
    from pydantic import ValidationError  # by the time that one is raised it is loaded

    if not isinstance(error, ValidationError):
        return ""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    known = (fault for fault in faults if fault["type"] != "extra_forbidden")
    return ", ".join(f"{fault['type']} at {'.'.join(map(str, fault['loc']))}" for fault in known)


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
    return f"{request_id()}:{uuid4().hex}"


def request_of(write: str) -> str:
    """Return the request that a write's name names; empty where it names none."""
    return write.rpartition(":")[0]


def count(metric: str, number: int = 1, **dimensions: str) -> None:
    """Count something, by one dimension or two that have few values: each value is a metric that is paid for."""
    if not number:
        return
    with single_metric(metric, MetricUnit.Count, number, namespace=NAMESPACE) as counted:
        for name, value in dimensions.items():
            counted.add_dimension(name, value)
