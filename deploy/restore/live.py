"""Tickets read from items, those too that cannot be read: they keep no other back."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from ticketing.kernel.dynamodb.engine import Engine, Item
from ticketing.tickets.dynamodb.stored import from_item
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
        return {(item["customerID"], item["ticketID"]): readable(item, "live ticket") for item in found}


def readable(item: Item, kind: str) -> Ticket | None:
    """Return an item's ticket; name a damaged one, without what it holds."""
    try:
        return from_item(item)
    except ValidationError as error:
        faults = ", ".join(sorted({".".join(map(str, fault["loc"])) for fault in error.errors()}))
        name = f"{kind} {item['ticketID']} of customer {item['customerID']}".capitalize()
        print(f"{name} cannot be read: {faults}", file=sys.stderr)
        return None
