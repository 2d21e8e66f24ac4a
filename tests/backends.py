"""Every port of the tickets over one engine."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.calls.fakes import InMemoryCalls
from tests.engines import Tables
from tests.fakes import (
    FakeClock,
    InMemoryClaims,
    InMemoryDirectory,
    InMemoryMessages,
    InMemoryReceipts,
    InMemoryTickets,
)
from tests.feed.fakes import InMemoryFeedLog, InMemoryTicketWalk
from tests.history.fakes import InMemoryHistories
from tests.lists.fakes import InMemoryJobs, InMemoryScans, InMemoryTicketCounts
from tests.webchat.fakes import InMemoryChatChannels, InMemoryTokenBuckets
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.calls.call import Recording
from ticketing.calls.dynamodb import DynamoCallStore
from ticketing.calls.ports import CallStore
from ticketing.directory.dynamodb import DynamoChatChannels, DynamoDirectory
from ticketing.directory.ports import ChatChannels
from ticketing.feed.dynamodb import DynamoFeedLog, DynamoTicketWalk
from ticketing.feed.ports import FeedLog, TicketWalk
from ticketing.history.dynamodb import DynamoTicketHistories
from ticketing.history.ports import TicketHistories
from ticketing.kernel.dynamodb.claims import DynamoClaims
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.dynamodb.receipts import DynamoReceipts
from ticketing.kernel.ports import Claims, Receipts
from ticketing.lists.dynamodb.counts import DynamoTicketCounts
from ticketing.lists.dynamodb.index_scan import Scans
from ticketing.lists.dynamodb.scans import DynamoScans
from ticketing.lists.ports import TicketCounts
from ticketing.settings import Settings
from ticketing.tickets.dynamodb.messages import DynamoMessageStore
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import MessageStore, TicketStore
from ticketing.webchat.dynamodb import DynamoTokenBuckets
from ticketing.webchat.ports import TokenBuckets


@dataclass(frozen=True)
class Backend:
    """The ports."""

    store: TicketStore
    scans: Scans
    receipts: Receipts
    claims: Claims
    messages: MessageStore
    ticket_counts: TicketCounts
    directory: DynamoDirectory | InMemoryDirectory
    calls: CallStore
    chat_channels: ChatChannels
    buckets: TokenBuckets
    histories: TicketHistories
    feed_log: FeedLog
    ticket_walk: TicketWalk
    clock: FakeClock
    """The time of the feed's log."""

    def record(self, customerID: int, callSid: str) -> None:
        """A recording of a call arrives."""
        self.calls.record(Recording(customerID, callSid, "mp3"))


def expire(store: TicketStore, ticket: Ticket) -> None:
    """Remove a ticket as its time to live does: by itself, without what a transaction would do beside it."""
    if isinstance(store, InMemoryTickets):
        store.expire(ticket)
    else:
        assert isinstance(store, DynamoTicketStore)
        key = store.engine.typed({"customerID": ticket.customerID, "ticketID": ticket.ticketID})
        store.engine.call("delete_item", TableName=store.tickets, Key=key)


def in_memory() -> Backend:
    """The fakes."""
    receipts, messages = InMemoryReceipts(), InMemoryMessages()
    store, directory, clock = InMemoryTickets(receipts, messages), InMemoryDirectory(), FakeClock()
    return Backend(
        store,
        InMemoryScans(store),
        receipts,
        InMemoryClaims(),
        messages,
        InMemoryTicketCounts(),
        directory,
        InMemoryCalls(store),
        InMemoryChatChannels(directory),
        InMemoryTokenBuckets(),
        InMemoryHistories(),
        InMemoryFeedLog(clock),
        InMemoryTicketWalk(store),
        clock,
    )


def on(tables: Tables) -> Backend:
    """The adapters."""
    engine, names, clock = Engine(tables.client), tables.names, FakeClock()
    return Backend(
        DynamoTicketStore(engine, names["tickets"], names["messages"], names["calls"], names["ephemera"]),
        DynamoScans(engine, names["tickets"], lambda: tables.executor),
        DynamoReceipts(engine, names["ephemera"]),
        DynamoClaims(engine, names["ephemera"]),
        DynamoMessageStore(engine, names["messages"]),
        DynamoTicketCounts(engine, names["tallies"], lambda: tables.executor, lambda: datetime.now(UTC)),
        DynamoDirectory(engine, names["directory"]),
        DynamoCallStore(engine, names["calls"], names["tickets"]),
        DynamoChatChannels(engine, names["directory"]),
        DynamoTokenBuckets(engine, names["ephemera"]),
        DynamoTicketHistories(engine, names["history"]),
        DynamoFeedLog(engine, names["feed"], clock.now),
        DynamoTicketWalk(engine, names["tickets"]),
        clock,
    )


def application_on(tables: Tables) -> Application:
    """The use cases on these tables; the time is always that of the fake clock."""
    adapters = Adapters(Settings(**{f"{role.upper()}_TABLE": name for role, name in tables.names.items()}))
    adapters.dynamodb, adapters.executor, adapters.jobs = Engine(tables.client), tables.executor, InMemoryJobs()
    adapters.now = FakeClock().now
    return Application(adapters)


def directory_on(tables: Tables) -> DynamoDirectory:
    """The directory, into which a test can load customers."""
    return DynamoDirectory(Engine(tables.client), tables.names["directory"])
