"""Find tickets through indexes and counts, by the plan that costs least, and count them.

What waits for nothing is asked for at the same time, so that a list by one filter takes one round trip here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from ticketing.errors import TooManyToSort
from ticketing.lists.dynamodb.index_scan import IndexScan, Scans, narrowest, only_scan
from ticketing.lists.dynamodb.plan import (
    COUNTED_TICKET,
    ENTRY,
    PARTITION,
    PATIENCE,
    QueryPlan,
    Statistics,
    cheapest,
    likely_walk,
)
from ticketing.lists.query import MAX_OF_END_USER, MAX_SORTED, Filters, TicketQuery
from ticketing.tickets.facets import CHANNEL, REP, STATE, UID, state_values
from ticketing.tickets.labels import label_text
from ticketing.tickets.order import Order, Position, SortBy

if TYPE_CHECKING:
    from ticketing.lists.counts import CountedTicket
    from ticketing.lists.ports import Matches, TicketCounts
    from ticketing.lists.totals import Totals
    from ticketing.tickets.facets import Facet

MOST_HIDDEN = 1_000
"""Hidden tickets that are taken from the number of those that a search found; about 10 read units."""
FEW_HOLDERS = 20
"""Holders whose names are read for a page without knowing who of them is on it."""


@dataclass(frozen=True)
class _Query:
    """Matches of filters, in an order, after a position; about `wanted` of them."""

    customerID: int
    filters: Filters
    order: Order
    after: Position | None
    wanted: int

    def in_order(self, positions: list[Position]) -> Matches:
        """Sort all matches."""
        positions = self.order.sorted(positions)
        left = (each for each in positions if self.after is None or self.order.is_after(each, self.after))
        return len(positions), left


@dataclass(frozen=True)
class PlannedIndex:
    """A TicketIndex that reads what costs least. What reads is made when it is first needed."""

    indexes: Callable[[], Scans]
    counts: Callable[[], TicketCounts]

    @property
    def scans(self) -> Scans:
        return self.indexes()

    @property
    def ticket_counts(self) -> TicketCounts:
        return self.counts()

    def find(self, customerID: int, query: TicketQuery, after: Position | None, wanted: int) -> Matches:
        """Return the number of all matches, and those after a position; raises TooManyToSort."""
        asked = _Query(customerID, query.filters, query.order, after, wanted)
        if query.among is not None:
            return self._among(asked, query.among)
        uncounted = next((facet for facet in query.filters.facets if not facet.is_counted), None)
        return self._uncounted(asked, uncounted) if uncounted else self._listed(asked)

    def _among(self, query: _Query, candidates: Collection[int]) -> Matches:
        """Find the candidates that match, by a walk through all tickets where that soon meets enough of them."""
        is_walkable = query.order.by is SortBy.lastMessageDate and not query.filters.facets
        likely = likely_walk(candidates, query.wanted) if is_walkable and not query.filters.waiting_after else None
        return self._by_walking(query, candidates, likely) if likely else self._counted(query, candidates)

    def _by_walking(self, query: _Query, candidates: Collection[int], likely: int) -> Matches:
        """Walk about `likely` tickets, where few are hidden: then every other candidate matches."""
        hidden = self.ticket_counts.hidden(query.customerID, query.filters.hidden_after, MOST_HIDDEN)
        if hidden is None:
            return self._counted(query, candidates)
        walk = IndexScan(STATE, state_values(None, None), query.filters)
        walked = self.scans.walk(query.customerID, walk, query.order, query.after, likely)
        left = set(candidates) - hidden
        return len(left), self._in_walked_order(query, islice(walked, PATIENCE * likely), left)

    def _in_walked_order(self, query: _Query, walked: Iterator[Position], left: set[int]) -> Iterator[Position]:
        """Return tickets as they are met, then sort the rest by their counted rows."""
        for position in walked:
            if position.ticketID in left:
                left.remove(position.ticketID)
                yield position
            if not left:
                return
        yield from self._counted(query, left)[1]

    def _uncounted(self, query: _Query, facet: Facet) -> Matches:
        """Find matches in a facet that no cell counts, as an end user's: they are counted by reading them, so that any
        order costs the same."""
        found = self.ticket_counts.having(query.customerID, facet, query.filters.facets[facet])
        positions = list(islice(_positions(query, found), MAX_OF_END_USER + 1))
        if len(positions) > MAX_OF_END_USER:
            raise TooManyToSort(f"More than {MAX_OF_END_USER} tickets of the end user match", "narrow the filters")
        return query.in_order(positions)

    def _listed(self, query: _Query) -> Matches:
        counted = self.ticket_counts.ask_totals(query.customerID, query.filters.moment)
        if query.filters.waiting_after:  # they are few among all, and stand together in no index
            return self._by_cost(query, counted())
        walk = only_scan(query.filters) if query.order.by is SortBy.lastMessageDate else None
        if walk:
            positions = self._walked(query, walk)
        elif query.order.by_creation and not query.filters.facets:
            positions = self._by_creation(query)
        else:
            return self._by_cost(query, counted())
        first = list(islice(positions, 1))  # asks for it while the totals are on their way
        totals = counted()
        if walk and walk.facet is STATE:
            first = [position._replace(labels=_holders(totals) + position.labels) for position in first]
        return self._total(query, totals), chain(first, positions)

    def _total(self, query: _Query, totals: Totals) -> int:
        """Return how many match; tickets of odd values are counted by reading them."""
        counted, odd = totals.apart(query.filters)
        return totals.total(counted) + sum(self._count_odd(query.customerID, filters, totals) for filters in odd)

    def _count_odd(self, customerID: int, filters: Filters, totals: Totals) -> int:
        """Return how many match filters of odd values: through an index, or where that reads less one by one."""
        walk, cells = narrowest(filters, totals), totals.candidates(filters)
        one_by_one = PARTITION * len(cells) + COUNTED_TICKET * sum(cells.values())
        if not totals.are_found(cells) or one_by_one >= ENTRY * totals.weight(walk.facet, walk.values):
            return self.scans.count(customerID, walk)
        found = self.ticket_counts.in_cells(customerID, cells)
        return len(self.ticket_counts.listed(customerID, found, filters, SortBy.ticketID))

    def _by_cost(self, query: _Query, totals: Totals) -> Matches:
        scan = narrowest(query.filters, totals)
        total, cells = self._total(query, totals), totals.candidates(query.filters)
        weight = max(total, totals.weight(scan.facet, scan.values))  # of an odd value it counts nothing
        is_waiting = query.filters.waiting_after is not None  # not all who stand in their cells wait
        candidates = sum(cells.values()) if totals.are_found(cells) and not is_waiting else None
        waiting = totals.waiting if is_waiting else None
        statistics = Statistics(totals.table, weight, total, len(cells), candidates, query.wanted, waiting)
        match cheapest(query.order, statistics):
            case QueryPlan.WALK:
                return total, self._walked(query, scan)
            case QueryPlan.CREATION:
                return total, self._by_creation(query)
            case QueryPlan.GATHER:
                return self._gathered(query, scan)
            case QueryPlan.CELLS:
                return self._counted(query, self.ticket_counts.in_cells(query.customerID, cells))
            case QueryPlan.WAITING:
                return self._counted(query, self.ticket_counts.waiting(query.customerID, query.filters.moment or ""))

    def _walked(self, query: _Query, walk: IndexScan) -> Iterator[Position]:
        return self.scans.walk(query.customerID, walk, query.order, query.after, query.wanted)

    def _by_creation(self, query: _Query) -> Iterator[Position]:
        return self.scans.by_creation(query.customerID, query.filters, query.order, query.after, query.wanted)

    def _gathered(self, query: _Query, walk: IndexScan) -> Matches:
        positions = self.scans.gather(query.customerID, walk, query.order.by, MAX_SORTED + 1)
        if len(positions) > MAX_SORTED:
            advice = "narrow the filters, or sort by lastMessageDate"
            raise TooManyToSort(f"More than {MAX_SORTED} tickets match", advice, "sortBy")
        return query.in_order(positions)

    def _counted(self, query: _Query, candidates: Collection[int]) -> Matches:
        """Filter and sort candidates by what they were counted as."""
        return query.in_order(self.ticket_counts.listed(query.customerID, candidates, query.filters, query.order.by))


def _positions(query: _Query, counted_tickets: Iterable[CountedTicket]) -> Iterator[Position]:
    listed = (each for each in counted_tickets if each.listed_under(query.filters))
    return (Position(query.order.by.value_of(each), each.ticketID, _labels(each)) for each in listed)


def _labels(counted_ticket: CountedTicket) -> str:
    """Return the labels that a counted ticket tells of: all but its topics."""
    cell, uid = counted_ticket.cell, counted_ticket.uncounted.get(UID.name)
    return label_text(cell.value(REP), cell.value(CHANNEL), uid=uid) if cell else ""


def _holders(totals: Totals) -> str:
    """Return who may hold a ticket, where they are few: the index of the state does not tell."""
    holders = {count.cell.value(REP) for count in totals.cells}
    return "".join(map(label_text, sorted(filter(None, holders)))) if len(holders) <= FEW_HOLDERS else ""
