"""Decides who may chat: visitors of an open channel who come from one of its sites.

One pattern decides what an origin is. Nothing is parsed leniently and then compared: a lenient parser and a browser
read `https://shop.example\\@evil.example` and the like differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.errors import ChannelNotAllowed

if TYPE_CHECKING:
    from ticketing.directory.model import ChatChannel

_ORIGIN = r"(?P<scheme>https?)://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?P<port>:[0-9]{1,5})?"
_AS_ORIGIN = re.compile(_ORIGIN, re.ASCII | re.IGNORECASE)
_AS_REFERER = re.compile(rf"{_ORIGIN}(?:[/?#].*)?", re.ASCII | re.IGNORECASE)
_LOCAL = frozenset({"localhost", "127.0.0.1"})


@dataclass(frozen=True)
class Visit:
    """The origin of a visitor: what their browser says (None: nothing), and the address that the gateway saw."""

    origin: str | None
    referer: str | None
    address: str


def require_admission(chat: ChatChannel | None, visit: Visit) -> ChatChannel:
    """Return the channel if the visitor may write to it; raises ChannelNotAllowed, without saying why."""
    if chat and chat.is_open and admits(chat.channel.hostnames, visit.origin, visit.referer):
        return chat
    raise ChannelNotAllowed("The channel's token or this site is not allowed.")


def admits(hostnames: Iterable[str], origin: str | None, referer: str | None) -> bool:
    """Return whether a request with these Origin and Referer headers (None: absent) comes from one of the hostnames.

    A hostname is exact, or `*.suffix` for one or more labels before it; `https` and no port. `localhost` stands for
    this machine under both its names, with any port. The Referer counts only where there is no Origin.
    """
    found = _AS_REFERER.fullmatch(referer or "") if origin is None else _AS_ORIGIN.fullmatch(origin)
    if not found:
        return False
    host, names = found["host"].lower(), {name.lower() for name in hostnames if name.isascii()}
    if host in _LOCAL and "localhost" in names:
        return True
    plain = found["scheme"].lower() == "https" and found["port"] is None
    return plain and any(_covers(name, host) for name in names)


def _covers(name: str, host: str) -> bool:
    return name == host or (name.startswith("*.") and host.endswith(name[1:]))
