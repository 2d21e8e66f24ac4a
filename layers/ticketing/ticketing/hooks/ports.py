"""Ports of hooks."""

from typing import Protocol


class Undelivered(Exception):
    """A customer's own service did not accept a call; `about` says why, without the URL or what was sent."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


class MissingReference(Exception):
    """An action names what its customer's directory does not hold; `about` says what, by its id."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


class Webhooks(Protocol):
    """Calls to customers' own services."""

    def post(self, url: str, secret: str, delivery: str, body: str) -> None:
        """Post JSON, signed with the secret of that name; `delivery` is the same at each try of one call. Raises
        Undelivered, Unavailable."""
