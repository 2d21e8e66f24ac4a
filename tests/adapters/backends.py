"""Every port of the tickets over one engine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.adapters.engines import REGION, Tables
from tests.fakes import FakeClock, InMemoryDirectory, InMemoryMessages, InMemoryReceipts, InMemoryTickets
from tests.followers import InMemoryIndex, InMemoryJobs, InMemoryTallies
from tests.functions.conftest import forget
from ticketing import wiring
from ticketing.adapters.dynamodb.directory import DynamoDirectory
from ticketing.adapters.dynamodb.engine import Engine
from ticketing.adapters.dynamodb.listing import DynamoTicketIndex
from ticketing.adapters.dynamodb.messages import DynamoMessageStore
from ticketing.adapters.dynamodb.receipts import DynamoReceipts
from ticketing.adapters.dynamodb.tallies import DynamoTallies
from ticketing.adapters.dynamodb.tickets import DynamoTicketStore
from ticketing.ports import MessageStore, Receipts, Tallies, TicketIndex, TicketStore
from ticketing.settings import settings


@dataclass(frozen=True)
class Backend:
    """The ports, and what the world outside does: `record` is the arrival of a call's recording."""

    store: TicketStore
    index: TicketIndex
    receipts: Receipts
    messages: MessageStore
    tallies: Tallies
    directory: DynamoDirectory | InMemoryDirectory
    record: Callable[[int, str], None]


def in_memory() -> Backend:
    """The fakes."""
    receipts, messages = InMemoryReceipts(), InMemoryMessages()
    store = InMemoryTickets(receipts, messages)

    def record(customerID: int, callSid: str) -> None:
        store.recordings.add((customerID, callSid))

    return Backend(store, InMemoryIndex(store), receipts, messages, InMemoryTallies(), InMemoryDirectory(), record)


def on(tables: Tables) -> Backend:
    """The adapters."""
    engine, names = Engine(tables.client), tables.names

    def record(customerID: int, callSid: str) -> None:
        key = engine.typed({"customerID": customerID, "callSid": callSid})
        engine.call(
            "update_item",
            TableName=names["calls"],
            Key=key,
            UpdateExpression="SET recording = :name",
            ExpressionAttributeValues={":name": {"S": f"{callSid}.mp3"}},
        )

    return Backend(
        DynamoTicketStore(engine, names["tickets"], names["messages"], names["calls"], names["ephemera"]),
        DynamoTicketIndex(engine, names["tickets"], lambda: tables.executor),
        DynamoReceipts(engine, names["ephemera"]),
        DynamoMessageStore(engine, names["messages"]),
        DynamoTallies(engine, names["tallies"], lambda: tables.executor, lambda: datetime.now(UTC)),
        DynamoDirectory(engine, names["directory"]),
        record,
    )


@contextmanager
def wired(tables: Tables) -> Iterator[None]:
    """The use cases as the wiring makes them, on these tables; the time is always that of the fake clock."""
    engine, jobs = Engine(tables.client), InMemoryJobs()
    with pytest.MonkeyPatch.context() as patch:
        for role, name in tables.names.items():
            patch.setenv(f"{role.upper()}_TABLE", name)
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        patch.setattr(wiring, "engine", lambda: engine)
        patch.setattr(wiring, "executor", lambda: tables.executor)
        patch.setattr(wiring, "jobs", lambda: jobs)
        patch.setattr(wiring, "now", FakeClock().now)
        renew()
        yield
    renew()


def renew() -> None:
    """Drops what was read from the environment, and whatever was made of it."""
    settings.cache_clear()
    forget()
