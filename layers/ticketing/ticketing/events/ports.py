"""Ports of events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ticketing.events.event import Event


class EventBus(Protocol):
    """The bus on which others listen for events."""

    def send(self, events: Sequence[Event]) -> None:
        """Send events, each at least once; raises Unavailable."""
