"""What hooks need of the world: calls to customers' own services."""

from typing import Protocol


class Undelivered(Exception):
    """A call to a customer's own service was not taken; its text says why, without the URL or what was sent."""


class Webhooks(Protocol):
    """Calls to customers' own services."""

    def post(self, url: str, secret: str, delivery: str, body: str) -> None:
        """Posts JSON, signed with the secret of that name; `delivery` is the same whenever the same call is tried
        again. Raises Undelivered, Unavailable."""
