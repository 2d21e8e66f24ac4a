"""Tallies: how many tickets stand in each cell, and where each ticket stood when it was last counted.

A cell is one combination of a ticket's facets. A list's total is the sum of the cells that match, so it costs as
much for a million tickets as for a thousand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ticketing.domain.facets import CHANNEL, REP, STATE, STATUS, TYPE, UID, Facet
from ticketing.domain.query import Filters
from ticketing.domain.ticket import Ticket

CELL_FACETS = (REP, STATUS, CHANNEL, TYPE, STATE)
"""What a cell is made of, in the order of its key: what lists are most often bound by comes first."""

type Cell = tuple[str, ...]
"""A ticket's value in each of CELL_FACETS, empty where it has none."""


def cell_of(ticket: Ticket) -> Cell:
    """The cell that a ticket stands in."""
    return tuple(facet.of(ticket) or "" for facet in CELL_FACETS)


def in_facet(cell: Cell, facet: Facet) -> str:
    """A cell's value in a facet."""
    return cell[CELL_FACETS.index(facet)]


def matches(cell: Cell, filters: Filters) -> bool:
    """Whether the tickets of a cell match, as far as a cell can tell."""
    return all(in_facet(cell, facet) in values for facet, values in filters.facets.items() if facet in CELL_FACETS)


@dataclass(frozen=True)
class Standing:
    """Where a ticket stood at a version: its cell (None: not listed, or removed), and what it is sorted by."""

    customerID: int
    ticketID: int
    version: int
    cell: Cell | None
    subject: str = ""
    lastContact: str = ""
    uid: str | None = None
    closeDate: str | None = None
    followUpDate: str | None = None
    isRemoved: bool = False

    @property
    def status(self) -> str:
        """The folded status."""
        return in_facet(self.cell, STATUS) if self.cell else ""

    def listed_under(self, filters: Filters) -> bool:
        """Whether the ticket is listed under these filters."""
        uids = filters.facets.get(UID)
        return (
            self.cell is not None
            and matches(self.cell, filters)
            and (uids is None or self.uid in uids)
            and not filters.hides(self.followUpDate)
        )


def standing_of(ticket: Ticket) -> Standing:
    """Where a ticket stands as it is."""
    return Standing(
        customerID=ticket.customerID,
        ticketID=ticket.ticketID,
        version=ticket.version,
        cell=cell_of(ticket) if ticket.isProcessed else None,
        subject=ticket.subject,
        lastContact=ticket.lastContact,
        uid=ticket.uid,
        closeDate=ticket.closeDate,
        followUpDate=ticket.followUpDate,
    )


def removed(ticket: Ticket) -> Standing:
    """Where a ticket stands once it is gone: one version later, nowhere."""
    return Standing(ticket.customerID, ticket.ticketID, ticket.version + 1, None, isRemoved=True)


@dataclass(frozen=True)
class Move:
    """A ticket that is counted anew: where it stood when it was last counted (None: never), and where it stands."""

    before: Standing | None
    after: Standing


def deltas(moves: Iterable[Move]) -> dict[Cell, int]:
    """What moves change in the counts of cells, netted; cells that stay the same are left out."""
    net: dict[Cell, int] = {}
    for move in moves:
        for cell, change in ((move.before.cell if move.before else None, -1), (move.after.cell, 1)):
            if cell is not None:
                net[cell] = net.get(cell, 0) + change
    return {cell: change for cell, change in net.items() if change}


@dataclass(frozen=True)
class Totals:
    """The counts of the cells that a list may touch, and how many matches are hidden follow-ups."""

    cells: Sequence[tuple[Cell, int]]
    hidden: int = 0

    def total(self, filters: Filters) -> int:
        """How many tickets match."""
        return max(0, sum(count for cell, count in self.cells if matches(cell, filters)) - self.hidden)

    def weight(self, facet: Facet, values: frozenset[str]) -> int:
        """How many tickets have one of these values in a facet, among the cells that were counted."""
        return sum(count for cell, count in self.cells if in_facet(cell, facet) in values)
