"""Where others listen for what happens to tickets."""

from collections.abc import Sequence
from typing import Protocol

from ticketing.events.event import Event


class EventBus(Protocol):
    """Where others listen for what happens to tickets."""

    def send(self, events: Sequence[Event]) -> None:
        """Tells of changes, each at least once; raises Unavailable."""
