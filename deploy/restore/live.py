"""Tickets and messages read from items, those too that cannot be read: they keep no other back."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from ticketing.kernel.dynamodb.engine import Engine, Item
from ticketing.tickets.dynamodb.messages import conversation, message_in
from ticketing.tickets.dynamodb.stored import from_item
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket

type Key = tuple[int, int]
"""A customerID and a ticketID."""


@dataclass(frozen=True)
class LiveTickets:
    """The tickets of a live table."""

    engine: Engine
    table: str

    def read(self, keys: Iterable[Key]) -> dict[Key, Ticket | None]:
        """Return those that are there, None for one that cannot be read."""
        wanted = [{"customerID": customerID, "ticketID": ticketID} for customerID, ticketID in dict.fromkeys(keys)]
        found = self.engine.batch_get(self.table, wanted)
        return {(item["customerID"], item["ticketID"]): readable_ticket(item, "live ticket") for item in found}


@dataclass(frozen=True)
class LiveMessages:
    """The messages of a live table."""

    engine: Engine
    table: str

    def after(self, ticket: Ticket) -> Iterator[tuple[int, Message | None]]:
        """Return the ids and messages that a ticket has beyond its last, oldest first, None for one that cannot be
        read."""
        newer = {":ticket": conversation(ticket.customerID, ticket.ticketID), ":last": ticket.lastMessageID}
        query = {
            "TableName": self.table,
            "KeyConditionExpression": "customerTicket = :ticket AND messageID > :last",
            "ExpressionAttributeValues": self.engine.typed(newer),
            "ConsistentRead": True,
        }
        return ((item["messageID"], readable_message(item, "live message")) for item in self.engine.query(query))


def readable_ticket(item: Item, kind: str) -> Ticket | None:
    """Return an item's ticket; name the key of a damaged one, and nothing else that it holds."""
    return _readable(from_item, item, kind, ("customerID", "ticketID"))


def readable_message(item: Item, kind: str) -> Message | None:
    """Return an item's message; name the key of a damaged one, and nothing else that it holds."""
    return _readable(message_in, item, kind, ("customerTicket", "messageID"))


def ticket_of(part: Item) -> Key:
    """Return the ticket of a message, or of an entry of its history."""
    customerID, ticketID = part["customerTicket"].split("#")
    return int(customerID), int(ticketID)


def _readable[Read](read: Callable[[Item], Read], item: Item, kind: str, key: tuple[str, str]) -> Read | None:
    try:
        return read(item)
    except ValidationError as error:
        named = ", ".join(f"{name} {item[name]}" for name in key)
        faults = ", ".join(sorted({".".join(map(str, fault["loc"])) for fault in error.errors()}))
        print(f"{kind.capitalize()} ({named}) cannot be read: {faults}", file=sys.stderr)
        return None
