"""Ports of the directory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ticketing.directory.model import ChatChannel, Entry


class ChatChannels(Protocol):
    """Webchat channels by their public tokens."""

    def with_token(self, token: str) -> ChatChannel | None:
        """Return the one channel that has the token (a canonical UUID), active or not."""


class Directory(Protocol):
    """A customer's configuration."""

    def entries(self, customerID: int, keys: Collection[str]) -> Mapping[str, Entry]:
        """Return those of the named entries that exist."""

    def ask(self, customerID: int, keys: Collection[str]) -> Callable[[], Mapping[str, Entry]]:
        """Ask for the named entries, and return what waits for those that exist; a cache remembers what it asked, so
        that `entries` waits for it, too."""

    def beginning(self, customerID: int, prefix: str, at_most: int | None = None) -> Mapping[str, Entry]:
        """Return the entries whose names begin so, in the order of their names; the first `at_most` of them."""


class TokenVerifier(Protocol):
    """Verifies bearer tokens."""

    def claims(self, token: str) -> Mapping[str, Any]:
        """Return the claims of a token that is genuine, ours and not expired; raises Unauthorized, Unavailable."""
