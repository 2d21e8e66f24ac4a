"""Counts: how many tickets stand in each cell, and as what each ticket was last counted.

A cell is one combination of a ticket's facets. A list's total is the sum of the cells that match, so it costs as
much for a million tickets as for a thousand. A ticket whose follow-up lay ahead when it was counted is counted apart,
as one that waits; those whose follow-up has fallen due since then are few, and are looked at one by one. A status or
type without cells of its own (see vocabulary.py) is odd: its tickets share cells, and are counted by looking at them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ticketing.tickets.facets import FACETS, STATE, STATUS, TYPE, Facet, state_values
from ticketing.tickets.order import SortFields, sort_fields

if TYPE_CHECKING:
    from ticketing.lists.query import Filters
    from ticketing.tickets.model import Ticket

COUNTED = tuple(sorted((facet for facet in FACETS if facet.is_counted), key=lambda facet: facet.letter))
"""The facets of a cell, by their letters: so its values have one order, whichever facets there are."""
UNCOUNTED = tuple(facet for facet in FACETS if not facet.is_counted)
_CLOSED = state_values(True, None)
ODD = ""
"""The value of cells that odd values share, in a facet of which every ticket has a value."""


@dataclass(frozen=True)
class Cell:
    """A combination of values, by the names of their facets; empty where a ticket has none. A facet that is newer than
    the cell is missing. Lists look at every cell of a customer: its hash and its values by name are kept."""

    values: tuple[tuple[str, str], ...]

    def __hash__(self) -> int:
        return self._hash

    def value(self, facet: Facet) -> str | None:
        """Return the value in a facet; None where the cell was made before there was that facet."""
        return self._by_name.get(facet.name)

    @cached_property
    def _hash(self) -> int:
        return hash(self.values)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return dict(self.values)

    @cached_property
    def is_shared(self) -> bool:
        """Tell whether odd values share the cell."""
        return any(self.value(facet) == ODD for facet in COUNTED if facet.usual)

    def sharing(self, facets: Collection[Facet]) -> Cell:
        """Return the cell that odd values in these facets share."""
        if not facets:
            return self
        names = {facet.name for facet in facets}
        return Cell(tuple((name, ODD if name in names else value) for name, value in self.values))


class CountKey(NamedTuple):
    """The count that a ticket is in: of its cell, apart where it waits for its follow-up, in a generation of counts."""

    cell: Cell
    waits: bool = False
    generation: int = 0


def cell_of(ticket: Ticket) -> Cell:
    """Return the cell that a ticket stands in."""
    return Cell(tuple((facet.name, facet.of(ticket) or "") for facet in COUNTED))


def matches(cell: Cell, filters: Filters) -> bool:
    """Tell whether the tickets of a cell match, as far as a cell can tell."""
    return all(cell.value(facet) in values for facet, values in filters.facets.items() if facet.is_counted)


@dataclass(frozen=True)
class CountedTicket(SortFields):
    """A ticket as it was counted at a version: its cell (None: not listed, or removed), and what it is sorted by.

    `uncounted` are its values in facets that no cell counts, by name. `revision` counts the writes of this record;
    `waits`, `generation` and the facets in which its value is `odd` say in which count it is (see CountKey); `isScarce`
    says that a store finds it by its cell.
    """

    customerID: int
    ticketID: int
    version: int
    cell: Cell | None
    lastContact: str = ""
    uncounted: Mapping[str, str] = field(default_factory=dict)
    isRemoved: bool = False
    waits: bool = False
    odd: frozenset[Facet] = frozenset()
    generation: int = 0
    revision: int = 1
    isScarce: bool = field(default=False, compare=False)

    @property
    def status(self) -> str:
        """Return the folded status."""
        return (self.cell.value(STATUS) or "") if self.cell else ""

    @property
    def isClosed(self) -> bool:
        return self.cell is not None and self.cell.value(STATE) in _CLOSED

    @property
    def channelType(self) -> str:
        """Return the folded channel type."""
        return (self.cell.value(TYPE) or "") if self.cell else ""

    @property
    def count_key(self) -> CountKey | None:
        """Return the count that the ticket is in, if it is in any."""
        if not self.cell:
            return None
        return CountKey(self.cell.sharing(self.odd), self.waits, self.generation)

    @property
    def due(self) -> str | None:
        """Return when a ticket that waits need not wait any more."""
        return self.followUpDate if self.waits else None

    def is_before(self, generation: int) -> bool:
        """Tell whether the ticket is in a count of an earlier generation."""
        return self.cell is not None and self.generation < generation

    def has_fallen_due(self, now: str) -> bool:
        """Tell whether the ticket is counted as one that waits, and does not wait any more."""
        return self.due is not None and self.due <= now

    def listed_under(self, filters: Filters) -> bool:
        """Tell whether the ticket is listed under these filters."""
        uncounted = [(facet, values) for facet, values in filters.facets.items() if not facet.is_counted]
        return (
            self.cell is not None
            and matches(self.cell, filters)
            and all(self.uncounted.get(facet.name) in values for facet, values in uncounted)
            and not filters.hides(self.followUpDate)
        )


def counted_as(ticket: Ticket, now: str) -> CountedTicket:
    """Return a ticket as it is to be counted at `now`."""
    return CountedTicket(
        customerID=ticket.customerID,
        ticketID=ticket.ticketID,
        version=ticket.version,
        cell=cell_of(ticket) if ticket.isProcessed else None,
        lastContact=ticket.lastContact,
        uncounted={facet.name: value for facet in UNCOUNTED if (value := facet.of(ticket)) is not None},
        waits=ticket.isProcessed and (ticket.followUpDate or "") > now,
        **sort_fields(ticket),
    )


def gone(customerID: int, ticketID: int, version: int) -> CountedTicket:
    """Return a ticket that was removed when it had this version: one version later it is counted nowhere."""
    return CountedTicket(customerID, ticketID, version + 1, None, isRemoved=True)


@dataclass(frozen=True)
class Move:
    """A ticket that is counted anew: as it was last counted (None: never), and as it is now."""

    before: CountedTicket | None
    after: CountedTicket

    @classmethod
    def of(cls, before: CountedTicket | None, now: CountedTicket, generation: int) -> Move:
        """Return the next revision of a counted ticket, in `generation`."""
        revision = before.revision + 1 if before else 1
        return cls(before, replace(now, generation=generation, revision=revision))
