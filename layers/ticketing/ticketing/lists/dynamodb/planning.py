"""How a list is found: which way through indexes and tallies, and where its total comes from.

What waits for nothing is asked for at the same time, so that a list by one filter takes one round trip here.
"""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain, islice

from ticketing.errors import TooManyToSort
from ticketing.kernel.text import terms
from ticketing.lists.counts import Totals
from ticketing.lists.dynamodb.plan import ENTRY, PARTITION, STANDING, Sizes, Way, cheapest
from ticketing.lists.dynamodb.searching import Searching
from ticketing.lists.ports import Tallies, TicketIndex
from ticketing.lists.query import MAX_SORTED, Filters, ListRequest, Walk, walks
from ticketing.tickets.facets import Facet
from ticketing.tickets.order import Order, Position, SortBy

MOST_PARTITIONS = 8
"""Partitions that are walked at most in the place of a facet without an index."""

type Matches = tuple[int, Iterator[Position]]
"""How many tickets match, and the places of those after the cursor, in order."""


@dataclass(frozen=True)
class _Query:
    """What is looked for: the matches of filters, in an order, after a position; about `wanted` of them."""

    customerID: int
    filters: Filters
    order: Order
    after: Position | None
    wanted: int

    def in_order(self, places: list[Position]) -> Matches:
        """All matches, sorted."""
        places = self.order.sorted(places)
        after = self.after
        return len(places), (place for place in places if after is None or self.order.is_after(place, after))


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
        query = _Query(customerID, filters, request.order, after, wanted)
        found = terms(request.search or "")
        if found:
            return self._standing(query, self.searching.tickets(customerID, found))
        uncounted = next((facet for facet in filters.facets if not facet.is_counted), None)
        return self._uncounted(query, uncounted) if uncounted else self._listed(query)

    def _uncounted(self, query: _Query, facet: Facet) -> Matches:
        """Matches in a facet that no cell counts, as an end user's, are few: they are counted by looking at them."""
        walk = next(walk for walk in walks(query.filters) if walk.facet is facet)
        if query.order.by is not SortBy.lastMessageDate:
            return self._gathered(query, walk)
        counting = self.executor().submit(self.index.count, query.customerID, walk)
        positions = self._walked(query, walk)
        return counting.result(), positions

    def _listed(self, query: _Query) -> Matches:
        counting = self.executor().submit(self.tallies.totals, query.customerID, query.filters.hidden_after)
        ways, is_indexed = walks(query.filters), all(facet.is_indexed for facet in query.filters.facets)
        if query.order.by is SortBy.lastMessageDate and len(ways) == 1 and is_indexed:
            positions = self._walked(query, ways[0])
        elif query.order.by_creation and not query.filters.facets:
            positions = self._by_creation(query)
        else:
            return self._by_cost(query, counting.result())
        first = list(islice(positions, 1))  # asks for it while the totals are on their way
        return self._total(query, counting.result()), chain(first, positions)

    def _total(self, query: _Query, totals: Totals) -> int:
        """Return how many match; what odd values let by is looked at."""
        counted, odd = totals.apart(query.filters)
        return totals.total(counted) + sum(self._odd(query.customerID, filters, totals) for filters in odd)

    def _odd(self, customerID: int, filters: Filters, totals: Totals) -> int:
        """Return how many match filters of odd values: through an index, or where that reads less one by one."""
        walk, cells = _narrowest(filters, totals), totals.candidates(filters)
        if PARTITION * len(cells) + STANDING * sum(cells.values()) < ENTRY * totals.weight(walk.facet, walk.values):
            standings = self.tallies.standings(customerID, self.tallies.in_cells(customerID, cells), fresh=False)
            return sum(standing.listed_under(filters) for standing in standings.values())
        return self.index.count(customerID, walk)

    def _by_cost(self, query: _Query, totals: Totals) -> Matches:
        narrowest = _narrowest(query.filters, totals)
        total, cells = self._total(query, totals), totals.candidates(query.filters)
        weight = max(total, totals.weight(narrowest.facet, narrowest.values))  # of an odd value it counts nothing
        sizes = Sizes(totals.table, weight, total, len(cells), sum(cells.values()), query.wanted)
        match cheapest(query.order, sizes):
            case Way.WALK:
                return total, self._walked(query, narrowest)
            case Way.CREATION:
                return total, self._by_creation(query)
            case Way.GATHER:
                return self._gathered(query, narrowest)
            case Way.CELLS:
                return self._standing(query, self.tallies.in_cells(query.customerID, cells))

    def _walked(self, query: _Query, walk: Walk) -> Iterator[Position]:
        return self.index.walk(query.customerID, walk, query.order, query.after, query.wanted)

    def _by_creation(self, query: _Query) -> Iterator[Position]:
        return self.index.by_creation(query.customerID, query.filters, query.order, query.after, query.wanted)

    def _gathered(self, query: _Query, walk: Walk) -> Matches:
        places = self.index.gather(query.customerID, walk, query.order.by, MAX_SORTED + 1)
        if len(places) > MAX_SORTED:
            raise TooManyToSort(
                f"More than {MAX_SORTED} tickets match: narrow the filters, or sort by lastMessageDate."
            )
        return query.in_order(places)

    def _standing(self, query: _Query, candidates: Collection[int]) -> Matches:
        """Candidates are filtered and sorted by where they stand in the tallies."""
        standings = self.tallies.standings(query.customerID, candidates, fresh=False).values()
        listed = (standing for standing in standings if standing.listed_under(query.filters))
        return query.in_order([Position(query.order.by.value_of(each), each.ticketID) for each in listed])


def _narrowest(filters: Filters, totals: Totals) -> Walk:
    """Return the walk that finds the fewest tickets besides matches. Where no filter has an index, matches are found
    through the values that they have in other facets too."""
    ways = walks(filters)
    if filters.facets and not any(facet.is_indexed for facet in filters.facets):
        ways += [Walk(facet, values, filters) for facet, values in totals.implied(filters, MOST_PARTITIONS)]
    return min(ways, key=lambda way: totals.weight(way.facet, way.values))
