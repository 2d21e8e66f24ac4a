"""What the directory needs of the world."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from ticketing.directory.model import ChatChannel, Entry


class ChatChannels(Protocol):
    """Webchat channels by their public tokens."""

    def with_token(self, token: str) -> ChatChannel | None:
        """The one channel that has the token (a canonical UUID), whatever its state."""


class Directory(Protocol):
    """A customer's configuration."""

    def entries(self, customerID: int, keys: Collection[str]) -> Mapping[str, Entry]:
        """Those of the named entries that exist."""

    def beginning(self, customerID: int, prefix: str) -> Mapping[str, Entry]:
        """The entries whose names begin so, in the order of their names."""


class TokenVerifier(Protocol):
    """Bearer tokens."""

    def claims(self, token: str) -> Mapping[str, Any]:
        """The claims of a token that is genuine, ours and of the present; raises Unauthorized, Unavailable."""
