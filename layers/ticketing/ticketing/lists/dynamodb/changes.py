"""Changes of tickets and messages in the records of their tables' streams."""

from collections.abc import Mapping
from typing import Any

from ticketing.kernel.dynamodb.engine import plain
from ticketing.lists.indexing import MessageChange
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.dynamodb import messages
from ticketing.tickets.dynamodb.records import ticket_in
from ticketing.tickets.model import Ticket

type Change = TicketChange | MessageChange


def change(record: Mapping[str, Any]) -> Change | None:
    """Return the change of a ticket or a message in a record; None for a customer's counter."""
    is_removed = record["eventName"] == "REMOVE"
    image = "OldImage" if is_removed else "NewImage"
    if "customerTicket" in record["dynamodb"][image]:
        return MessageChange(messages.message_in(plain(record["dynamodb"][image])), is_removed)
    ticket = ticket_in(record, image)
    if ticket is None or is_removed:
        return TicketChange(ticket, isRemoved=True) if ticket else None
    now, before = record["dynamodb"]["NewImage"], record["dynamodb"].get("OldImage", {})
    is_new = ticket.version == 1 and not before
    return TicketChange(
        ticket,
        isNew=is_new,
        hasLesson=any(now.get(lesson) != before.get(lesson) for lesson in Ticket.LESSONS),
        closes=ticket.isClosed and (is_new or _was_not(before, "isClosed")),
        escalates=ticket.escalated and (is_new or _was_not(before, "escalated")),
    )


def _was_not(before: Mapping[str, Any], field: str) -> bool:
    """Tell whether a field was false in a ticket's old image; not so where there is none, as of a restored ticket."""
    return before.get(field) == {"BOOL": False}
