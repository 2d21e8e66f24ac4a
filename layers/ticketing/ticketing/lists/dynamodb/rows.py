"""Other rows of the Tallies table: counted tickets, and follow-ups that are waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ticketing.lists.counts import ODD, UNCOUNTED, CountedTicket
from ticketing.lists.dynamodb.cells import cell_in, cell_text
from ticketing.lists.totals import CellCount
from ticketing.lists.vocabulary import USUAL
from ticketing.tickets.dynamodb.items import facet_key, key_attribute, moment_key

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Item
    from ticketing.lists.counts import Cell

DUE = "due#"
TICKET = "ticket#"
CUSTOMER_CELL = "customerCell"
"""Key of the index byCell: of tickets in scarce cells, and of those that are not listed, removed ones included."""
_TOLD_OTHERWISE = ("odd", "cell", "uncounted", "isScarce")


def counted_ticket(item: Item) -> CountedTicket:
    """Return the ticket in its row."""
    fields = {name: value for name, value in item.items() if name in CountedTicket.__dataclass_fields__}
    values = {facet.name: item.get(key_attribute(facet)) for facet in UNCOUNTED}
    fields["uncounted"] = {name: value.split("#", 1)[1] for name, value in values.items() if value is not None}
    if "cell" not in item:
        return CountedTicket(**fields, cell=None)
    counted = cell_in(item["cell"])
    own = cell_in(item["own"]) if "own" in item else counted
    odd = frozenset(facet for facet in USUAL if counted.value(facet) == ODD)
    return CountedTicket(**{**fields, "cell": own, "odd": odd, "isScarce": CUSTOMER_CELL in item})


def ticket_row(counted_ticket: CountedTicket) -> Item:
    """Return the row of a counted ticket: its fields, the cell that it is counted in, and its `own` where that is
    another."""
    fields = vars(counted_ticket).items()
    item = ticket_key(counted_ticket.customerID, counted_ticket.ticketID)
    item |= {name: value for name, value in fields if value not in (None, "", False) and name not in _TOLD_OTHERWISE}
    for facet in UNCOUNTED:
        if facet.name in counted_ticket.uncounted:
            item[key_attribute(facet)] = facet_key(counted_ticket.customerID, counted_ticket.uncounted[facet.name])
    if counted_ticket.cell is not None and counted_ticket.count_key is not None:
        item["cell"] = cell_text(counted_ticket.count_key.cell)
        if counted_ticket.isScarce:
            item[CUSTOMER_CELL] = cell_key(counted_ticket.customerID, counted_ticket.count_key.cell)
        if counted_ticket.odd:
            item["own"] = cell_text(counted_ticket.cell)
    else:
        item[CUSTOMER_CELL] = cell_key(counted_ticket.customerID, None)
    return item


def cell_key(customerID: int, cell: Cell | None) -> str:
    """Return the partition of the index byCell for a cell, or for tickets that are not listed."""
    return facet_key(customerID, cell_text(cell) if cell else "")


def due_counts(item: Item) -> list[CellCount]:
    """Return what the row of a ticket that has fallen due changes: one less waits, and one more is listed."""
    cell = cell_in(item["cell"])
    return [CellCount(cell, True, -1), CellCount(cell, False, 1)]


def due_row(counted_ticket: CountedTicket) -> Item | None:
    """Return the row of a follow-up that a ticket waits for; None where it waits for none."""
    if counted_ticket.due is None or counted_ticket.count_key is None:
        return None
    return {
        "customerPart": counts_part(counted_ticket.customerID),
        "entry": DUE + moment_key(counted_ticket.due, counted_ticket.ticketID),
        "ticketID": counted_ticket.ticketID,
        "cell": cell_text(counted_ticket.count_key.cell),
    }


def ticket_key(customerID: int, ticketID: int) -> Item:
    """Return the key of a counted ticket."""
    return {"customerPart": tickets_part(customerID), "entry": f"{TICKET}{ticketID:016d}"}


def counts_part(customerID: int) -> str:
    """Return the partition of a customer's counts, vocabularies and follow-ups."""
    return f"{customerID}#counts"


def tickets_part(customerID: int) -> str:
    """Return the partition of a customer's counted tickets: apart, for a partition takes 1,000 write units a second."""
    return f"{customerID}#tickets"
