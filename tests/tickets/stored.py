"""Tickets in a store, their changes, and what is kept with them."""

from typing import Any

from tests.backends import Backend
from tests.builders import A_MOMENT, a_ticket
from ticketing.kernel.ports import LIFETIME, Receipt
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Order, SortBy

NOW = 1_800_000_000
ASCENDING, DESCENDING = (Order(SortBy.lastMessageDate, descending) for descending in (False, True))


def kept(backend: Backend, customerID: int, **fields: Any) -> Ticket:
    """A ticket that is there already."""
    ticket = a_ticket(**{"customerID": customerID, "ticketID": backend.store.next_id(customerID)} | fields)
    backend.store.create(ticket)
    return ticket


def changed(ticket: Ticket, **fields: Any) -> Ticket:
    """The ticket's next version."""
    return ticket.model_copy(update={"version": ticket.version + 1, **fields})


def a_receipt(key: str, ticket: Ticket, made: int = NOW) -> Receipt:
    """The receipt of a request that made the ticket."""
    return Receipt(key, "digest", ticket.ticketID, made + LIFETIME)


def a_message(ticket: Ticket, messageID: int = 1) -> Message:
    """A message of the ticket."""
    fields: dict[str, Any] = {"from": "Jane", "body": "Hello", "dateCreated": A_MOMENT, "messageID": messageID}
    return Message.model_validate(fields | {"customerID": ticket.customerID, "ticketID": ticket.ticketID})


def ids(positions: Any) -> list[int]:
    """The tickets at these positions."""
    return [position.ticketID for position in positions]
