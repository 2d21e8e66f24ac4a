"""Pages of tickets, each read in one call together with what it is labelled with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ticketing.directory.dynamodb import CachedDirectory, entry_in, entry_key
from ticketing.kernel.dynamodb.engine import READ_BATCH, Engine, Item
from ticketing.tickets.dynamodb.stored import from_item
from ticketing.tickets.labels import label_keys_in

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.order import Position


@dataclass(frozen=True)
class DynamoPages:
    """Pages of DynamoDB: tickets strongly consistent, labels for the cache of `directory` at half the price."""

    engine: Engine
    tickets_table: str
    directory_table: str
    directory: CachedDirectory

    def tickets(self, customerID: int, positions: Sequence[Position]) -> Mapping[int, Ticket]:
        """Make one call, and another where DynamoDB leaves something out."""
        ticket_keys = [{"customerID": customerID, "ticketID": position.ticketID} for position in positions]
        named = dict.fromkeys(key for position in positions for key in label_keys_in(position.labels))
        labels = self.directory.unknown(customerID, named)[: READ_BATCH - len(positions)]
        entry_keys = [entry_key(customerID, key) for key in labels]
        wanted = {self.tickets_table: self._request(ticket_keys, fresh=True)}
        if labels:
            wanted[self.directory_table] = self._request(entry_keys, fresh=False)
        tickets: dict[int, Ticket] = {}
        entries = {}
        for table, item in self._items(wanted):
            if table == self.tickets_table:
                tickets[item["ticketID"]] = from_item(item)
            else:
                entries[item["entry"]] = entry_in(item)
        self.directory.learn(customerID, labels, entries)
        return tickets

    def _request(self, keys: Sequence[Item], fresh: bool) -> dict[str, Any]:
        return {"Keys": [self.engine.typed(key) for key in keys], "ConsistentRead": fresh}

    def _items(self, wanted: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Item]]:
        reply = self.engine.call("batch_get_item", RequestItems=wanted)
        for table, items in reply["Responses"].items():
            yield from ((table, self.engine.plain(item)) for item in items)
        for table, left in reply.get("UnprocessedKeys", {}).items():
            keys = [self.engine.plain(key) for key in left["Keys"]]
            fresh = wanted[table]["ConsistentRead"]
            yield from ((table, item) for item in self.engine.batch_get(table, keys, fresh))
