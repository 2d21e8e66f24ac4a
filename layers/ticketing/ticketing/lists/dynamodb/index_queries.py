"""Queries of the Tickets table and its indexes: what they filter by on the way, and what they fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ticketing.tickets.dynamodb.items import (
    ACTIVITY,
    HIDDEN_BY,
    LABELS,
    SORTED_BY,
    activity_key,
    facet_key,
    index_name,
    key_attribute,
)
from ticketing.tickets.dynamodb.stored import COUNTER
from ticketing.tickets.facets import REP, STATUS

if TYPE_CHECKING:
    from ticketing.lists.dynamodb.index_scan import IndexScan
    from ticketing.lists.query import Filters
    from ticketing.tickets.order import Order, Position

type Query = dict[str, Any]
"""Parameters of a Query, its ExpressionAttributeValues plain."""

MOST_LABELLED = 200
"""Positions of which the labels are fetched as well: of more, most are skipped."""
STATUS_KEY, REP_KEY = key_attribute(STATUS), key_attribute(REP)


def partition_queries(table: str, customerID: int, scan: IndexScan) -> list[Query]:
    """Return a query for each partition of a scan."""
    names, conditions, bound = _filter_parts(customerID, scan.rest)
    return [
        {
            "TableName": table,
            "IndexName": index_name(scan.facet),
            "KeyConditionExpression": "#partition = :partition",
            "ExpressionAttributeNames": {"#partition": key_attribute(scan.facet), **names},
            "ExpressionAttributeValues": {":partition": facet_key(customerID, value), **bound},
            **({"FilterExpression": " AND ".join(conditions)} if conditions else {}),
        }
        for value in sorted(scan.values)
    ]


def creation_query(table: str, customerID: int, filters: Filters) -> Query:
    """Return the query for all listed tickets in the order of creation."""
    names, conditions, bound = _filter_parts(customerID, filters)
    query = {
        "TableName": table,
        "KeyConditionExpression": "customerID = :customerID AND ticketID > :counter",
        "FilterExpression": " AND ".join([f"attribute_exists({ACTIVITY})", *conditions]),
        "ExpressionAttributeValues": {":customerID": customerID, ":counter": COUNTER, **bound},
    }
    return query | ({"ExpressionAttributeNames": names} if names else {})


def by_activity(query: Query, order: Order, after: Position | None) -> Query:
    """Return a query of a partition in the order of last contact, from after a position on."""
    query = query | {"ScanIndexForward": not order.descending}
    if after is None:
        return query
    beyond = "<" if order.descending else ">"
    return query | {
        "KeyConditionExpression": f"{query['KeyConditionExpression']} AND #sort {beyond} :start",
        "ExpressionAttributeNames": query["ExpressionAttributeNames"] | {"#sort": ACTIVITY},
        "ExpressionAttributeValues": query["ExpressionAttributeValues"] | {":start": activity_key(after)},
    }


def fetching(query: Query, *attributes: str) -> Query:
    """Return a query that fetches these attributes and nothing else."""
    names = {f"#fetched{n}": name for n, name in enumerate(attributes)}
    return query | {
        "ProjectionExpression": ", ".join(names),
        "ExpressionAttributeNames": query.get("ExpressionAttributeNames", {}) | names,
    }


SORTABLE = ("ticketID", ACTIVITY, STATUS_KEY, *SORTED_BY, REP_KEY, LABELS)
"""The attributes that a ticket can be sorted by, and its labels."""


def _filter_parts(customerID: int, filters: Filters) -> tuple[dict[str, str], list[str], dict[str, Any]]:
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
        conditions.append(f"(attribute_not_exists({HIDDEN_BY}) OR {HIDDEN_BY} <= :hiddenAfter)")
        bound[":hiddenAfter"] = filters.hidden_after
    if filters.waiting_after is not None:
        conditions.append(f"{HIDDEN_BY} > :waitingAfter")
        bound[":waitingAfter"] = filters.waiting_after
    return names, conditions, bound
