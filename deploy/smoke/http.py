"""HTTP as it is written: a client that changes neither paths nor header names nor bodies."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from bundle.errors import CannotContinue

TIMEOUT = 30
"""Seconds: a gateway gives up after 30."""


@dataclass(frozen=True)
class HttpReply:
    """A reply; header names are in lower case, repeated ones joined with commas."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON, None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass(frozen=True)
class DeployedApi:
    """An API at a URL, which is given without /api."""

    url: str

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> HttpReply:
        """Send one request on a connection of its own; raises CannotContinue where nothing answers."""
        connection = self._connection()
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # a large body may be refused before it is read
                connection.request(method, urlsplit(self.url).path.rstrip("/") + path, body, dict(headers))
            answer = connection.getresponse()
            names = {name.lower() for name, _ in answer.getheaders()}
            return HttpReply(answer.status, {name: str(answer.getheader(name)) for name in names}, answer.read())
        except (OSError, HTTPException) as error:
            raise CannotContinue(f"{self.url} does not answer {method} {path}: {error}") from error
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        try:
            parts = urlsplit(self.url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise self._refused() from error
        if parts.scheme not in ("http", "https") or not host:
            raise self._refused()
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(host, port, timeout=TIMEOUT)

    def _refused(self) -> CannotContinue:
        return CannotContinue(f"{self.url} is no URL such as https://api.example")
