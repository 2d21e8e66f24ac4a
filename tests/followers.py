"""What follows the tickets, in memory and at once: indexes, tallies, search, jobs."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.fakes import InMemoryTickets
from ticketing.domain.jobs import Job
from ticketing.domain.query import Filters, Order, Position, SortBy, Walk
from ticketing.domain.tally import Cell, Move, Standing, deltas
from ticketing.domain.ticket import Ticket
from ticketing.domain.words import Term
from ticketing.ports import Contended


@dataclass
class InMemoryIndex:
    """The tickets of a store, found by looking at every one of them. `wanted` is for engines that fetch ahead."""

    store: InMemoryTickets

    def walk(
        self, customerID: int, walk: Walk, order: Order, after: Position | None, wanted: int
    ) -> Iterator[Position]:
        return self.by_creation(customerID, _filters(walk), order, after, wanted)

    def by_creation(
        self,
        customerID: int,
        filters: Filters,
        order: Order,
        after: Position | None,
        wanted: int,  # noqa: ARG002 - see above
    ) -> Iterator[Position]:
        positions = order.sorted(self._positions(customerID, filters, order.by))
        return (position for position in positions if after is None or order.is_after(position, after))

    def gather(self, customerID: int, walk: Walk, by: SortBy, limit: int) -> list[Position]:
        return self._positions(customerID, _filters(walk), by)[:limit]

    def count(self, customerID: int, walk: Walk) -> int:
        return len(self._matches(customerID, _filters(walk)))

    def count_hidden(self, customerID: int, filters: Filters) -> int:
        shown = self._matches(customerID, filters)
        return len(self._matches(customerID, Filters(filters.facets))) - len(shown)

    def _positions(self, customerID: int, filters: Filters, by: SortBy) -> list[Position]:
        return [Position(by.value_of(ticket), ticket.ticketID) for ticket in self._matches(customerID, filters)]

    def _matches(self, customerID: int, filters: Filters) -> list[Ticket]:
        tickets = [ticket for (owner, _), ticket in self.store.kept.items() if owner == customerID]
        return [ticket for ticket in tickets if filters.matches(ticket)]


@dataclass
class InMemoryTallies:
    """Where each ticket was counted, and how many stand in each cell."""

    counted: dict[tuple[int, int], Standing] = field(default_factory=dict)
    counts: Counter[tuple[int, Cell]] = field(default_factory=Counter)

    def cells(self, customerID: int) -> list[tuple[Cell, int]]:
        return [(cell, count) for (owner, cell), count in self.counts.items() if owner == customerID]

    def standings(self, customerID: int, ticketIDs: Collection[int]) -> Mapping[int, Standing]:
        return {each: self.counted[customerID, each] for each in ticketIDs if (customerID, each) in self.counted}

    def move(self, moves: Sequence[Move]) -> None:
        for move in moves:
            if self.counted.get((move.after.customerID, move.after.ticketID)) != move.before:
                raise Contended
        for move in moves:
            self.counted[move.after.customerID, move.after.ticketID] = move.after
        for cell, change in deltas(moves).items():
            self.counts[moves[0].after.customerID, cell] += change


@dataclass
class InMemorySearch:
    """Which words stand in which sources."""

    postings: set[tuple[int, str, int, str]] = field(default_factory=set)

    def put(self, customerID: int, ticketID: int, source: str, words: Collection[str]) -> None:
        self.postings |= {(customerID, word, ticketID, source) for word in words}

    def remove(self, customerID: int, ticketID: int, source: str, words: Collection[str]) -> None:
        self.postings -= {(customerID, word, ticketID, source) for word in words}

    def tickets(self, customerID: int, term: Term, first: int = 0) -> Iterator[int]:
        for owner, word, ticketID, _ in sorted(self.postings):
            found = word.startswith(term.text) if term.is_prefix else word == term.text
            if owner == customerID and found and ticketID >= first:
                yield ticketID


@dataclass
class InMemoryJobs:
    """Jobs in the order in which they were sent."""

    sent: list[Job] = field(default_factory=list)

    def send(self, jobs: Sequence[Job]) -> None:
        self.sent += jobs


def _filters(walk: Walk) -> Filters:
    return walk.rest.narrowed(walk.facet, walk.values)
