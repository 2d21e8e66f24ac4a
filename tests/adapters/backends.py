"""Every port of the tickets over one engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.adapters.engines import REGION, Tables
from tests.calls import InMemoryCalls
from tests.fakes import (
    FakeClock,
    InMemoryClaims,
    InMemoryDirectory,
    InMemoryMessages,
    InMemoryReceipts,
    InMemoryTickets,
)
from tests.followers import InMemoryIndex, InMemoryJobs, InMemoryTallies
from tests.functions.conftest import forget
from tests.visitors import InMemoryBuckets, InMemoryChatChannels
from ticketing import wiring
from ticketing.adapters.dynamodb.buckets import DynamoBuckets
from ticketing.adapters.dynamodb.calls import DynamoCallStore
from ticketing.adapters.dynamodb.claims import DynamoClaims
from ticketing.adapters.dynamodb.directory import DynamoChatChannels, DynamoDirectory
from ticketing.adapters.dynamodb.engine import Engine
from ticketing.adapters.dynamodb.listing import DynamoTicketIndex
from ticketing.adapters.dynamodb.messages import DynamoMessageStore
from ticketing.adapters.dynamodb.receipts import DynamoReceipts
from ticketing.adapters.dynamodb.tallies import DynamoTallies
from ticketing.adapters.dynamodb.tickets import DynamoTicketStore
from ticketing.domain.call import Recording
from ticketing.ports.calls import CallStore
from ticketing.ports.keys import Claims, Receipts
from ticketing.ports.lists import Tallies, TicketIndex
from ticketing.ports.tickets import MessageStore, TicketStore
from ticketing.ports.webchat import Buckets, ChatChannels
from ticketing.settings import settings


@dataclass(frozen=True)
class Backend:
    """The ports."""

    store: TicketStore
    index: TicketIndex
    receipts: Receipts
    claims: Claims
    messages: MessageStore
    tallies: Tallies
    directory: DynamoDirectory | InMemoryDirectory
    calls: CallStore
    chat_channels: ChatChannels
    buckets: Buckets

    def record(self, customerID: int, callSid: str) -> None:
        """A recording of a call arrives."""
        self.calls.record(Recording(customerID, callSid, "mp3"))


def in_memory() -> Backend:
    """The fakes."""
    receipts, messages = InMemoryReceipts(), InMemoryMessages()
    store, directory = InMemoryTickets(receipts, messages), InMemoryDirectory()
    return Backend(
        store,
        InMemoryIndex(store),
        receipts,
        InMemoryClaims(),
        messages,
        InMemoryTallies(),
        directory,
        InMemoryCalls(store),
        InMemoryChatChannels(directory),
        InMemoryBuckets(),
    )


def on(tables: Tables) -> Backend:
    """The adapters."""
    engine, names = Engine(tables.client), tables.names
    return Backend(
        DynamoTicketStore(engine, names["tickets"], names["messages"], names["calls"], names["ephemera"]),
        DynamoTicketIndex(engine, names["tickets"], lambda: tables.executor),
        DynamoReceipts(engine, names["ephemera"]),
        DynamoClaims(engine, names["ephemera"]),
        DynamoMessageStore(engine, names["messages"]),
        DynamoTallies(engine, names["tallies"], lambda: tables.executor, lambda: datetime.now(UTC)),
        DynamoDirectory(engine, names["directory"]),
        DynamoCallStore(engine, names["calls"]),
        DynamoChatChannels(engine, names["directory"]),
        DynamoBuckets(engine, names["ephemera"]),
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
