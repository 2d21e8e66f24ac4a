"""Tallies: how many tickets stand in each cell, and where each ticket stood when it was last counted.

A cell is one combination of a ticket's facets. A list's total is the sum of the cells that match, so it costs as
much for a million tickets as for a thousand. A ticket whose follow-up lay ahead when it was counted is counted apart,
as one that waits; those whose follow-up has fallen due since then are few, and are looked at one by one. A status or
type without cells of its own (see vocabulary.py) is odd: its tickets share cells, and are counted by walking its index.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ticketing.lists.query import Filters, Walk
from ticketing.tickets.facets import CHANNEL, REP, STATE, STATUS, TYPE, UID, Facet
from ticketing.tickets.model import Ticket

CELL_FACETS = (REP, STATUS, CHANNEL, TYPE, STATE)
"""What a cell is made of, in the order of its key."""

type Cell = tuple[str, ...]
"""A ticket's value in each of CELL_FACETS, empty where it has none."""
ODD = ""
"""The value of cells that odd values share, in a facet of which every ticket has a value."""


class Place(NamedTuple):
    """Where a ticket is counted: its cell, whether it waits for its follow-up, and in which count of all tickets."""

    cell: Cell
    waits: bool = False
    generation: int = 0


class Tally(NamedTuple):
    """How many tickets stand in a cell, apart for those that wait."""

    cell: Cell
    waits: bool
    tickets: int


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
    """Where a ticket stood at a version: its cell (None: not listed, or removed), and what it is sorted by.

    `revision` counts the writes of this record; `waits`, `generation` and the facets in which its value is `odd` say
    where the ticket is counted (see Place).
    """

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
    waits: bool = False
    odd: frozenset[Facet] = frozenset()
    generation: int = 0
    revision: int = 1

    @property
    def status(self) -> str:
        """The folded status."""
        return in_facet(self.cell, STATUS) if self.cell else ""

    @property
    def place(self) -> Place | None:
        """Where the ticket is counted, if it is."""
        if not self.cell:
            return None
        values = zip(CELL_FACETS, self.cell, strict=True)
        cell = tuple(ODD if facet in self.odd else value for facet, value in values)
        return Place(cell, self.waits, self.generation)

    @property
    def due(self) -> str | None:
        """When a ticket that waits need not wait any more."""
        return self.followUpDate if self.waits else None

    def has_fallen_due(self, now: str) -> bool:
        """Whether the ticket is counted as one that waits, and does not wait any more."""
        return self.due is not None and self.due <= now

    def listed_under(self, filters: Filters) -> bool:
        """Whether the ticket is listed under these filters."""
        uids = filters.facets.get(UID)
        return (
            self.cell is not None
            and matches(self.cell, filters)
            and (uids is None or self.uid in uids)
            and not filters.hides(self.followUpDate)
        )


def standing_of(ticket: Ticket, now: str) -> Standing:
    """Where a ticket stands as it is at `now`."""
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
        waits=ticket.isProcessed and (ticket.followUpDate or "") > now,
    )


def gone(customerID: int, ticketID: int, version: int) -> Standing:
    """Where a ticket stands that was removed when it had this version: one version later, nowhere."""
    return Standing(customerID, ticketID, version + 1, None, isRemoved=True)


@dataclass(frozen=True)
class Move:
    """A ticket that is counted anew: where it stood when it was last counted (None: never), and where it stands."""

    before: Standing | None
    after: Standing

    @classmethod
    def of(cls, before: Standing | None, now: Standing, generation: int) -> "Move":
        """The next revision of a ticket's standing, counted in `generation`."""
        revision = before.revision + 1 if before else 1
        return cls(before, replace(now, generation=generation, revision=revision))


def deltas(moves: Iterable[Move]) -> dict[Place, int]:
    """What moves change in the counts, netted; places whose count stays the same are left out."""
    net: Counter[Place] = Counter()
    for move in moves:
        for standing, change in ((move.before, -1), (move.after, 1)):
            if standing and standing.place:
                net[standing.place] += change
    return {place: change for place, change in net.items() if change}


@dataclass(frozen=True)
class Totals:
    """The counts of a customer's cells. A ticket that has fallen due is taken out of those that wait by a pair of
    tallies, one less there and one more here. `named`: the values that surely have cells of their own, for each facet
    in which others share some."""

    tallies: Sequence[Tally]
    named: Mapping[Facet, frozenset[str]] = field(default_factory=dict)

    def total(self, filters: Filters) -> int:
        """How many tickets match, as far as cells can tell: filters with odd values are taken apart before."""
        return max(0, sum(self._matching(filters).values()))

    def apart(self, filters: Filters) -> tuple[Filters, list[Walk]]:
        """Return filters without their odd values, and the walks that find what only these let by; a ticket is found by
        one of them at most."""
        walks: list[Walk] = []
        for facet in self.named:
            odd = self._odd(facet, filters)
            if odd and not filters.impossible:
                walks.append(Walk(facet, odd, filters.without(facet)))
                filters = filters.narrowed(facet, filters.facets[facet] - odd)
        return filters, walks

    def candidates(self, filters: Filters) -> dict[Cell, int]:
        """Return the cells in which there may be tickets that match, and how many tickets stand in them."""
        shared = {facet: filters.facets[facet] | {ODD} for facet in self.named if self._odd(facet, filters)}
        found = self._matching(Filters({**filters.facets, **shared}, filters.hidden_after))
        return {cell: tickets for cell, tickets in found.items() if tickets > 0}

    def weight(self, facet: Facet, values: frozenset[str]) -> int:
        """How many tickets have one of these values in a facet; those of odd values are not counted."""
        return sum(tally.tickets for tally in self.tallies if in_facet(tally.cell, facet) in values)

    @property
    def table(self) -> int:
        """How many tickets there are."""
        return sum(tally.tickets for tally in self.tallies)

    def _odd(self, facet: Facet, filters: Filters) -> frozenset[str]:
        return filters.facets.get(facet, frozenset()) - self.named[facet]

    def _matching(self, filters: Filters) -> Counter[Cell]:
        found: Counter[Cell] = Counter()
        for tally in self.tallies:
            if not (tally.waits and filters.hidden_after) and matches(tally.cell, filters):
                found[tally.cell] += tally.tickets
        return found
