"""Batches of a table's stream as Lambda hands them to a function."""

from itertools import count
from typing import Any

from boto3.dynamodb.types import TypeSerializer

from ticketing.tickets.dynamodb.items import to_item
from ticketing.tickets.dynamodb.messages import conversation
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket

MOMENT = 1_781_524_800.0
"""When the changes were made: 2026-06-15 12:00 UTC."""
_numbers = count(1)


def a_record(before: Ticket | None, after: Ticket | None, request_id: str = "") -> dict[str, Any]:
    """The record of a change of a ticket, written by a request."""
    name = "INSERT" if before is None else "REMOVE" if after is None else "MODIFY"
    change: dict[str, Any] = {
        "SequenceNumber": f"{next(_numbers):021d}",
        "ApproximateCreationDateTime": MOMENT,
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    }
    change |= {} if before is None else {"OldImage": _image(to_item(before, ":1"))}
    change |= {} if after is None else {"NewImage": _image(to_item(after, f"{request_id}:2"))}
    return {"eventName": name, "eventSource": "aws:dynamodb", "dynamodb": change}


def a_counter_record() -> dict[str, Any]:
    """The record of a customer's counter that moved."""
    image = _image({"customerID": 1, "ticketID": 0, "lastTicketID": 8})
    change = {"SequenceNumber": f"{next(_numbers):021d}", "ApproximateCreationDateTime": MOMENT, "NewImage": image}
    return {"eventName": "MODIFY", "eventSource": "aws:dynamodb", "dynamodb": change}


def a_batch(*records: dict[str, Any]) -> dict[str, Any]:
    """A batch."""
    return {"Records": list(records)}


def _image(item: dict[str, Any]) -> dict[str, Any]:
    serialize = TypeSerializer().serialize
    return {name: serialize(value) for name, value in item.items() if value is not None}


def a_message_record(message: Message, is_removed: bool = False) -> dict[str, Any]:
    """The record of a message that was added or removed."""
    image = _image(message.model_dump() | {"customerTicket": conversation(message.customerID, message.ticketID)})
    change = {"SequenceNumber": f"{next(_numbers):021d}", "ApproximateCreationDateTime": MOMENT}
    if is_removed:
        return {"eventName": "REMOVE", "eventSource": "aws:dynamodb", "dynamodb": change | {"OldImage": image}}
    return {"eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": change | {"NewImage": image}}
