"""Every change in the stream of Tickets is told over the event bus, and what cannot be told is brought again."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.publisher.app import lambda_handler
from tests.builders import a_ticket
from tests.fakes import InMemoryEventBus
from tests.stream_records import MOMENT, a_batch, a_counter_record, a_record
from tests.tables import ROOT
from tests.world import Context
from ticketing import wiring
from ticketing.errors import Unavailable
from ticketing.events.event import Event


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> InMemoryEventBus:
    bus = InMemoryEventBus()
    monkeypatch.setattr(wiring, "event_bus", lambda: bus)
    return bus


def handle(*records: dict[str, Any]) -> list[str]:
    """Hands over a batch; gives the sequence numbers that are to be brought again."""
    answer = lambda_handler(a_batch(*records), Context())
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
def test_a_batch_is_told(bus: InMemoryEventBus, case: str) -> None:
    batch = json.loads((EVENTS / f"{case}.json").read_text())
    assert handle(*batch["Records"]) == []
    assert [event.name.value for event in bus.told] == TOLD[case]


def test_what_cannot_be_read_is_brought_again_with_what_follows(bus: InMemoryEventBus) -> None:
    batch = json.loads((EVENTS / "first-of-two-is-unreadable.json").read_text())
    assert handle(*batch["Records"]) == [batch["Records"][0]["dynamodb"]["SequenceNumber"]]
    assert bus.told == []


def test_every_batch_is_expected() -> None:
    assert {path.stem for path in EVENTS.glob("*.json")} == {*TOLD, "first-of-two-is-unreadable"}


def test_each_change_is_told_in_its_order(bus: InMemoryEventBus) -> None:
    made, changed = a_ticket(), a_ticket(subject="New", version=2)
    closed = a_ticket(subject="New", status="Closed", version=3)
    failed = handle(a_record(None, made), a_record(made, changed), a_record(changed, closed), a_record(closed, None))
    assert failed == []
    assert [(event.name.value, event.sequence) for event in bus.told] == [
        ("TicketCreated", 1),
        ("TicketUpdated", 2),
        ("TicketClosed", 3),
        ("TicketDeleted", 4),
    ]
    assert {event.time for event in bus.told} == {datetime.fromtimestamp(MOMENT, UTC)}


def test_a_counter_is_no_ticket(bus: InMemoryEventBus) -> None:
    assert handle(a_counter_record()) == []
    assert bus.told == []


def test_what_the_bus_does_not_take_is_brought_again_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(InMemoryEventBus):
        def send(self, events: Sequence[Event]) -> None:
            if any(event.ticketID == 3 for event in events):
                raise Unavailable("The event bus is busy.")
            super().send(events)

    bus = Refusing()
    monkeypatch.setattr(wiring, "event_bus", lambda: bus)
    records = [a_record(None, a_ticket(ticketID=ticketID)) for ticketID in range(1, 5)]
    assert handle(*records) == [records[2]["dynamodb"]["SequenceNumber"]]
    assert [event.ticketID for event in bus.told] == [1, 2]
