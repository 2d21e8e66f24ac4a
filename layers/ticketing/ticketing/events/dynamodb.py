"""Events in the records of the Tickets table's stream."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ticketing.events.event import Event, event_of
from ticketing.tickets.dynamodb.records import ticket_in


def event(record: Mapping[str, Any]) -> Event | None:
    """Return the event of the change in a record; None for a customer's counter."""
    time = datetime.fromtimestamp(record["dynamodb"]["ApproximateCreationDateTime"], UTC)
    return event_of(ticket_in(record, "OldImage"), ticket_in(record, "NewImage"), time)
