"""The stream of Tickets: tells others, over the event bus, of each change of a ticket."""

from collections.abc import Sequence

from ticketing import stream, wiring
from ticketing.events.event import Event


def _publish(events: Sequence[Event]) -> None:
    wiring.event_bus().send(events)


lambda_handler = stream.Consumer("publishing", stream.event, _publish).handle
