"""Tells of the work: logs of ids, codes, counts and times, and metrics beside them (EMF, in the same streams).

Never bodies, tokens, subjects, phone numbers or signed URLs. A process works on one request at a time, so whose work
it is stands here once: every line carries its id, every item that is written, and every job that is queued.
"""

import json
import logging
import os
import sys
import time
import traceback
from functools import cache
from typing import Protocol

NAMESPACE = "Tickets"
"""Where CloudWatch keeps the metrics; the dimension `service` is the stack's name."""


class Context(Protocol):
    """The part of the Lambda context that is used."""

    @property
    def aws_request_id(self) -> str:
        """The name of this invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function's timeout."""


_worked_for = {"requestId": ""}
_OF_ANY_RECORD = vars(logging.makeLogRecord({})).keys()


class _Lines(logging.Formatter):
    """Lines of JSON, in which an exception is its stack and its class: what it says can hold a ticket's texts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record with its fields, and whose work it is of."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "level": record.levelname,
            "location": f"{record.funcName}:{record.lineno}",
            "message": record.getMessage(),
            "timestamp": f"{moment}.{int(record.msecs):03d}Z",
            "service": _service(),
            **_worked_for,
        }
        line |= {name: value for name, value in vars(record).items() if name not in _OF_ANY_RECORD}
        if record.exc_info and (error := record.exc_info[1]):
            line |= {"exception_name": type(error).__name__, "exception": _stacks(error)}
        return json.dumps(line, default=str)


def _stacks(error: BaseException | None) -> str:
    """Return an exception and its causes, the last to happen first."""
    parts: list[str] = []
    told: list[BaseException] = []  # causes may run in a circle
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
def logger() -> logging.Logger:
    """Return the process's logger, which writes to standard output, from where Lambda takes it to CloudWatch."""
    lines = logging.StreamHandler(sys.stdout)
    lines.setFormatter(_Lines())
    made = logging.Logger("ticketing", logging.INFO)  # apart from the root's, which Lambda has write lines of its own
    made.addHandler(lines)
    return made


def begin(request_id: str) -> None:
    """Begin the work for this request."""
    _worked_for["requestId"] = request_id


def request_id() -> str:
    """Return the request that the process works for; empty before the first."""
    return _worked_for["requestId"]


def write_id() -> str:
    """Return a new name for a write, in which the request stands that makes it."""
    return f"{request_id()}:{os.urandom(16).hex()}"


def request_of(write: str) -> str:
    """Return the request that a write's name names; empty where it names none."""
    return write.rpartition(":")[0]


def count(metric: str, number: int = 1, **dimensions: str) -> None:
    """Count something, by one dimension or two that have few values: each value is a metric that is paid for. The line
    is in CloudWatch's embedded metric format."""
    if not number:
        return
    dimensions["service"] = _service()
    told = {"Namespace": NAMESPACE, "Dimensions": [[*dimensions]], "Metrics": [{"Name": metric, "Unit": "Count"}]}
    about = {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [told]}
    print(json.dumps({"_aws": about, **dimensions, metric: [number]}, separators=(",", ":")))  # noqa: T201 - a log line


def _service() -> str:
    """Return the name of the deployment in logs and metrics."""
    return os.environ.get("SERVICE_NAME", "")
