"""What follows the tickets, over one engine."""

from dataclasses import dataclass

from tests.adapters.engines import Tables
from tests.fakes import FakeClock, InMemoryMessages, InMemoryTickets
from tests.followers import InMemorySearch, InMemoryTallies, InMemoryWhole
from ticketing.adapters.dynamodb.engine import Engine
from ticketing.adapters.dynamodb.messages import DynamoMessageStore
from ticketing.adapters.dynamodb.search import DynamoSearchIndex
from ticketing.adapters.dynamodb.tallies import DynamoTallies
from ticketing.adapters.dynamodb.tickets import DynamoTicketStore
from ticketing.adapters.dynamodb.whole import DynamoWhole
from ticketing.ports.lists import SearchIndex, Whole
from ticketing.ports.tickets import MessageStore, TicketStore


@dataclass(frozen=True)
class Followed:
    """The store and its messages, and what follows them."""

    store: TicketStore
    messages: MessageStore
    tallies: DynamoTallies | InMemoryTallies
    search: SearchIndex
    whole: Whole
    clock: FakeClock


def followed_in_memory() -> Followed:
    """The fakes."""
    messages, search = InMemoryMessages(), InMemorySearch()
    store = InMemoryTickets(messages=messages)
    return Followed(store, messages, InMemoryTallies(), search, InMemoryWhole(store, search), FakeClock())


def followed_on(tables: Tables) -> Followed:
    """The adapters."""
    engine, names, clock = Engine(tables.client), tables.names, FakeClock()
    return Followed(
        DynamoTicketStore(engine, names["tickets"], names["messages"], names["calls"], names["ephemera"]),
        DynamoMessageStore(engine, names["messages"]),
        DynamoTallies(engine, names["tallies"], lambda: tables.executor, clock.now),
        DynamoSearchIndex(engine, names["search"], lambda: tables.executor),
        DynamoWhole(engine, names["tickets"], names["messages"], names["search"]),
        clock,
    )
