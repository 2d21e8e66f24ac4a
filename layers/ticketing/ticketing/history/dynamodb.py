"""The History table: one partition per ticket, in the order of versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.directory.author import Author
from ticketing.history.entry import HistoryEntry
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.tickets.dynamodb.messages import conversation

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Engine, Item

SOME = 250
"""Entries that are removed in one go."""


@dataclass(frozen=True)
class DynamoTicketHistories:
    """TicketHistories of a DynamoDB table."""

    engine: Engine
    table: str

    def keep(self, entries: Sequence[HistoryEntry]) -> None:
        """Write 25 at a time, without a condition: one write unit for each KB of an entry."""
        puts = [{"PutRequest": {"Item": self.engine.typed(_item(entry))}} for entry in entries]
        self.engine.batch_write(self.table, puts)

    def newest(
        self, customerID: int, ticketID: int, before: int | None, size: int
    ) -> tuple[Sequence[HistoryEntry], bool]:
        """Make one query, eventually consistent; entries of more than 1 MB are cut to that."""
        values = {":ticket": conversation(customerID, ticketID), ":before": MAX_INTEGER if before is None else before}
        reply = self.engine.call(
            "query",
            TableName=self.table,
            KeyConditionExpression="customerTicket = :ticket AND version < :before",
            ExpressionAttributeValues=self.engine.typed(values),
            ScanIndexForward=False,
            Limit=size + 1,  # one more tells whether there are more
        )
        entries = [_entry(customerID, ticketID, self.engine.plain(item)) for item in reply["Items"]]
        is_cut = "LastEvaluatedKey" in reply and len(entries) <= size
        return entries[:size], is_cut or len(entries) > size

    def delete_some(self, customerID: int, ticketID: int) -> bool:
        """Make one consistent query for versions, which tells what there is, and remove them 25 at a time."""
        reply = self.engine.call(
            "query",
            TableName=self.table,
            KeyConditionExpression="customerTicket = :ticket",
            ExpressionAttributeValues=self.engine.typed({":ticket": conversation(customerID, ticketID)}),
            ProjectionExpression="customerTicket, version",
            ConsistentRead=True,
            Limit=SOME,
        )
        self.engine.batch_write(self.table, [{"DeleteRequest": {"Key": key}} for key in reply["Items"]])
        return "LastEvaluatedKey" in reply


def _item(entry: HistoryEntry) -> Item:
    return {
        "customerTicket": conversation(entry.customerID, entry.ticketID),
        "version": entry.version,
        "at": entry.at,
        "by": entry.by.model_dump(),
        "request": entry.request or None,
        "changes": entry.changes,
        "truncated": entry.truncated or None,
    }


def _entry(customerID: int, ticketID: int, item: Item) -> HistoryEntry:
    return HistoryEntry(
        customerID=customerID,
        ticketID=ticketID,
        version=item["version"],
        at=item["at"],
        by=Author.model_validate(item["by"]),
        request=item.get("request", ""),
        changes=item["changes"],
        truncated=item.get("truncated", False),
    )
