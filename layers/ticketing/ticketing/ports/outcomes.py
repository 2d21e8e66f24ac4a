"""What may come of a write that others were quicker to make."""

from ticketing.domain.ticket import Ticket


class Outdated(Exception):
    """The ticket changed meanwhile; `current` is what it is now, None when it is gone."""

    def __init__(self, current: Ticket | None) -> None:
        super().__init__()
        self.current = current


class AlreadyDone(Exception):
    """Another request with the same idempotency key took effect first."""


class Contended(Exception):
    """Another write to the same items is under way: nothing is done, and the same may be tried again."""
