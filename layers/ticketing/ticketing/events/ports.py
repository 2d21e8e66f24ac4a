"""Ports of events."""

from collections.abc import Sequence
from typing import Protocol

from ticketing.events.event import Event


class EventBus(Protocol):
    """The bus on which others listen for events."""

    def send(self, events: Sequence[Event]) -> None:
        """Send events, each at least once; raises Unavailable."""
