"""Changes of tickets and messages in the records of their tables' streams."""

from collections.abc import Mapping
from typing import Any

from ticketing.kernel.dynamodb.engine import plain
from ticketing.lists.indexing import MessageChange
from ticketing.telemetry import request_of
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.dynamodb import messages
from ticketing.tickets.dynamodb.items import NONCE
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
    if ticket is None:
        return None
    before = None if is_removed else ticket_in(record, "OldImage")
    request = "" if is_removed else request_of(record["dynamodb"][image].get(NONCE, {}).get("S", ""))
    return TicketChange(ticket, is_removed, _has_lesson(record, image), before, request)


def _has_lesson(record: Mapping[str, Any], image: str) -> bool:
    now, before = record["dynamodb"][image], record["dynamodb"].get("OldImage", {})
    return any(now.get(lesson) != before.get(lesson) for lesson in Ticket.LESSONS)
