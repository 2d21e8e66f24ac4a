"""Event buses: what each of them tells, and how EventBridge's limits are kept."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from tests.builders import a_ticket
from tests.engines import REGION, client_of, mocked_aws
from tests.fakes import InMemoryEventBus
from ticketing.errors import Unavailable
from ticketing.events import eventbridge
from ticketing.events.event import Event, event_of
from ticketing.events.eventbridge import BATCH, BATCH_BYTES, EventBridgeBus
from ticketing.events.ports import EventBus
from ticketing.kernel.aws.services import EVENTBRIDGE
from ticketing.kernel.retries import Refusal

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
type Heard = Callable[[], list[tuple[str, int]]]
"""The names and tickets of the events that a listener has heard."""


def an_event(ticketID: int, **fields: Any) -> Event:
    event = event_of(None, a_ticket(ticketID=ticketID, **fields), NOW)
    assert event
    return event


def in_memory() -> tuple[EventBus, Heard]:
    bus = InMemoryEventBus()
    return bus, lambda: [(event.name.value, event.ticketID) for event in bus.told]


def on_eventbridge() -> tuple[EventBus, Heard]:
    """A bus of moto's whose events go to a queue."""
    events, sqs = boto3.client("events", REGION), boto3.client("sqs", REGION)
    url = sqs.create_queue(QueueName="listener")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.create_event_bus(Name="tickets")
    events.put_rule(Name="all", EventBusName="tickets", EventPattern=json.dumps({"source": [eventbridge.SOURCE]}))
    events.put_targets(Rule="all", EventBusName="tickets", Targets=[{"Id": "queue", "Arn": arn}])

    def heard() -> list[tuple[str, int]]:
        names = []
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            told = [json.loads(message["Body"]) for message in messages]
            names += [(event["detail-type"], event["detail"]["ticketID"]) for event in told]
        return names

    client = client_of(f"https://events.{REGION}.amazonaws.com", service=EVENTBRIDGE)
    return EventBridgeBus(lambda: client, "tickets"), heard


@pytest.fixture(params=[in_memory, on_eventbridge])
def bus(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[EventBus, Heard]]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mocked_aws():
        yield request.param()


def test_every_event_is_told(bus: tuple[EventBus, Heard]) -> None:
    sender, heard = bus
    sender.send([an_event(ticketID) for ticketID in range(1, 24)])
    assert sorted(heard()) == [("TicketCreated", ticketID) for ticketID in range(1, 24)]


def test_nothing_is_told_of_nothing(bus: tuple[EventBus, Heard]) -> None:
    sender, heard = bus
    sender.send([])
    assert heard() == []


class Scripted:
    """A client that refuses the first entry of a call as often as it is told to."""

    def __init__(self, refusals: int = 0, fails: bool = False) -> None:
        self.refusals = refusals
        self.fails = fails
        self.calls: list[list[Any]] = []

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        entries = parameters["Entries"]
        self.calls.append(entries)
        if self.fails:
            raise Refusal("ThrottlingException", 400, operation)
        results: list[dict[str, str]] = [{"EventId": str(n)} for n, _ in enumerate(entries)]
        if self.refusals:
            self.refusals -= 1
            results[0] = {"ErrorCode": "InternalFailure", "ErrorMessage": "not now"}
        return {"Entries": results, "FailedEntryCount": 0}


def scripted(client: Scripted, monkeypatch: pytest.MonkeyPatch) -> EventBridgeBus:
    monkeypatch.setattr("time.sleep", lambda _: None)
    untyped: Any = client
    return EventBridgeBus(lambda: untyped, "tickets")


def sizes(call: list[Any]) -> int:
    return sum(14 + sum(len(entry[part].encode()) for part in ("Source", "DetailType", "Detail")) for entry in call)


def test_a_call_has_no_more_entries_and_bytes_than_the_bus_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Scripted()
    events = [
        an_event(n, topicIDs=[10**15 + each for each in range(11_000 if n % 20 < 5 else 0)]) for n in range(1, 60)
    ]
    scripted(client, monkeypatch).send(events)
    assert [json.loads(entry["Detail"])["ticketID"] for call in client.calls for entry in call] == list(range(1, 60))
    assert max(map(len, client.calls)) == BATCH
    assert max(map(sizes, client.calls)) <= BATCH_BYTES


def test_only_what_was_refused_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Scripted(refusals=2)
    scripted(client, monkeypatch).send([an_event(1), an_event(2)])
    assert [[json.loads(entry["Detail"])["ticketID"] for entry in call] for call in client.calls] == [[1, 2], [1], [1]]


@pytest.mark.parametrize(
    ("client", "reason"),
    [(Scripted(refusals=100), "InternalFailure"), (Scripted(fails=True), "ThrottlingException")],
    ids=["one", "all"],
)
def test_what_the_bus_goes_on_refusing_fails_to_be_sent_again(
    client: Scripted, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    with pytest.raises(Unavailable) as refusal:
        scripted(client, monkeypatch).send([an_event(1)])
    assert refusal.value.about == f"PutEvents of the event bus: {reason}"
    assert len(client.calls) <= eventbridge.ATTEMPTS
