"""Kept connections to one host: sockets, and llhttp, which parses an answer in a tenth of http.client's time."""

import os
import re
import select
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from ticketing.kernel.aws.configuration import STANDARD_HOST
from ticketing.kernel.retries import NoAnswer

if TYPE_CHECKING:
    from ssl import SSLContext

type Address = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
"""An address of a host, as getaddrinfo returns it."""
_ROOTS = r'# Label: "(?:Amazon|Starfield Services) .*?(-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----)'


class ServiceReply:
    """A reply; names of headers are in lower case. It has a parser until it is whole. A body that ends where the
    connection ends is not read."""

    def __init__(self, has_body: bool = True) -> None:
        self.status, self.body, self.stays_open = 0, b"", False
        self.headers: dict[str, str] = {}
        self.parser: HttpResponseParser | None = HttpResponseParser(self)
        self._has_body = has_body

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.parser:
            self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        has_body = self._has_body and self.headers.keys() & {"content-length", "transfer-encoding"}
        if not has_body and not self._is_interim():
            self.on_message_complete()

    def on_body(self, octets: bytes) -> None:
        if self.parser:
            self.body += octets

    def on_message_complete(self) -> None:
        if self._is_interim():
            self.headers.clear()
            return
        if self.parser:
            self.status, self.stays_open = self.parser.get_status_code(), self.parser.should_keep_alive()
        self.parser = None

    def _is_interim(self) -> bool:
        """Tell whether another reply to the same request follows (RFC 9110, 15.2)."""
        return self.parser is not None and self.parser.get_status_code() < 200


def tls(host: str) -> "SSLContext":
    """Return a context that trusts AWS_CA_BUNDLE or botocore's roots, but for a standard host Amazon's alone: to load
    all of them takes longer than to load Python."""
    import ssl

    import botocore

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    told, known = os.environ.get("AWS_CA_BUNDLE"), Path(botocore.__file__).with_name("cacert.pem")
    if told or not re.fullmatch(STANDARD_HOST, host):
        context.load_verify_locations(told or known)
    else:
        context.load_verify_locations(cadata="\n".join(re.findall(_ROOTS, known.read_text(), re.DOTALL)))
    return context


class Connections:
    """Connections to the host of a URL, for any number of threads; `trust` gives the TLS context for a host.
    `is_reached` tells whether the last new connection could be made. Raises UnicodeEncodeError for a host beyond
    ASCII."""

    def __init__(self, url: str, trust: "Callable[[str], SSLContext]" = tls) -> None:
        self._idle: deque[socket.socket] = deque()
        self._lent: set[socket.socket] = set()  # held here, so that none is collected before its exchange closes it
        self.is_reached = True
        parts = urlsplit(url)
        self.host, name = parts.netloc, parts.hostname or ""
        # in bytes, for which Python does not load its tables of international names
        self._address = (name.encode("ascii"), parts.port or (443 if parts.scheme == "https" else 80))
        self._tls = trust(name) if parts.scheme == "https" else None

    def __del__(self) -> None:
        for connection in (*self._idle, *self._lent):
            connection.close()

    def ask(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, seconds: float
    ) -> Callable[[float], ServiceReply]:
        """Send a request within so many seconds (but for a look-up of the host that hangs), and return what reads the
        reply, once, within so many seconds. Failures are raised by the reader, as NoAnswer."""
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        request = f"{method} {target} HTTP/1.1\r\n{head}content-length: {len(body)}\r\n\r\n".encode("latin-1") + body
        return _Exchange(self, request, ServiceReply(has_body=method != "HEAD"), time.monotonic() + seconds).read

    def keep(self, connection: socket.socket) -> None:
        """Keep a connection that was taken for others."""
        self._lent.discard(connection)
        self._idle.append(connection)

    def close(self, connection: socket.socket) -> None:
        """Close a connection that was taken."""
        self._lent.discard(connection)
        connection.close()

    def taken(self, end: float) -> socket.socket:
        """Return a connection, made before a moment, that nobody else has until it is kept again; raises OSError."""
        connection = self._idle_connection() or self._new_connection(end)
        self._lent.add(connection)
        return connection

    def _idle_connection(self) -> socket.socket | None:
        """Return the idle connection that was used last and is still open."""
        with suppress(IndexError):
            while _has_ended(connection := self._idle.pop()):
                connection.close()
            return connection
        return None

    def _new_connection(self, end: float) -> socket.socket:
        connection: socket.socket | None = None
        try:
            connection = _connected(socket.getaddrinfo(*self._address, type=socket.SOCK_STREAM), end)
            connection.settimeout(_seconds_left(end))  # of the whole handshake
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_hostname=self._address[0])
        except OSError:
            self.is_reached = False
            if connection:
                connection.close()
            raise
        self.is_reached = True
        return connection


def _connected(addresses: Iterable[Address], end: float) -> socket.socket:
    """Connect to the first of the addresses that answers within a second."""
    failure: OSError = ConnectionError()
    for family, kind, protocol, _, address in addresses:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(min(1, _seconds_left(end)))
            connection.connect(address)
        except OSError as error:
            connection.close()
            failure = error
        else:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
    raise failure


class _Exchange:
    """A request, sent when it is made, and its reply, read when it is wanted."""

    def __init__(self, connections: Connections, request: bytes, reply: ServiceReply, end: float) -> None:
        self._connections, self._reply = connections, reply
        self._connection: socket.socket | None = None
        self._failure: OSError | None = None
        try:
            self._connection = connections.taken(end)
            self._connection.settimeout(_seconds_left(end))
            self._connection.sendall(request)
        except OSError as error:
            self._failure = error
            self._close()

    def __del__(self) -> None:
        self._close()

    def read(self, seconds: float) -> ServiceReply:
        """Return the reply; raises NoAnswer."""
        try:
            if self._failure or not self._connection:
                raise self._failure or EOFError
            _read(self._connection, self._reply, time.monotonic() + seconds)
            if self._reply.stays_open:
                self._connections.keep(self._connection)
                self._connection = None
        except (OSError, EOFError, HttpParserError, HttpParserUpgrade) as error:
            raise NoAnswer(type(error).__name__) from error
        finally:
            self._close()
        return self._reply

    def _close(self) -> None:
        """Close the connection, unless it is kept."""
        if self._connection:
            self._connections.close(self._connection)
            self._connection = None


def _read(connection: socket.socket, reply: ServiceReply, end: float) -> None:
    while reply.parser:
        connection.settimeout(_seconds_left(end))
        if not (octets := connection.recv(65536)):
            raise EOFError
        reply.parser.feed_data(octets)


def _seconds_left(end: float) -> float:
    """Return the seconds that are left; raises TimeoutError where there are none."""
    if (seconds := end - time.monotonic()) <= 0:
        raise TimeoutError
    return seconds


def _has_ended(connection: socket.socket) -> bool:
    """Return whether the host has closed an idle connection, or said what nobody asked."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
