"""Rows of the Tallies table: counted tickets, counts of cells, follow-ups that are waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ticketing.lists.counts import ODD, UNCOUNTED, CountedTicket, CountKey
from ticketing.lists.dynamodb.cells import cell_in, cell_text
from ticketing.lists.totals import CellCount
from ticketing.lists.vocabulary import USUAL
from ticketing.tickets.dynamodb.items import moment_key

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Item

CELL = "cell#"
DUE = "due#"
TICKET = "ticket#"
WAITS, IS_LISTED = "w", "l"


def counted_ticket(item: Item) -> CountedTicket:
    """Return the ticket in its row."""
    fields = {name: value for name, value in item.items() if name in CountedTicket.__dataclass_fields__}
    fields["uncounted"] = {facet.name: item[facet.name] for facet in UNCOUNTED if facet.name in item}
    if "cell" not in item:
        return CountedTicket(**fields, cell=None)
    counted = cell_in(item["cell"])
    own = cell_in(item["own"]) if "own" in item else counted
    odd = frozenset(facet for facet in USUAL if counted.value(facet) == ODD)
    return CountedTicket(**{**fields, "cell": own, "odd": odd})


def cell_counts(item: Item) -> list[CellCount]:
    """Return the count in a cell's row; of a ticket that has fallen due, one less there and one more here."""
    if "tickets" not in item:
        cell = cell_in(item["cell"])
        return [CellCount(cell, True, -1), CellCount(cell, False, 1)]
    count_key = count_key_in(item["entry"])
    return [CellCount(count_key.cell, count_key.waits, item["tickets"])]


def due_row(counted_ticket: CountedTicket) -> Item | None:
    """Return the row of a follow-up that a ticket waits for; None where it waits for none."""
    if counted_ticket.due is None or counted_ticket.count_key is None:
        return None
    return {
        "customerID": counted_ticket.customerID,
        "entry": DUE + moment_key(counted_ticket.due, counted_ticket.ticketID),
        "ticketID": counted_ticket.ticketID,
        "cell": cell_text(counted_ticket.count_key.cell),
    }


def ticket_entry(ticketID: int) -> str:
    """Return the sort key of a counted ticket."""
    return f"{TICKET}{ticketID:016d}"


def cell_entry(count_key: CountKey) -> str:
    """Return the sort key of a count."""
    mark, separator = WAITS if count_key.waits else IS_LISTED, "#" if count_key.cell.is_unnamed else ""
    return f"{CELL}{count_key.generation}#{mark}{separator}{cell_text(count_key.cell)}"


def count_key_in(entry: str) -> CountKey:
    """Return the count that has a sort key."""
    _, generation, cell = entry.split("#", 2)
    return CountKey(cell_in(cell[1:].removeprefix("#")), cell.startswith(WAITS), int(generation))
