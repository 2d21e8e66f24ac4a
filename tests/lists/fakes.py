"""Follows the tickets in memory and at once: indexes, counts, search, jobs."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from threading import RLock

from tests.fakes import InMemoryTickets
from ticketing.jobs.job import Job
from ticketing.kernel.ports import Contended
from ticketing.kernel.text import Term
from ticketing.learning.lessons import NOTHING, Counts, Lesson, Subject
from ticketing.lists.counts import Cell, CountedTicket, CountKey, Move
from ticketing.lists.dynamodb.index_scan import IndexScan
from ticketing.lists.postings import Posting
from ticketing.lists.query import Filters
from ticketing.lists.totals import CellCount, Totals
from ticketing.lists.vocabulary import MOST, Vocabulary, surely_named
from ticketing.tickets.facets import Facet
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Order, Position, SortBy


@dataclass
class InMemoryScans:
    """The tickets of a store, found by looking at every one of them. `wanted` is for engines that fetch ahead."""

    store: InMemoryTickets

    def walk(
        self, customerID: int, walk: IndexScan, order: Order, after: Position | None, wanted: int
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

    def gather(self, customerID: int, walk: IndexScan, by: SortBy, limit: int) -> list[Position]:
        return self._positions(customerID, _filters(walk), by)[:limit]

    def count(self, customerID: int, walk: IndexScan) -> int:
        return len(self._matches(customerID, _filters(walk)))

    def _positions(self, customerID: int, filters: Filters, by: SortBy) -> list[Position]:
        return [Position(by.value_of(ticket), ticket.ticketID) for ticket in self._matches(customerID, filters)]

    def _matches(self, customerID: int, filters: Filters) -> list[Ticket]:
        tickets = [ticket for (owner, _), ticket in self.store.kept.items() if owner == customerID]
        return [ticket for ticket in tickets if filters.matches(ticket)]


@dataclass
class InMemoryPages:
    """Pages of a store."""

    store: InMemoryTickets

    def tickets(self, customerID: int, positions: Sequence[Position]) -> Mapping[int, Ticket]:
        return self.store.get_many(customerID, [position.ticketID for position in positions])


@dataclass
class InMemoryTicketCounts:
    """Keeps where each ticket was counted, and how many stand in each place; every change is under one lock."""

    counted: dict[tuple[int, int], CountedTicket] = field(default_factory=dict)
    counts: Counter[tuple[int, CountKey]] = field(default_factory=Counter)
    vocabularies: dict[int, list[Vocabulary]] = field(default_factory=dict)
    most: int = MOST
    lock: RLock = field(default_factory=RLock, repr=False)

    def totals(self, customerID: int, until: str | None) -> Totals:
        with self.lock:
            own = [(count_key, count) for (owner, count_key), count in self.counts.items() if owner == customerID]
            due = [
                counted_ticket.count_key.cell
                for counted_ticket in self._due(customerID, until or "")
                if counted_ticket.count_key
            ]
            named = surely_named([count_key for count_key, _ in own], self.vocabularies.get(customerID, ()))
        ticket_counts = [CellCount(count_key.cell, count_key.waits, count) for count_key, count in own]
        pairs = [CellCount(cell, waits, -1 if waits else 1) for cell in due for waits in (True, False)]
        return Totals([*ticket_counts, *pairs], named)

    def ask_totals(self, customerID: int, until: str | None) -> Callable[[], Totals]:
        return lambda: self.totals(customerID, until)

    def counted_tickets(
        self,
        customerID: int,
        ticketIDs: Collection[int],
        fresh: bool = True,  # noqa: ARG002 - always
    ) -> Mapping[int, CountedTicket]:
        return {each: self.counted[customerID, each] for each in ticketIDs if (customerID, each) in self.counted}

    def in_cells(self, customerID: int, cells: Collection[Cell]) -> list[int]:
        return [each.ticketID for each in self._of(customerID) if each.count_key and each.count_key.cell in cells]

    def listed(self, customerID: int, ticketIDs: Collection[int], filters: Filters, by: SortBy) -> list[Position]:
        found = self.counted_tickets(customerID, ticketIDs).values()
        return [Position(by.value_of(each), each.ticketID) for each in found if each.listed_under(filters)]

    def having(self, customerID: int, facet: Facet, values: Collection[str]) -> Iterator[CountedTicket]:
        return iter([each for each in self._of(customerID) if each.uncounted.get(facet.name) in values])

    def due(self, customerID: int, now: str, limit: int) -> list[int]:
        return [counted_ticket.ticketID for counted_ticket in self._due(customerID, now)][:limit]

    def hidden(self, customerID: int, after: str | None, at_most: int) -> set[int] | None:
        unlisted = {each.ticketID for each in self._of(customerID) if each.cell is None}
        hidden = unlisted.union(self.waiting(customerID, after) if after else ())
        return hidden if len(hidden) <= at_most else None

    def waiting(self, customerID: int, now: str) -> list[int]:
        waiting = [each for each in self._of(customerID) if each.due is not None and each.due > now]
        return [each.ticketID for each in sorted(waiting, key=lambda each: (each.due or "", each.ticketID))]

    def vocabulary(self, customerID: int, cells: Collection[Cell]) -> Vocabulary:
        with self.lock:
            *earlier, newest = self.vocabularies.get(customerID) or [Vocabulary(most=self.most)]
            self.vocabularies[customerID] = [*earlier, newest.taking_first(cells)]
            return self.vocabularies[customerID][-1]

    def move(self, moves: Sequence[Move]) -> None:
        with self.lock:
            for move in moves:
                if self.counted.get((move.after.customerID, move.after.ticketID)) != move.before:
                    raise Contended
            for move in moves:
                self.counted[move.after.customerID, move.after.ticketID] = move.after
                self._add(move.before, -1)
                self._add(move.after, 1)

    def customers(self) -> set[int]:
        return {customerID for customerID, _ in self.counts}

    def begin(self, customerID: int, cells: Iterable[Cell]) -> int:
        with self.lock:
            newest = self.vocabulary(customerID, ())
            begun = Vocabulary(newest.generation + 1, most=self.most).taking_commonest(cells)
            self.vocabularies[customerID] = [newest, begun]
            return begun.generation

    def all_counted(self, customerID: int) -> Iterator[CountedTicket]:
        return iter([counted_ticket for counted_ticket in self._of(customerID) if not counted_ticket.isRemoved])

    def counts_before(self, customerID: int, generation: int) -> Mapping[Hashable, int]:
        counts = {count_key: count for (owner, count_key), count in self.counts.items() if owner == customerID}
        return {count_key: count for count_key, count in counts.items() if count_key.generation < generation}

    def drop(self, customerID: int, counts: Mapping[Hashable, int]) -> bool:
        with self.lock:
            unchanged = [each for each, count in counts.items() if self.counts[customerID, each] == count]  # type: ignore[index]
            for count_key in unchanged:
                del self.counts[customerID, count_key]
            return len(unchanged) == len(counts)

    def _add(self, counted_ticket: CountedTicket | None, change: int) -> None:
        if counted_ticket and counted_ticket.count_key:
            key = counted_ticket.customerID, counted_ticket.count_key
            self.counts[key] += change
            if not self.counts[key]:
                del self.counts[key]

    def _of(self, customerID: int) -> list[CountedTicket]:
        return [counted_ticket for (owner, _), counted_ticket in sorted(self.counted.items()) if owner == customerID]

    def _due(self, customerID: int, now: str) -> list[CountedTicket]:
        due = [counted_ticket for counted_ticket in self._of(customerID) if counted_ticket.has_fallen_due(now)]
        return sorted(due, key=lambda counted_ticket: (counted_ticket.due or "", counted_ticket.ticketID))


@dataclass
class InMemorySearch:
    """Keeps which words stand in which sources."""

    postings: set[Posting] = field(default_factory=set)

    def write(self, postings: Mapping[Posting, bool]) -> None:
        self.postings |= {posting for posting, is_there in postings.items() if is_there}
        self.postings -= {posting for posting, is_there in postings.items() if not is_there}

    def tickets(self, customerID: int, term: Term) -> Iterator[int]:
        for owner, word, ticketID, _ in sorted(self.postings):
            found = word.startswith(term.text) if term.is_prefix else word == term.text
            if owner == customerID and found:
                yield ticketID

    def has(self, customerID: int, word: str, ticketID: int) -> bool:
        return any(posting[:3] == (customerID, word, ticketID) for posting in self.postings)


@dataclass
class InMemoryJobs:
    """Jobs in the order in which they were sent."""

    sent: list[Job] = field(default_factory=list)

    def send(self, jobs: Sequence[Job]) -> None:
        self.sent += jobs


def _filters(walk: IndexScan) -> Filters:
    return walk.rest.narrowed(walk.facet, walk.values)


@dataclass
class InMemoryLessons:
    """The lesson of each ticket and the version that it is from; what they count to is counted anew each time."""

    taught: dict[tuple[int, Subject, int], tuple[int, Lesson]] = field(default_factory=dict)

    def teach(self, ticket: Ticket, subject: Subject, lesson: Lesson) -> None:
        key = (ticket.customerID, subject, ticket.ticketID)
        version, _ = self.taught.get(key, (0, NOTHING))
        if ticket.version > version:
            self.taught[key] = (ticket.version, lesson)

    def counts(self, customerID: int, subject: Subject) -> Counts:
        counts = Counts()
        for (owner, about, _), (_, lesson) in self.taught.items():
            if (owner, about) == (customerID, subject):
                counts.replace(NOTHING, lesson)
        return counts


@dataclass
class InMemoryWholeTables:
    """Everything, two at a time."""

    store: InMemoryTickets
    search: InMemorySearch

    def tickets(self) -> Iterator[Sequence[Ticket]]:
        return batched(list(self.store.kept.values()), 2, strict=False)

    def messages(self) -> Iterator[Sequence[Message]]:
        kept = [message for messages in self.store.messages.kept.values() for message in messages.values()]
        return batched(kept, 2, strict=False)

    def postings(self) -> Iterator[Sequence[Posting]]:
        return batched(sorted(self.search.postings), 2, strict=False)

    def calls(self) -> Iterator[Mapping[tuple[int, int], str]]:
        held = ((customerID, ticketID, callSid) for (customerID, callSid), ticketID in self.store.calls.items())
        for page in batched(sorted(held), 2, strict=False):
            yield {(customerID, ticketID): callSid for customerID, ticketID, callSid in page}

    def sizes(self) -> Mapping[str, int]:
        names = ("tickets", "messages", "postings", "calls")
        return {name: sum(map(len, getattr(self, name)())) for name in names}
