"""Kept connections to one host: sockets, and llhttp, which parses an answer in a tenth of http.client's time."""

import os
import re
import select
import socket
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from httptools import HttpResponseParser

from ticketing.kernel.aws.configuration import STANDARD_HOST

if TYPE_CHECKING:
    from ssl import SSLContext

_ROOTS = r'# Label: "(?:Amazon|Starfield Services) .*?(-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----)'


class Reply:
    """A reply; names of headers are in lower case. It has a parser until it is whole."""

    def __init__(self) -> None:
        self.status, self.body, self.stays_open = 0, b"", False
        self.headers: dict[str, str] = {}
        self.parser: HttpResponseParser | None = HttpResponseParser(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, octets: bytes) -> None:
        self.body += octets

    def on_message_complete(self) -> None:
        if self.parser:
            self.status, self.stays_open = self.parser.get_status_code(), self.parser.should_keep_alive()
        self.parser = None


class Connections:
    """Connections to the host of a URL, for any number of threads."""

    def __init__(self, url: str) -> None:
        self._idle: deque[socket.socket] = deque()
        self._lent: set[socket.socket] = set()
        parts = urlsplit(url)
        self.host, name = parts.netloc, parts.hostname or ""
        self._address = (name, parts.port or (443 if parts.scheme == "https" else 80))
        self._tls = tls(name) if parts.scheme == "https" else None

    def __del__(self) -> None:
        for connection in (*self._idle, *self._lent):
            connection.close()

    def post(self, headers: Mapping[str, str], body: bytes, seconds: float) -> Callable[[float], Reply]:
        """Post to `/` within so many seconds, and return what reads the reply, once, within so many seconds; both raise
        OSError, the reader also EOFError and HttpParserError."""
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        request = f"POST / HTTP/1.1\r\n{head}content-length: {len(body)}\r\n\r\n".encode("latin-1") + body
        connection = self._kept() or self._made()
        self._lent.add(connection)
        return _Exchange(self, connection, request, seconds).reply

    def take_back(self, connection: socket.socket, stays_open: bool) -> None:
        """Keep a connection that was lent for others, or close it."""
        self._lent.remove(connection)
        self._idle.append(connection) if stays_open else connection.close()

    def _kept(self) -> socket.socket | None:
        """Return the idle connection that was used last and is still open."""
        with suppress(IndexError):
            while _has_ended(connection := self._idle.pop()):
                connection.close()
            return connection
        return None

    def _made(self) -> socket.socket:
        connection = socket.create_connection(self._address, timeout=1)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._tls.wrap_socket(connection, server_hostname=self._address[0]) if self._tls else connection


def tls(host: str) -> "SSLContext":
    """Trust AWS_CA_BUNDLE or botocore's roots, and for a standard host Amazon's alone: all take longer than Python."""
    import ssl

    import botocore

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    told, known = os.environ.get("AWS_CA_BUNDLE"), Path(botocore.__file__).with_name("cacert.pem")
    if told or not re.fullmatch(STANDARD_HOST, host):
        context.load_verify_locations(told or known)
    else:
        context.load_verify_locations(cadata="\n".join(re.findall(_ROOTS, known.read_text(), re.DOTALL)))
    return context


class _Exchange:
    """A request, sent when it is made, and its reply, read when it is wanted."""

    def __init__(self, connections: Connections, connection: socket.socket, request: bytes, seconds: float) -> None:
        self._connections, self._connection, self._reply = connections, connection, Reply()
        self._is_over = False
        try:
            connection.settimeout(seconds)
            connection.sendall(request)
        except OSError:
            self._end_with(stays_open=False)
            raise

    def __del__(self) -> None:
        self._end_with(stays_open=False)

    def reply(self, seconds: float) -> Reply:
        """Return the reply; raises OSError, EOFError, HttpParserError."""
        try:
            _read(self._connection, self._reply, time.monotonic() + seconds)
        finally:
            self._end_with(self._reply.stays_open)
        return self._reply

    def _end_with(self, stays_open: bool) -> None:
        """Give the connection back, once: then it is another's."""
        if not self._is_over:
            self._is_over = True
            self._connections.take_back(self._connection, stays_open)


def _read(connection: socket.socket, reply: Reply, end: float) -> None:
    while reply.parser:
        connection.settimeout(max(0.001, end - time.monotonic()))
        if not (octets := connection.recv(65536)):
            raise EOFError
        reply.parser.feed_data(octets)


def _has_ended(connection: socket.socket) -> bool:
    """Return whether the host has closed an idle connection, or said what nobody asked."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
