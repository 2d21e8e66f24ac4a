"""Scans of the Tickets table's indexes: one facet's partitions are walked and merged, the other filters are applied by
DynamoDB on the way."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ticketing.tickets.dynamodb.items import (
    ACTIVITY,
    SORTED_BY,
    activity_key,
    facet_key,
    index_name,
    key_attribute,
    moment_of,
)
from ticketing.tickets.dynamodb.stored import COUNTER
from ticketing.tickets.facets import STATUS
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Order, Position, SortBy

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Engine, Item
    from ticketing.lists.dynamodb.index_scan import IndexScan
    from ticketing.lists.query import Filters

STATUS_KEY = key_attribute(STATUS)
SMALLEST_CHUNK = 20
"""Index entries asked for at least: about 4 KB, which cost no more than fewer do, so that one that is dropped by the
other filters seldom costs a round trip."""
LARGEST_CHUNK = 1_000
"""Index entries asked for in one query; about 300 KB, under the 1 MB at which DynamoDB ends a page itself."""


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
        queries = [self._activity_query(query, order, after) for query in self._partition_queries(customerID, walk)]
        streams = [self._started(query, wanted) for query in queries]
        merged = heapq.merge(*(stream() for stream in streams), key=_activity, reverse=order.descending)
        return map(_contacted, merged)

    def by_creation(
        self, customerID: int, filters: Filters, order: Order, after: Position | None, wanted: int
    ) -> Iterator[Position]:
        """Read the table in its own order."""
        query = self._creation_query(customerID, filters, order, after)
        return map(_created, self._rows(query, wanted))

    def gather(self, customerID: int, walk: IndexScan, by: SortBy, limit: int) -> list[Position]:
        """Read the partitions at the same time, each no further than to the limit."""

        def positions(query: dict[str, Any]) -> list[Position]:
            rows = islice(self._rows(_projected(query), LARGEST_CHUNK), limit)
            return [Position(by.value_of(_sortable(row)), row["ticketID"]) for row in rows]

        found = self.executor().map(positions, self._partition_queries(customerID, walk))
        return list(islice(chain.from_iterable(found), limit))

    def count(self, customerID: int, walk: IndexScan) -> int:
        """Read the whole of the partitions, without fetching them."""
        return sum(self.executor().map(self._counted, self._partition_queries(customerID, walk)))

    def _partition_queries(self, customerID: int, walk: IndexScan) -> list[dict[str, Any]]:
        facet, values = walk.facet, walk.values
        names, conditions, bound = _condition(customerID, walk.rest)
        return [
            {
                "TableName": self.table,
                "IndexName": index_name(facet),
                "KeyConditionExpression": "#partition = :partition",
                "ExpressionAttributeNames": {"#partition": key_attribute(facet), **names},
                "ExpressionAttributeValues": {":partition": facet_key(customerID, value), **bound},
                **({"FilterExpression": " AND ".join(conditions)} if conditions else {}),
            }
            for value in sorted(values)
        ]

    def _activity_query(self, query: dict[str, Any], order: Order, after: Position | None) -> dict[str, Any]:
        query = _from(query, ACTIVITY, order, activity_key(after) if after else None)
        return query | {
            "ProjectionExpression": "ticketID, #activity",
            "ExpressionAttributeNames": query["ExpressionAttributeNames"] | {"#activity": ACTIVITY},
        }

    def _creation_query(
        self, customerID: int, filters: Filters, order: Order, after: Position | None
    ) -> dict[str, Any]:
        names, conditions, bound = _condition(customerID, filters)
        query = {
            "TableName": self.table,
            "KeyConditionExpression": "customerID = :customerID AND ticketID > :counter",
            "FilterExpression": " AND ".join([f"attribute_exists({ACTIVITY})", *conditions]),
            "ProjectionExpression": "ticketID",
            "ExpressionAttributeValues": {":customerID": customerID, ":counter": COUNTER, **bound},
            "ScanIndexForward": not order.descending,
        }
        if after:
            start = {"customerID": customerID, "ticketID": after.ticketID}
            query["ExclusiveStartKey"] = self.engine.typed(start)
        return query | ({"ExpressionAttributeNames": names} if names else {})

    def _started(self, query: dict[str, Any], wanted: int) -> Callable[[], Iterator[Item]]:
        rows = self._rows(query, wanted)
        first = self.executor().submit(next, rows, None)

        def stream() -> Iterator[Item]:
            row = first.result()
            if row is not None:
                yield row
                yield from rows

        return stream

    def _rows(self, query: dict[str, Any], wanted: int) -> Iterator[Item]:
        """Return what a query finds, chunk by chunk; chunks grow, so that a rare match costs few round trips."""
        chunk = max(SMALLEST_CHUNK, min(wanted, LARGEST_CHUNK))
        query = query | {"ExpressionAttributeValues": self.engine.typed(query["ExpressionAttributeValues"])}
        while True:
            reply = self.engine.call("query", **query, Limit=chunk)
            yield from map(self.engine.plain, reply["Items"])
            if "LastEvaluatedKey" not in reply:
                return
            query = query | {"ExclusiveStartKey": reply["LastEvaluatedKey"]}
            chunk = min(2 * chunk, LARGEST_CHUNK)

    def _counted(self, query: dict[str, Any]) -> int:
        query = query | {"ExpressionAttributeValues": self.engine.typed(query["ExpressionAttributeValues"])}
        total: int = 0
        while True:
            reply = self.engine.call("query", **query, Select="COUNT")
            total += int(reply["Count"])
            if "LastEvaluatedKey" not in reply:
                return total
            query = query | {"ExclusiveStartKey": reply["LastEvaluatedKey"]}


def _condition(customerID: int, filters: Filters) -> tuple[dict[str, str], list[str], dict[str, Any]]:
    """Return filters as parts of a FilterExpression: names, conditions, values."""
    names: dict[str, str] = {}
    conditions: list[str] = []
    bound: dict[str, Any] = {}
    for facet, values in filters.facets.items():
        places = {f":{facet.name}{n}": facet_key(customerID, value) for n, value in enumerate(sorted(values))}
        names[f"#{facet.name}"] = key_attribute(facet)
        conditions.append(f"#{facet.name} IN ({', '.join(places)})")
        bound |= places
    if filters.hidden_after is not None:
        conditions.append("(attribute_not_exists(followUpDate) OR followUpDate <= :hiddenAfter)")
        bound[":hiddenAfter"] = filters.hidden_after
    return names, conditions, bound


def _from(query: dict[str, Any], sort_key: str, order: Order, start: str | None) -> dict[str, Any]:
    """Return a query in an order, from after a sort key on."""
    query = query | {"ScanIndexForward": not order.descending}
    if start is None:
        return query
    beyond = "<" if order.descending else ">"
    return query | {
        "KeyConditionExpression": f"{query['KeyConditionExpression']} AND #sort {beyond} :start",
        "ExpressionAttributeNames": query["ExpressionAttributeNames"] | {"#sort": sort_key},
        "ExpressionAttributeValues": query["ExpressionAttributeValues"] | {":start": start},
    }


def _projected(query: dict[str, Any]) -> dict[str, Any]:
    names = query["ExpressionAttributeNames"]
    return query | {
        "ProjectionExpression": ", ".join(("ticketID", "#activity", "#statusKey", *SORTED_BY)),
        "ExpressionAttributeNames": names | {"#statusKey": STATUS_KEY, "#activity": ACTIVITY},
    }


def _sortable(row: Item) -> Ticket:
    """Return as much of a ticket as it takes to sort it; the status is the folded one, by which it is sorted."""
    status = row[STATUS_KEY].split("#", 1)[1]
    fields: dict[str, Any] = {name: row.get(name) for name in SORTED_BY}
    return Ticket.model_construct(None, status=status, lastMessageDate=moment_of(row[ACTIVITY]), **fields)


def _activity(row: Item) -> str:
    return str(row[ACTIVITY])


def _contacted(row: Item) -> Position:
    return Position(moment_of(row[ACTIVITY]), row["ticketID"])


def _created(row: Item) -> Position:
    return Position("", row["ticketID"])
