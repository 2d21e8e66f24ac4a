"""Ports of hooks."""

from typing import Protocol


class Undelivered(Exception):
    """A customer's own service did not accept a call; the text says why, without the URL or what was sent."""


class Webhooks(Protocol):
    """Calls to customers' own services."""

    def post(self, url: str, secret: str, delivery: str, body: str) -> None:
        """Post JSON, signed with the secret of that name; `delivery` is the same at each try of one call. Raises
        Undelivered, Unavailable."""
