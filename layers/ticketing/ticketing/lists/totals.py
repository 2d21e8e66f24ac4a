"""Totals of a list: sums of the counts of cells, and what cells tell of tickets that match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from ticketing.lists.counts import COUNTED, ODD, Cell
from ticketing.tickets.facets import STATE

if TYPE_CHECKING:
    from ticketing.lists.query import Filters
    from ticketing.tickets.facets import Facet


class CellCount(NamedTuple):
    """A number of tickets in a cell, or a part of it; apart for those that wait, and those that are not found by it."""

    cell: Cell
    waits: bool
    tickets: int
    is_found: bool = True


@dataclass(frozen=True)
class Totals:
    """The counts of a customer's cells. A ticket that has fallen due is taken out of those that wait by a pair of
    counts, one less there and one more here. `named`: the values that surely have cells of their own, for each facet
    in which others share some."""

    cells: Sequence[CellCount]
    named: Mapping[Facet, frozenset[str]] = field(default_factory=dict)

    def total(self, filters: Filters) -> int:
        """Return how many tickets match, as far as cells can tell: filters with odd values are taken apart before."""
        return max(0, sum(count.tickets for count in self._matching(filters)))

    def apart(self, filters: Filters) -> tuple[Filters, list[Filters]]:
        """Split filters by odd values: return filters without them, and filters for the tickets that only odd values
        match. No ticket matches two of them."""
        odd_ones: list[Filters] = []
        for facet in self.named:
            odd = self._odd_values(facet, filters)
            if odd and not filters.impossible:
                odd_ones.append(filters.narrowed(facet, odd))
                filters = filters.narrowed(facet, filters.facets[facet] - odd)
        return filters, odd_ones

    def candidates(self, filters: Filters) -> dict[Cell, int]:
        """Return the cells in which there may be tickets that match, and how many tickets stand in them."""
        shared = {facet: filters.facets[facet] | {ODD} for facet in self.named if self._odd_values(facet, filters)}
        found: Counter[Cell] = Counter()
        for count in self._matching(replace(filters, facets={**filters.facets, **shared})):
            found[count.cell] += count.tickets
        return {cell: tickets for cell, tickets in found.items() if tickets > 0}

    def are_found(self, cells: Mapping[Cell, int]) -> bool:
        """Tell whether all tickets of these cells can be found by them."""
        unfound: Counter[Cell] = Counter()
        for count in self.cells:
            if not count.is_found and count.cell in cells:
                unfound[count.cell] += count.tickets
        return not any(unfound.values())

    def weight(self, facet: Facet, values: frozenset[str]) -> int:
        """Return how many tickets have one of these values in a facet; those of odd values are not counted."""
        return sum(count.tickets for count in self.cells if count.cell.value(facet) in values)

    def implied(self, filters: Filters) -> list[tuple[Facet, frozenset[str]]]:
        """Return facets that are not asked for, with the values that matches have in them: as every ticket is held by
        somebody or nobody."""
        found = self.candidates(filters)
        others = [facet for facet in COUNTED if facet.is_indexed and facet not in (STATE, *filters.facets)]
        each = [(facet, frozenset(cell.value(facet) or "" for cell in found)) for facet in others]
        return [(facet, values) for facet, values in each if values and "" not in values]

    @property
    def table(self) -> int:
        """Return how many tickets there are."""
        return sum(count.tickets for count in self.cells)

    @property
    def waiting(self) -> int:
        """Return how many tickets wait for their follow-up."""
        return sum(count.tickets for count in self.cells if count.waits)

    def _odd_values(self, facet: Facet, filters: Filters) -> frozenset[str]:
        return filters.facets.get(facet, frozenset()) - self.named[facet]

    def _matching(self, filters: Filters) -> Sequence[CellCount]:
        asked = {waits: filters.waits_as_asked(waits) for waits in (False, True)}
        found = [count for count in self.cells if asked[count.waits]]
        for facet, values in filters.facets.items():
            if facet.is_counted:
                found = [count for count in found if count.cell.value(facet) in values]
        return found
