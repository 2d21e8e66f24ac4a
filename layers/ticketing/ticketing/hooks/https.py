"""Calls customers' own services over HTTPS: signed, and never at an address that is not public.

The receiver checks `X-Tickets-Signature: v1=<hex>`, the HMAC-SHA256 of `<X-Tickets-Timestamp>.<body>` under the
action's secret, and refuses old timestamps; `X-Tickets-Delivery` is the same at each try of one call.

A name is resolved once, every address that it has is checked, and the connection is made to one that was checked: so a
name cannot point elsewhere by the time of the connection. Redirects are not followed.
"""

import hashlib
import hmac
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import override
from urllib.parse import SplitResult, urlsplit, urlunsplit

from ticketing.directory.hooks import may_be_called
from ticketing.hooks.ports import Undelivered

type Address = IPv4Address | IPv6Address

PATIENCE = 5.0
"""Seconds that connecting to an address, and then each read or write, may take."""
LONGEST_CALL = 10.0
"""Seconds after which a call is broken off, however busily the other side sends."""
ADDRESSES_TRIED = 2
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_SPECIAL = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2002::/16"),
    IPv6Network("3fff::/20"),
)
"""Ranges that relay to other hosts or belong to none, and that `is_global` lets through in part."""


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public Internet: not loopback, private, link-local, shared (CGNAT),
    multicast, reserved, nor an IPv6 form of such an IPv4 address."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not any(address in special for special in _SPECIAL)


@dataclass(frozen=True)
class SignedWebhooks:
    """Webhooks over HTTPS; `secret` reads a secret by its name, `clock` is in epoch seconds. `allows_loopback` permits
    calls to a loopback address, in plain HTTP too, so that hooks can be tried on one machine."""

    secret: Callable[[str], str]
    clock: Callable[[], float]
    allows_loopback: bool = False

    def post(self, url: str, secret: str, delivery: str, body: str) -> None:
        """Try once; the service accepts with a status of 200 to 299."""
        content = body.encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "tickets-hooks/1",
            "X-Tickets-Delivery": delivery,
            **self._signature(secret, content),
        }
        try:
            status = self._status(url, content, headers)
        except (OSError, HTTPException) as error:
            raise Undelivered(f"The service cannot be reached: {type(error).__name__}.") from error
        if not 200 <= status <= 299:
            raise Undelivered(f"The service answered {status}.")

    def _signature(self, secret: str, content: bytes) -> dict[str, str]:
        timestamp = str(int(self.clock()))
        signed = hmac.new(self.secret(secret).encode(), f"{timestamp}.".encode() + content, hashlib.sha256)
        return {"X-Tickets-Timestamp": timestamp, "X-Tickets-Signature": f"v1={signed.hexdigest()}"}

    def _status(self, url: str, content: bytes, headers: dict[str, str]) -> int:
        connection, target = self._connection(url)
        connection.connect()
        cut_off = Timer(LONGEST_CALL, _cut, [connection.sock])
        cut_off.daemon = True
        cut_off.start()
        try:
            connection.request("POST", target, content, headers)
            return connection.getresponse().status
        finally:
            cut_off.cancel()
            connection.close()

    def _connection(self, url: str) -> tuple[HTTPConnection, str]:
        """Return an unopened connection to addresses that were checked, and the request target; raises Undelivered."""
        if not may_be_called(url):
            raise Undelivered("The URL is not one that is called.")
        parts = urlsplit(url)
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        return _PinnedConnection(parts, self._addresses(parts)), target

    def _addresses(self, parts: SplitResult) -> list[str]:
        found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
        addresses = [ip_address(address[0]) for *_, address in found]
        is_local = self.allows_loopback and all(address.is_loopback for address in addresses)
        is_safe = parts.scheme == "https" and all(is_public(address) for address in addresses)
        if not is_local and not is_safe:
            raise Undelivered("The URL leads inside, or is not HTTPS.")
        return [str(address) for address in addresses[:ADDRESSES_TRIED]]


class _PinnedConnection(HTTPConnection):
    """Connects to the addresses that it is given, without resolving the name of its host again."""

    def __init__(self, parts: SplitResult, addresses: Sequence[str]) -> None:
        self._is_secure = parts.scheme == "https"
        self.default_port = 443 if self._is_secure else 80
        self._addresses = addresses
        super().__init__(parts.hostname or "", parts.port, timeout=PATIENCE)

    @override
    def connect(self) -> None:
        opened = self._opened()
        self.sock = _tls().wrap_socket(opened, server_hostname=self.host) if self._is_secure else opened

    def _opened(self) -> socket.socket:
        *others, last = self._addresses
        for address in others:
            try:
                return socket.create_connection((address, self.port), PATIENCE)
            except OSError:
                continue  # the next may be reachable
        return socket.create_connection((last, self.port), PATIENCE)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _cut(connection: socket.socket) -> None:
    """End a connection while another thread reads from it."""
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)  # the TLS socket's own method is not for two threads
    except OSError:
        return  # closed meanwhile
