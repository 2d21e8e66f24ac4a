"""Scans of the Tickets table's indexes: one facet's partitions are walked and merged, the other filters are applied by
DynamoDB on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ticketing.lists.dynamodb.index_queries import (
    MOST_LABELLED,
    REP_KEY,
    SORTABLE,
    STATUS_KEY,
    Query,
    by_activity,
    creation_query,
    fetching,
    partition_queries,
)
from ticketing.lists.dynamodb.merge import LARGEST_CHUNK, SMALLEST_CHUNK, Merge, Partition
from ticketing.tickets.dynamodb.items import ACTIVITY, LABELS, SORTED_BY, moment_of
from ticketing.tickets.facets import STATE
from ticketing.tickets.labels import label_text
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Order, Position, SortBy

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Engine
    from ticketing.kernel.dynamodb.values import AttributeValues
    from ticketing.lists.dynamodb.index_scan import IndexScan
    from ticketing.lists.query import Filters


@dataclass(frozen=True)
class DynamoScans:
    """Scans of DynamoDB indexes. Reads are eventually consistent, as indexes are."""

    engine: Engine
    table: str
    executor: Callable[[], Executor]

    def walk(
        self, customerID: int, walk: IndexScan, order: Order, after: Position | None, wanted: int
    ) -> Iterator[Position]:
        """Merge the partitions, whose first pages are read at the same time."""
        labels = [LABELS, *([] if walk.facet is STATE else [REP_KEY])] if wanted <= MOST_LABELLED else []
        queries = (by_activity(query, order, after) for query in partition_queries(self.table, customerID, walk))
        partitions = [Partition(self.engine, self._typed(fetching(query, ACTIVITY, *labels))) for query in queries]
        return map(_contacted, Merge(partitions, wanted).rows(_activity, order.descending))

    def by_creation(
        self, customerID: int, filters: Filters, order: Order, after: Position | None, wanted: int
    ) -> Iterator[Position]:
        """Read the table in its own order."""
        query = fetching(creation_query(self.table, customerID, filters), "ticketID", REP_KEY, LABELS)
        query["ScanIndexForward"] = not order.descending
        if after:
            start = {"customerID": customerID, "ticketID": after.ticketID}
            query["ExclusiveStartKey"] = self.engine.typed(start)
        return map(_created, self._rows(query, wanted))

    def gather(self, customerID: int, walk: IndexScan, by: SortBy, limit: int) -> list[Position]:
        """Read the partitions at the same time, each no further than to the limit."""

        def positions(query: Query) -> list[Position]:
            rows = islice(self._rows(fetching(query, *SORTABLE), LARGEST_CHUNK), limit)
            return [Position(by.value_of(_sortable(row)), _ticketID(row), _labels(row)) for row in rows]

        found = self.executor().map(positions, partition_queries(self.table, customerID, walk))
        return list(islice(chain.from_iterable(found), limit))

    def count(self, customerID: int, walk: IndexScan) -> int:
        """Read the whole of the partitions, without fetching them."""
        return sum(self.executor().map(self._counted, partition_queries(self.table, customerID, walk)))

    def _rows(self, query: Query, wanted: int) -> Iterator[AttributeValues]:
        """Return what a query finds, chunk by chunk; chunks grow, so that a rare match costs few round trips."""
        chunk = max(SMALLEST_CHUNK, min(wanted, LARGEST_CHUNK))
        for reply in self._replies(query, lambda page: {"Limit": min(chunk * 2**page, LARGEST_CHUNK)}):
            yield from reply["Items"]

    def _counted(self, query: Query) -> int:
        return sum(int(reply["Count"]) for reply in self._replies(query, lambda _: {"Select": "COUNT"}))

    def _replies(self, query: Query, options: Callable[[int], dict[str, Any]]) -> Iterator[Any]:
        """Return the replies to a query, page by page, each asked for with the options of its number, from 0."""
        query, page = self._typed(query), 0
        while True:
            reply = self.engine.call("query", **query, **options(page))
            yield reply
            if "LastEvaluatedKey" not in reply:
                return
            query, page = query | {"ExclusiveStartKey": reply["LastEvaluatedKey"]}, page + 1

    def _typed(self, query: Query) -> Query:
        return query | {"ExpressionAttributeValues": self.engine.typed(query["ExpressionAttributeValues"])}


def _activity(row: AttributeValues) -> str:
    activity: str = row[ACTIVITY]["S"]
    return activity


def _contacted(row: AttributeValues) -> Position:
    moment, _, ticketID = row[ACTIVITY]["S"].partition("#")
    return Position(moment, int(ticketID), _labels(row))


def _created(row: AttributeValues) -> Position:
    return Position("", _ticketID(row), _labels(row))


def _ticketID(row: AttributeValues) -> int:
    return int(row["ticketID"]["N"])


def _labels(row: AttributeValues) -> str:
    holder = label_text(row[REP_KEY]["S"].partition("#")[2]) if REP_KEY in row else ""
    return holder + row[LABELS]["S"] if LABELS in row else holder


def _sortable(row: AttributeValues) -> Ticket:
    """Return as much of a ticket as it takes to sort it; the status is the folded one, by which it is sorted."""
    status = row[STATUS_KEY]["S"].partition("#")[2]
    fields: dict[str, Any] = {name: row[name]["S"] if name in row else None for name in SORTED_BY}
    return Ticket.model_construct(None, status=status, lastMessageDate=moment_of(row[ACTIVITY]["S"]), **fields)
