"""Lists as they are planned, over tickets in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.builders import A_MOMENT, ACME, a_ticket
from tests.fakes import InlineExecutor, InMemoryMessages, InMemoryTickets
from tests.lists.fakes import InMemoryScans, InMemorySearch, InMemoryTicketCounts
from ticketing.lists.counts import Move, cell_of, counted_as
from ticketing.lists.dynamodb.index import PlannedIndex
from ticketing.lists.dynamodb.index_scan import IndexScan
from ticketing.lists.dynamodb.search import PostingSearch
from ticketing.lists.query import Filters, TicketQuery
from ticketing.tickets.facets import STATUS
from ticketing.tickets.order import Order, Position, SortBy

CLOSED = Filters({STATUS: frozenset({"closed"})})


@dataclass
class SeenScans:
    """Scans that remember how they were asked."""

    scans: InMemoryScans
    asked: list[str] = field(default_factory=list)

    def walk(self, customerID: int, walk: IndexScan, *arguments: Any) -> Iterator[Position]:
        self.asked.append(f"walk {walk.facet.name}")
        return self.scans.walk(customerID, walk, *arguments)

    def by_creation(self, *arguments: Any) -> Iterator[Position]:
        self.asked.append("by creation")
        return self.scans.by_creation(*arguments)

    def gather(self, customerID: int, walk: IndexScan, *arguments: Any) -> list[Position]:
        self.asked.append(f"gather {walk.facet.name}")
        return self.scans.gather(customerID, walk, *arguments)

    def count(self, customerID: int, walk: IndexScan) -> int:
        self.asked.append(f"count {walk.facet.name}")
        return self.scans.count(customerID, walk)


@dataclass
class Desk:
    """A plan over tickets in memory."""

    ticket_counts: InMemoryTicketCounts = field(default_factory=InMemoryTicketCounts)
    search: InMemorySearch = field(default_factory=InMemorySearch)
    messages: InMemoryMessages = field(default_factory=InMemoryMessages)

    def __post_init__(self) -> None:
        self.store = InMemoryTickets()
        self.scans = SeenScans(InMemoryScans(self.store))

    def keep(self, **fields: Any) -> None:
        ticket = a_ticket(**{"ticketID": self.store.next_id(ACME)} | fields)
        self.store.create(ticket)
        counted_ticket = counted_as(ticket, A_MOMENT)
        odd = self.ticket_counts.vocabulary(ACME, [cell_of(ticket)]).odd(cell_of(ticket))
        self.ticket_counts.move([Move.of(None, replace(counted_ticket, odd=odd), 0)])

    def crowd(self, tickets: int, **fields: Any) -> None:
        """Tickets that are counted, and do not have to be there."""
        counted_ticket = counted_as(a_ticket(**fields), A_MOMENT)
        odd = self.ticket_counts.vocabulary(ACME, []).odd(cell_of(a_ticket(**fields)))
        count_key = replace(counted_ticket, odd=odd).count_key
        assert count_key
        self.ticket_counts.counts[ACME, count_key] += tickets

    def find(
        self, filters: Filters = CLOSED, by: SortBy = SortBy.lastMessageDate, search: str = ""
    ) -> tuple[int, list[int]]:
        texts = PostingSearch(self.search, lambda: self.messages, self.ticket_counts, InlineExecutor)
        query = TicketQuery(filters, Order(by), texts.tickets(ACME, search))
        found = PlannedIndex(lambda: self.scans, lambda: self.ticket_counts).find(ACME, query, None, 11)
        return found[0], [position.ticketID for position in found[1]]
