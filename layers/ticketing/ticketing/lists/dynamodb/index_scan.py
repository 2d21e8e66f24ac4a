"""A scan of one facet's index, which scans find the matches of filters, and how they are run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ticketing.tickets.dynamodb.items import filters_by
from ticketing.tickets.facets import STATE, Facet, state_values

if TYPE_CHECKING:
    from ticketing.lists.query import Filters
    from ticketing.tickets.order import Order, Position, SortBy


@dataclass(frozen=True)
class IndexScan:
    """A scan of one facet's index: through these values, dropping what `rest` does not let by."""

    facet: Facet
    values: frozenset[str]
    rest: Filters


def index_scans(filters: Filters) -> list[IndexScan]:
    """Return every scan that finds the matches; where no filter has an index, all states are walked."""
    named = {facet: values for facet, values in filters.facets.items() if facet.is_indexed}
    named = named or {STATE: state_values(None, None)}
    scans = [IndexScan(facet, values, filters.without(facet)) for facet, values in named.items()]
    return [scan for scan in scans if all(filters_by(scan.facet, facet) for facet in scan.rest.facets)]


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
