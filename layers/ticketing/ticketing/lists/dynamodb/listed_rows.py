"""Rows of counted tickets as lists read them: only what filters, orders and labels are made of is fetched, and each
cell is looked at once. A search looks at hundreds of rows, or thousands, to show a page of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ticketing.lists.counts import UNCOUNTED, matches
from ticketing.lists.dynamodb.cells import cell_in
from ticketing.lists.dynamodb.index_queries import MOST_LABELLED, fetching
from ticketing.tickets.dynamodb.items import HIDDEN_BY, SORTED_BY, key_attribute
from ticketing.tickets.facets import CHANNEL, REP, STATUS, UID, Facet
from ticketing.tickets.labels import label_text
from ticketing.tickets.order import Position, SortBy, SortFields

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.values import AttributeValues
    from ticketing.lists.counts import Cell
    from ticketing.lists.query import Filters

_SORTED = {SortBy.lastMessageDate: "lastContact"} | {SortBy(name): name for name in SORTED_BY}
"""The attribute that holds what a ticket is sorted by, where neither its cell nor its id tells it."""


def projection(filters: Filters, by: SortBy, tickets: int) -> dict[str, Any]:
    """Return the options with which a batch of so many tickets fetches what `positions` reads. Of a large batch most
    are skipped, so their uids are not fetched: the end users of those that are shown are named in one more call."""
    uncounted = [facet for facet in UNCOUNTED if facet in filters.facets or (facet is UID and tickets <= MOST_LABELLED)]
    sorted_by = [_SORTED[by]] if by in _SORTED else []
    names = dict.fromkeys(["ticketID", "cell", "own", HIDDEN_BY, *map(key_attribute, uncounted), *sorted_by])
    return fetching({}, *names)


def positions(rows: Iterable[AttributeValues], filters: Filters, by: SortBy) -> Iterator[Position]:
    """Return the positions of tickets that are listed under filters, with all their labels but the topics."""
    uncounted = [(facet, values) for facet, values in filters.facets.items() if not facet.is_counted]
    is_asked_for, labels = cache(lambda cell: matches(cell, filters)), cache(_labels)
    for row in map(_Listed, rows):
        if (
            row.cell is not None
            and is_asked_for(row.cell)
            and not filters.hides(row.texts.get(HIDDEN_BY))
            and all(row.uncounted(facet) in values for facet, values in uncounted)
        ):
            yield Position(by.value_of(row.sort_fields), row.ticketID, labels(row.cell, row.uncounted(UID)))


@dataclass(frozen=True, kw_only=True)
class _Sorted(SortFields):
    """Holds the fetched fields that a ticket is sorted by."""

    lastContact: str = ""
    status: str = ""


class _Listed:
    """A row, as lists look at it; `cell` is None where the ticket is not listed."""

    __slots__ = ("cell", "texts", "ticketID")

    def __init__(self, row: AttributeValues) -> None:
        self.ticketID = int(row["ticketID"]["N"])
        self.texts: dict[str, str] = {name: value["S"] for name, value in row.items() if "S" in value}
        cell = self.texts.get("own") or self.texts.get("cell")
        self.cell = None if cell is None else cell_in(cell)

    @property
    def sort_fields(self) -> _Sorted:
        status = (self.cell and self.cell.value(STATUS)) or ""
        fetched = {name: self.texts[name] for name in _SORTED.values() if name in self.texts}
        return _Sorted(status=status, **fetched)

    def uncounted(self, facet: Facet) -> str | None:
        """Return the value in a facet that no cell counts."""
        key = self.texts.get(key_attribute(facet))
        return key.split("#", 1)[1] if key else None


def _labels(cell: Cell, uid: str | None) -> str:
    return label_text(cell.value(REP), cell.value(CHANNEL), uid=uid)
