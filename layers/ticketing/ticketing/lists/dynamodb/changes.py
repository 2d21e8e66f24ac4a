"""Changes of tickets and messages in the records of their tables' streams."""

from collections.abc import Mapping
from typing import Any

from ticketing.kernel.dynamodb.engine import plain
from ticketing.lists.indexing import MessageChange
from ticketing.telemetry import request_of
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.dynamodb import messages
from ticketing.tickets.dynamodb.records import ticket_in
from ticketing.tickets.dynamodb.stored import NONCE
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
    before = ticket_in(record, "OldImage")
    is_new = before is None and ticket.version == 1  # a restored ticket has a higher one, and has taught
    request = request_of(record["dynamodb"][image].get(NONCE, {}).get("S", ""))
    is_told = is_new or before is not None
    has_lesson = is_told and any(getattr(ticket, name) != getattr(before, name, None) for name in Ticket.LESSONS)
    return TicketChange(ticket, hasLesson=has_lesson, before=before, request=request, isNew=is_new)
