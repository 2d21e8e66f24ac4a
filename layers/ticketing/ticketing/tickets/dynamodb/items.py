"""A ticket as an item of the Tickets table: its fields, and the attributes that its indexes are made of."""

from dataclasses import fields
from typing import Any

from ticketing.tickets.dynamodb.stored import NONCE
from ticketing.tickets.facets import FACETS, STATE, Facet
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Position, SortFields

ACTIVITY = "activity"
"""Sort key of every facet's index: the last contact and the ticketID, so that the order is total."""
WRITERS = "writers"
"""The short names of the writes that made the last versions, newest first. By them a write that was sent again, because
its answer was lost, knows that it was made, though others have written since."""
REMEMBERED = 8
"""Versions of which an item knows the writers. Each takes 9 bytes."""
_SHORT = 8
"""Of 32 random hexadecimal digits: of four thousand million writes that are sent again, one is taken for another's."""

SORTED_BY = tuple(field.name for field in fields(SortFields))
"""What an index holds because lists hide by it or sort by it; they also sort by the status, which is a facet."""


def key_attribute(facet: Facet) -> str:
    """Return the attribute that holds a ticket's value in a facet."""
    return f"{facet.name}Key"


def index_name(facet: Facet) -> str:
    """Return the name of a facet's index; that of the state is also the one of all listed tickets."""
    return "byActivity" if facet is STATE else f"by{facet.name.capitalize()}"


def projected(index: Facet) -> list[str]:
    """Return what a facet's index holds besides keys: what lists that are found by it filter by and sort by. What is
    asked for in a facet that is not counted, is found by an index of such a facet."""
    filters = [facet for facet in FACETS if facet is not index and (facet.is_counted or not index.is_counted)]
    return [*map(key_attribute, filters), *SORTED_BY]


def facet_key(customerID: int, value: str) -> str:
    """Return a partition of a facet's index; it begins with the customer, so that no query can reach another's."""
    return f"{customerID}#{value}"


def moment_key(moment: str, ticketID: int) -> str:
    """Return a moment and a ticketID as one text whose order is theirs."""
    return f"{moment}#{ticketID:016d}"


def moment_of(key: str) -> str:
    """Return the moment in a key made of one."""
    return key.rsplit("#", 1)[0]


def activity_key(position: Position) -> str:
    """Return the index's sort key at a position in the order of last contact."""
    return moment_key(position.value or "", position.ticketID)


def to_item(ticket: Ticket, nonce: str) -> dict[str, Any]:
    """Return the ticket's item; index attributes only while it is processed, so that the indexes stay sparse. `nonce`
    names the write that makes the version; it is empty where the version was there before."""
    writers = [nonce[-_SHORT:], *ticket.writers][:REMEMBERED] if nonce else ticket.writers
    own = {NONCE: nonce, WRITERS: writers}
    return ticket.model_dump() | own | (_index_attributes(ticket) if ticket.isProcessed else {})


def wrote(nonce: str, version: int, current: Ticket) -> bool | None:
    """Tell whether a write made a version of a ticket that is now `current`; None where nobody can tell any more."""
    later = current.version - version
    if 0 <= later < len(current.writers):
        return current.writers[later] == nonce[-_SHORT:]
    return None if later >= 0 else False


def _index_attributes(ticket: Ticket) -> dict[str, Any]:
    values = {key_attribute(facet): facet.of(ticket) for facet in FACETS}
    attributes: dict[str, Any] = {
        attribute: facet_key(ticket.customerID, value) for attribute, value in values.items() if value is not None
    }
    attributes[ACTIVITY] = moment_key(ticket.lastContact, ticket.ticketID)
    return attributes
