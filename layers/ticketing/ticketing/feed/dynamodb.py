"""The Feed table, one partition per customer in the order of numbers, and the Tickets table by ticketID."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, chain
from typing import TYPE_CHECKING, Any

from ticketing.feed.ports import LASTS, LogEntry
from ticketing.kernel.dynamodb.engine import Refused
from ticketing.kernel.ports import Contended
from ticketing.tickets.dynamodb.stored import from_item

if TYPE_CHECKING:
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.dynamodb.engine import Engine, Item
    from ticketing.tickets.model import Ticket

HOUR = 60 * 60
DAY = 24 * HOUR


@dataclass(frozen=True)
class DynamoFeedLog:
    """A FeedLog of a DynamoDB table. Items expire; a log of which the end may have expired begins again at the
    milliseconds of the epoch, which no earlier number has reached."""

    engine: Engine
    table: str
    now: Callable[[], datetime]

    def append(self, customerID: int, versions: Mapping[int, int], deadline: Deadline) -> None:
        """Make one consistent read and one write, and one more read in a log's first hour and last days. A write whose
        answer was lost, or that another may have passed, may leave two entries of the same."""
        for _ in deadline.attempts():
            last, moment = self._last(customerID), self.now().timestamp()
            entry = _entry_behind(last, versions, moment)
            try:
                self._put(customerID, entry)
            except Refused:
                continue  # another has appended meanwhile
            if _is_settled(last, moment) or self._is_reached(customerID, entry):
                return
        raise Contended

    def end(self, customerID: int) -> int:
        """Make one strongly consistent query for one item: half a read unit where there is none, else one."""
        last = self._last(customerID)
        return last.number if last else 0

    def after(self, customerID: int, number: int, limit: int, fresh: bool = False) -> Sequence[LogEntry]:
        """Make one query: half a read unit where nothing is found, unless it is to be fresh."""
        items = self._query(customerID, number, Limit=limit, ConsistentRead=fresh)
        return [_entry(item) for item in items]

    def _last(self, customerID: int) -> LogEntry | None:
        found = self._query(customerID, ScanIndexForward=False, Limit=1, ConsistentRead=True)
        return next(map(_entry, found), None)

    def _is_reached(self, customerID: int, entry: LogEntry) -> bool:
        """Tell whether followers come to an entry: those who have gone on to a log that another began do not."""
        last = self._last(customerID)
        return last is not None and last.began == entry.began

    def _put(self, customerID: int, entry: LogEntry) -> None:
        item = {
            "customerID": customerID,
            "number": entry.number,
            "began": entry.began,
            "versions": list(chain.from_iterable(entry.versions.items())),
            "expiresAt": entry.expiresAt,
        }
        self.engine.insist(
            "put_item",
            TableName=self.table,
            Item=self.engine.typed(item),
            ConditionExpression="attribute_not_exists(customerID)",
        )

    def _query(self, customerID: int, number: int = 0, **parameters: Any) -> list[Item]:
        reply = self.engine.call(
            "query",
            TableName=self.table,
            KeyConditionExpression="customerID = :customerID AND #number > :number",
            ExpressionAttributeNames={"#number": "number"},
            ExpressionAttributeValues=self.engine.typed({":customerID": customerID, ":number": number}),
            **parameters,
        )
        return [self.engine.plain(item) for item in reply["Items"]]


def _entry_behind(last: LogEntry | None, versions: Mapping[int, int], moment: float) -> LogEntry:
    """Return the entry to append behind the last that is there, at a moment in epoch seconds. One that is about to end
    counts as none: TTL removes in no order, so a later one may be gone already, whose number must not come again."""
    expiresAt = int(moment) + LASTS
    if last and last.expiresAt > moment + DAY:
        return LogEntry(last.number + 1, versions, expiresAt, last.began)
    began = int(moment * 1000) + 1
    return LogEntry(began, versions, expiresAt, began)


def _is_settled(last: LogEntry | None, moment: float) -> bool:
    """Tell whether nobody can be about to begin the log anew, who found it empty or its last entry about to end."""
    return last is not None and last.began < (moment - HOUR) * 1000 and last.expiresAt > moment + 2 * DAY


def _entry(item: Item) -> LogEntry:
    versions = dict(batched(item["versions"], 2, strict=True))
    return LogEntry(item["number"], versions, item["expiresAt"], item["began"])


@dataclass(frozen=True)
class DynamoTicketWalk:
    """A TicketWalk through the Tickets table."""

    engine: Engine
    table: str

    def after(self, customerID: int, ticketID: int, limit: int) -> tuple[Sequence[Ticket], int | None]:
        """Make one strongly consistent query, which reads 1 MB at most. (A ticketID of 0 is the customer's counter.)"""
        reply = self.engine.call(
            "query",
            TableName=self.table,
            KeyConditionExpression="customerID = :customerID AND ticketID > :ticketID",
            ExpressionAttributeValues=self.engine.typed({":customerID": customerID, ":ticketID": ticketID}),
            Limit=limit,
            ConsistentRead=True,
        )
        tickets = [from_item(self.engine.plain(item)) for item in reply["Items"]]
        return tickets, tickets[-1].ticketID if "LastEvaluatedKey" in reply else None
