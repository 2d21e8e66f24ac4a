"""A ticket in an item of the Tickets table, for whoever reads one."""

from typing import Any

from ticketing.tickets.model import Ticket

COUNTER = 0
"""The ticketID under which a customer's counter is kept."""
NONCE = "nonce"
"""The attribute with the name of the write that made the item what it is."""


def from_item(item: dict[str, Any]) -> Ticket:
    return Ticket.model_validate(item)
