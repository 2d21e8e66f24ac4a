"""The Messages table: one partition per ticket, in the order of messageID."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ticketing.tickets.dynamodb.stored import NONCE
from ticketing.tickets.messages import Message

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Engine, Item


@dataclass(frozen=True)
class DynamoMessageStore:
    """A MessageStore of a DynamoDB table."""

    engine: Engine
    table: str

    def between(self, customerID: int, ticketID: int, first: int, last: int) -> Iterator[Message]:
        """Make a strongly consistent query, of 1 MB at most, when the messages of the one before are used up."""
        query = {
            "TableName": self.table,
            "KeyConditionExpression": "customerTicket = :ticket AND messageID BETWEEN :first AND :last",
            "ExpressionAttributeValues": self.engine.typed(
                {":ticket": conversation(customerID, ticketID), ":first": first, ":last": last}
            ),
            "ConsistentRead": True,
        }
        return map(message_in, self.engine.query(query))

    def delete(self, customerID: int, ticketID: int, first: int, last: int) -> None:
        """Delete 25 at a time, without a read: ids have no gaps, and what is gone already can be removed again."""
        ticket = conversation(customerID, ticketID)
        keys = ({"customerTicket": ticket, "messageID": messageID} for messageID in range(first, last + 1))
        self.engine.batch_write(self.table, ({"DeleteRequest": {"Key": self.engine.typed(key)}} for key in keys))


def conversation(customerID: int, ticketID: int) -> str:
    """Return the partition of a ticket's messages."""
    return f"{customerID}#{ticketID}"


def message_put(engine: Engine, table: str, message: Message, nonce: str) -> dict[str, Any]:
    """Return the action of a transaction that keeps a new message."""
    keys = {"customerTicket": conversation(message.customerID, message.ticketID), NONCE: nonce}
    item = message.model_dump() | keys
    return {
        "Put": {
            "TableName": table,
            "Item": engine.typed(item),
            "ConditionExpression": "attribute_not_exists(messageID)",
        }
    }


def message_in(item: Item) -> Message:
    return Message.model_validate(item)
