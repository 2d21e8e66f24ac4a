"""Tickets and messages read from items, those too that cannot be read: they keep no other back."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from ticketing.kernel.dynamodb.engine import Engine, Item
from ticketing.tickets.dynamodb.messages import message_in
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


def readable_ticket(item: Item, kind: str) -> Ticket | None:
    """Return an item's ticket; name a damaged one, without what it holds."""
    return _readable(from_item, item, f"{kind} {item['ticketID']} of customer {item['customerID']}")


def readable_message(item: Item, kind: str) -> Message | None:
    """Return an item's message; name a damaged one, without what it holds."""
    customerID, ticketID = ticket_of(item)
    return _readable(message_in, item, f"{kind} {item['messageID']} of ticket {ticketID} of customer {customerID}")


def ticket_of(companion: Item) -> Key:
    """Return the ticket of a message, or of an entry of its history."""
    customerID, ticketID = companion["customerTicket"].split("#")
    return int(customerID), int(ticketID)


def _readable[Read](read: Callable[[Item], Read], item: Item, name: str) -> Read | None:
    try:
        return read(item)
    except ValidationError as error:
        faults = ", ".join(sorted({".".join(map(str, fault["loc"])) for fault in error.errors()}))
        print(f"{name.capitalize()} cannot be read: {faults}", file=sys.stderr)
        return None
