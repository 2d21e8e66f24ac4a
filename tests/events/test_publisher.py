"""Every change in the stream of Tickets is told over the event bus, and what cannot be told is brought again."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.builders import a_ticket
from tests.fakes import InMemoryEventBus
from tests.stream_records import MOMENT, a_batch, a_counter_record, a_record
from tests.tables import ROOT
from tests.world import World
from ticketing.errors import Unavailable
from ticketing.events.event import Event


def handle(world: World, *records: dict[str, Any]) -> list[str]:
    """Hands over a batch; gives the sequence numbers that are to be brought again."""
    answer = world.run("publisher", a_batch(*records))
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


EVENTS = ROOT / "events" / "publisher"
TOLD = {
    "created": ["TicketCreated"],
    "updated": ["TicketUpdated"],
    "closed": ["TicketClosed"],
    "deleted": ["TicketDeleted"],
    "no-ticket": [],
}


@pytest.mark.parametrize("case", TOLD)
def test_a_batch_is_told(world: World, case: str) -> None:
    batch = json.loads((EVENTS / f"{case}.json").read_text())
    assert handle(world, *batch["Records"]) == []
    assert [event.name.value for event in world.event_bus.told] == TOLD[case]


def test_what_cannot_be_read_is_brought_again_with_what_follows(world: World) -> None:
    batch = json.loads((EVENTS / "first-of-two-is-unreadable.json").read_text())
    assert handle(world, *batch["Records"]) == [batch["Records"][0]["dynamodb"]["SequenceNumber"]]
    assert world.event_bus.told == []


def test_every_batch_is_expected() -> None:
    assert {path.stem for path in EVENTS.glob("*.json")} == {*TOLD, "first-of-two-is-unreadable"}


def test_each_change_is_told_in_its_order(world: World) -> None:
    made, changed = a_ticket(), a_ticket(subject="New", version=2)
    closed = a_ticket(subject="New", status="Closed", version=3)
    failed = handle(
        world, a_record(None, made), a_record(made, changed), a_record(changed, closed), a_record(closed, None)
    )
    assert failed == []
    assert [(event.name.value, event.sequence) for event in world.event_bus.told] == [
        ("TicketCreated", 1),
        ("TicketUpdated", 2),
        ("TicketClosed", 3),
        ("TicketDeleted", 4),
    ]
    assert {event.time for event in world.event_bus.told} == {datetime.fromtimestamp(MOMENT, UTC)}


def test_a_counter_is_no_ticket(world: World) -> None:
    assert handle(world, a_counter_record()) == []
    assert world.event_bus.told == []


def test_what_the_bus_does_not_take_is_brought_again_from_there(world: World) -> None:
    class Refusing(InMemoryEventBus):
        def send(self, events: Sequence[Event]) -> None:
            if any(event.ticketID == 3 for event in events):
                raise Unavailable("The event bus is busy.")
            super().send(events)

    bus = world.application.adapters.event_bus = Refusing()
    records = [a_record(None, a_ticket(ticketID=ticketID)) for ticketID in range(1, 5)]
    assert handle(world, *records) == [records[2]["dynamodb"]["SequenceNumber"]]
    assert [event.ticketID for event in bus.told] == [1, 2]
