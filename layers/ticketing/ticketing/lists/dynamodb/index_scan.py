"""A scan of one facet's index, which scans find the matches of filters, and how they are run.

The index of the state holds nothing to filter or sort by: it serves only lists in the order of last contact that are
filtered by nothing else. All others are found through the index of another facet, if need be one that is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ticketing.lists.dynamodb.plan import DETOUR, ENTRY, PARTITION
from ticketing.tickets.facets import REP, STATE, Facet, state_values

if TYPE_CHECKING:
    from ticketing.lists.query import Filters
    from ticketing.lists.totals import Totals
    from ticketing.tickets.order import Order, Position, SortBy


@dataclass(frozen=True)
class IndexScan:
    """A scan of one facet's index: through these values, dropping what `rest` does not match."""

    facet: Facet
    values: frozenset[str]
    rest: Filters


def scan_by_state(filters: Filters) -> IndexScan | None:
    """Return the scan in the order of last contact where nothing but the state is asked for; None where more is."""
    if filters.facets.keys() - {STATE}:
        return None
    return IndexScan(STATE, filters.facets.get(STATE, state_values(None, None)), filters.without(STATE))


def index_scans(filters: Filters) -> list[IndexScan]:
    """Return the scans through the facets that are asked for."""
    return [
        IndexScan(facet, values, filters.without(facet))
        for facet, values in filters.facets.items()
        if facet.is_indexed and facet is not STATE
    ]


def only_scan(filters: Filters) -> IndexScan | None:
    """Return the scan that is best whatever the counts say, if there is one."""
    scans = index_scans(filters) if len(filters.facets) == 1 else []
    return next(iter(scans), scan_by_state(filters))


def narrowest(filters: Filters, totals: Totals) -> IndexScan:
    """Return the scan that reads least. Matches are also found through the values that they have in facets that are not
    asked for, as a channel type is that of a few channels; but the counts that tell these follow a little later."""
    implied = [IndexScan(facet, values, filters) for facet, values in totals.implied(filters)]
    costs = [(_cost(scan, totals), scan) for scan in index_scans(filters)]
    costs += [(DETOUR + _cost(scan, totals), scan) for scan in implied]
    return min(costs, key=lambda each: each[0], default=(0, IndexScan(REP, frozenset(), filters)))[1]


def _cost(scan: IndexScan, totals: Totals) -> float:
    return PARTITION * len(scan.values) + ENTRY * totals.weight(scan.facet, scan.values)


class Scans(Protocol):
    """Reads of the indexes of tickets. They follow the store, usually within a second."""

    def walk(
        self, customerID: int, walk: IndexScan, order: Order, after: Position | None, wanted: int
    ) -> Iterator[Position]:
        """Return the matches after a position, lazily, in order of last contact; about `wanted` are used."""

    def by_creation(
        self, customerID: int, filters: Filters, order: Order, after: Position | None, wanted: int
    ) -> Iterator[Position]:
        """Return the matches after a position, lazily, in order of creation; about `wanted` are used."""

    def gather(self, customerID: int, walk: IndexScan, by: SortBy, limit: int) -> list[Position]:
        """Return the matches in no order, `limit` of them at most."""

    def count(self, customerID: int, walk: IndexScan) -> int:
        """Return how many tickets match, by walking them all."""
