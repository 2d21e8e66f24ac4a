"""What a peer must be able to do to be measured, and the requests that it is asked."""

import http.client
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

OPERATIONS = ("list 25", "filter", "page 200", "search", "read", "update", "create", "bulk 20")
PAGE = 25
WORKERS = 4
"""Processes that answer, of each peer."""


@dataclass(frozen=True)
class Asked:
    """One request; `body` is JSON unless it is text."""

    method: str
    target: str
    body: Any = None
    headers: Mapping[str, str] | None = None


class Peer(Protocol):
    """A helpdesk with `size` tickets, answering at `port`."""

    name: str
    port: int

    def running(self, folder: Path, size: int) -> AbstractContextManager[None]:
        """Install what is missing, fill it and serve; raises OSError or CalledProcessError where it cannot be had."""

    def requests(self, operation: str, number: int) -> list[Asked]:
        """Return the requests that do an operation for the `number`th time, none where there is no such operation."""

    def count(self, operation: str, answer: bytes) -> int | None:
        """Return how many tickets an answer to a list holds; None for the other operations."""


def ask(port: int, asked: Asked) -> bytes:
    """Return the body of an answer; raises ConnectionError if it is no success. Each request has its connection."""
    is_text = isinstance(asked.body, str)
    body = asked.body if is_text or asked.body is None else json.dumps(asked.body)
    kind = "application/x-www-form-urlencoded" if is_text else "application/json"
    headers = {"Accept": "application/json"} | ({} if body is None else {"Content-Type": kind})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(asked.method, asked.target, body, headers | dict(asked.headers or {}))
        answer = connection.getresponse()
        read = answer.read()
    finally:
        connection.close()
    if answer.status >= 400:
        raise ConnectionError(f"{asked.method} {asked.target}: {answer.status} {read[:500]!r}")
    return read
