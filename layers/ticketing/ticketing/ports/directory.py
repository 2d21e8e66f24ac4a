"""Who is who, and whether a token is to be believed."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from ticketing.domain.directory import Entry


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
