"""How a list is found: by which index it is walked, or gathered and sorted, and where its total comes from.

What waits for nothing is asked for at the same time, so that a list by one filter takes one round trip here.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain, islice

from ticketing.domain.facets import UID
from ticketing.domain.query import MAX_SORTED, Filters, ListRequest, Order, Position, SortBy, Walk, walks
from ticketing.domain.tally import Totals
from ticketing.domain.words import Term, terms
from ticketing.errors import Fault, InvalidRequest, TooManyToSort
from ticketing.ports import Tallies, TicketIndex
from ticketing.usecases.searching import Searching

MAX_TERMS = 32
"""Words of a search at most."""
TICKETS_PER_ENTRY = 4
"""How many times a whole ticket is larger than its entry in an index, roughly."""

type Matches = tuple[int, Iterator[Position]]
"""How many tickets match, and the places of those after the cursor, in order."""


@dataclass(frozen=True)
class Planning:
    """Finds the matches of a list. `executor` does at the same time what does not wait for each other."""

    index: TicketIndex
    tallies: Tallies
    searching: Searching
    executor: Callable[[], Executor]

    def matches(
        self, customerID: int, filters: Filters, request: ListRequest, after: Position | None, wanted: int
    ) -> Matches:
        """The matches after a position; about `wanted` of them are used. Raises TooManyToSort."""
        found = terms(request.search or "")
        if len(found) > MAX_TERMS:
            raise InvalidRequest("The search is too long.", [Fault("search", f"may have {MAX_TERMS} words at most")])
        if found:
            return self._found(customerID, found, filters, request.order, after)
        if UID in filters.facets:
            return self._of_uid(customerID, filters, request.order, after, wanted)
        return self._listed(customerID, filters, request.order, after, wanted)

    def _found(
        self, customerID: int, terms: list[Term], filters: Filters, order: Order, after: Position | None
    ) -> Matches:
        """What a search finds is filtered and sorted by where the tickets stand in the tallies."""
        candidates = self.searching.tickets(customerID, terms)
        standings = self.tallies.standings(customerID, candidates).values()
        listed = (standing for standing in standings if standing.listed_under(filters))
        return _in_order([Position(order.by.value_of(each), each.ticketID) for each in listed], order, after)

    def _of_uid(self, customerID: int, filters: Filters, order: Order, after: Position | None, wanted: int) -> Matches:
        """An end user's tickets are few: they are counted by looking at them."""
        walk = next(walk for walk in walks(filters) if walk.facet is UID)
        if order.by is not SortBy.lastMessageDate:
            return self._gathered(customerID, walk, order, after)
        counting = self.executor().submit(self.index.count, customerID, walk)
        positions = self.index.walk(customerID, walk, order, after, wanted)
        return counting.result(), positions

    def _listed(self, customerID: int, filters: Filters, order: Order, after: Position | None, wanted: int) -> Matches:
        ways = walks(filters)
        totals = self.executor().submit(self._totals, customerID, filters)
        if order.by is SortBy.lastMessageDate:
            way = ways[0] if len(ways) == 1 else _narrowest(ways, totals.result())
            positions = self.index.walk(customerID, way, order, after, wanted)
        elif order.by_creation and (not filters.facets or _is_dense(ways, totals.result(), filters, wanted)):
            positions = self.index.by_creation(customerID, filters, order, after, wanted)
        else:
            return self._gathered(customerID, _narrowest(ways, totals.result()), order, after)
        first = list(islice(positions, 1))
        return totals.result().total(filters), chain(first, positions)

    def _totals(self, customerID: int, filters: Filters) -> Totals:
        if filters.hidden_after is None:
            return Totals(self.tallies.cells(customerID))
        hidden = self.executor().submit(self.index.count_hidden, customerID, filters)
        return Totals(self.tallies.cells(customerID), hidden.result())

    def _gathered(self, customerID: int, walk: Walk, order: Order, after: Position | None) -> Matches:
        places = self.index.gather(customerID, walk, order.by, MAX_SORTED + 1)
        if len(places) > MAX_SORTED:
            raise TooManyToSort(
                f"More than {MAX_SORTED} tickets match: narrow the filters, or sort by lastMessageDate."
            )
        return _in_order(places, order, after)


def _in_order(places: list[Position], order: Order, after: Position | None) -> Matches:
    in_order = order.sorted(places)
    return len(places), (place for place in in_order if after is None or order.is_after(place, after))


def _narrowest(ways: list[Walk], totals: Totals) -> Walk:
    return min(ways, key=lambda way: totals.weight(way.facet, way.values))


def _is_dense(ways: list[Walk], totals: Totals, filters: Filters, wanted: int) -> bool:
    """Whether walking all tickets meets enough matches to be cheaper than gathering them from the narrowest index."""
    narrowest = _narrowest(ways, totals)
    gathered = totals.weight(narrowest.facet, narrowest.values)
    matching = max(1, totals.total(filters))
    table = sum(count for _, count in totals.cells)
    return matching > MAX_SORTED or gathered > TICKETS_PER_ENTRY * wanted * table / matching
