"""A ticket as an item of the Tickets table: its fields, and the attributes that its indexes are made of."""

from dataclasses import fields
from typing import Any

from ticketing.tickets.dynamodb.stored import NONCE
from ticketing.tickets.facets import FACETS, STATE, Facet
from ticketing.tickets.labels import label_text
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Position, SortFields

ACTIVITY = "activity"
"""Sort key of every facet's index: the last contact and the ticketID, so that the order is total."""
LABELS = "l"
"""The attribute of a ticket's labels besides its holder (see tickets/labels.py). Every entry that a deep page skips has
this name in it, so it is short."""
WRITERS = "writers"
"""The short names of the writes that made the last versions, newest first. By them a write that was sent again, because
its answer was lost, knows that it was made, though others have written since."""
REMEMBERED = 8
"""Versions of which an item knows the writers. Each takes 9 bytes."""
_SHORT = 8
"""Digits of a write's name that are kept, of 32 random hexadecimal ones: of four thousand million writes that are sent
again, one is taken for another's."""

SORTED_BY = tuple(field.name for field in fields(SortFields))
"""Attributes in an index by which lists hide or sort; they also sort by the status, which is a facet."""
HIDDEN_BY = "followUpDate"


def key_attribute(facet: Facet) -> str:
    """Return the attribute that holds a ticket's value in a facet."""
    return f"{facet.name}Key"


def index_name(facet: Facet) -> str:
    """Return the name of a facet's index; that of the state is also the one of all listed tickets."""
    return "byActivity" if facet is STATE else f"by{facet.name.capitalize()}"


def filters_by(index: Facet, facet: Facet) -> bool:
    """Tell whether lists that are found by the index of a facet can filter by another. The index of the state serves
    lists that nothing else narrows, however deep: its entries are as small as can be, and follow few changes."""
    return facet.is_counted and facet is not index and index is not STATE


def projected(index: Facet) -> list[str]:
    """Return what a facet's index holds besides keys: what lists that are found by it filter by, sort by and show."""
    filters = [key_attribute(facet) for facet in FACETS if filters_by(index, facet)]
    return [*filters, *([HIDDEN_BY] if index is STATE else SORTED_BY), LABELS]


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
    values = {key_attribute(facet): facet.of(ticket) for facet in FACETS if facet.is_counted}
    attributes: dict[str, Any] = {
        attribute: facet_key(ticket.customerID, value) for attribute, value in values.items() if value is not None
    }
    attributes[ACTIVITY] = moment_key(ticket.lastContact, ticket.ticketID)
    return attributes | (
        {LABELS: labels} if (labels := label_text(None, ticket.channelID, ticket.topicIDs, ticket.uid)) else {}
    )
