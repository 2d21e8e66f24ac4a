"""Tickets in the records of the table's stream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ticketing.kernel.dynamodb.engine import plain
from ticketing.tickets.dynamodb.stored import COUNTER, from_item

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket


def ticket_in(record: Mapping[str, Any], image: str) -> Ticket | None:
    """Return the ticket in a record's `OldImage` or `NewImage`; None where there is none, or a customer's counter."""
    item = plain(record["dynamodb"].get(image) or {})
    return from_item(item) if item and item["ticketID"] != COUNTER else None
