"""Declares the abilities of a peer that is measured, and the requests that it is asked."""

import http.client
import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

LISTS = ("list 25", "filter", "deep page", "search")
OPERATIONS = (*LISTS, "read", "update", "create", "bulk 20")
PAGE = 25
WORKERS = 4
"""Processes that answer, of each peer."""


@dataclass(frozen=True)
class Work:
    """An operation, done for the `number`th time among `size` tickets."""

    operation: str
    number: int
    size: int

    @property
    def is_list(self) -> bool:
        return self.operation in LISTS

    @property
    def ticketID(self) -> int:
        return self.number % (self.size // 2) + 1

    @property
    def ticketIDs(self) -> list[int]:
        """Return the tickets that are changed in one go."""
        return [(self.number * 20 + each) % (self.size // 2) + 1 for each in range(20)]

    @property
    def page(self) -> int:
        """Return the page of a list that is asked for, from 1 on."""
        return self.size // PAGE // 2 if self.operation == "deep page" else 1


@dataclass(frozen=True)
class Asked:
    """One request; `body` is JSON unless it is text."""

    method: str
    target: str
    body: Any = None
    headers: Mapping[str, str] | None = None


class Peer(Protocol):
    """A helpdesk that answers at `port`, which is below those that the system gives out by itself. Where something
    cannot be had, it raises OSError or CalledProcessError."""

    name: str
    port: int

    def made_of(self) -> Sequence[str]:
        """Install what is missing; return the versions and programs that a filled site depends on, the release that is
        measured first."""

    def fill(self, folder: Path, lines: Path) -> None:
        """Make a site with the tickets of a file of lines in an empty folder."""

    def serving(self, folder: Path) -> AbstractContextManager[None]:
        """Serve such a site until the end."""

    def requests(self, work: Work) -> list[Asked]:
        """Return the requests that do a work, none where there is no such operation."""

    def is_done(self, work: Work, answer: bytes) -> bool:
        """Tell whether an answer holds a page of a list, or says that a change has taken place."""


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
