"""Follows the tickets over one engine."""

from dataclasses import dataclass

from tests.engines import Tables
from tests.fakes import FakeClock, InMemoryMessages, InMemoryTickets
from tests.lists.fakes import InMemorySearch, InMemoryTicketCounts, InMemoryWholeTables
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.lists.dynamodb.counts import DynamoTicketCounts
from ticketing.lists.dynamodb.postings import DynamoSearchIndex
from ticketing.lists.dynamodb.scarcity import Scarcity
from ticketing.lists.dynamodb.whole_tables import DynamoWholeTables
from ticketing.lists.ports import SearchIndex, WholeTables
from ticketing.tickets.dynamodb.messages import DynamoMessageStore
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.ports import MessageStore, TicketStore

EVERY_CELL = Scarcity(large=0, share=0)
"""The index byCell holds every ticket."""


@dataclass(frozen=True)
class Followed:
    """The store and its messages, and what follows them."""

    store: TicketStore
    messages: MessageStore
    ticket_counts: DynamoTicketCounts | InMemoryTicketCounts
    search: SearchIndex
    whole_tables: WholeTables
    clock: FakeClock


def followed_in_memory() -> Followed:
    """The fakes."""
    messages, search = InMemoryMessages(), InMemorySearch()
    store = InMemoryTickets(messages=messages)
    return Followed(store, messages, InMemoryTicketCounts(), search, InMemoryWholeTables(store, search), FakeClock())


def followed_on(tables: Tables) -> Followed:
    """The adapters."""
    engine, names, clock = Engine(tables.client), tables.names, FakeClock()
    return Followed(
        DynamoTicketStore(engine, names["tickets"], names["messages"], names["calls"], names["ephemera"]),
        DynamoMessageStore(engine, names["messages"]),
        DynamoTicketCounts(engine, names["tallies"], lambda: tables.executor, clock.now, scarcity=EVERY_CELL),
        DynamoSearchIndex(engine, names["search"], lambda: tables.executor),
        DynamoWholeTables(engine, names["tickets"], names["messages"], names["search"], names["calls"]),
        clock,
    )
