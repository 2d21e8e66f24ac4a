"""The Tallies table. Per customer one partition holds rows of counts (see count_rows.py), a row for each ticket that
waits for its follow-up (`due#<when>#<ticketID>`, with its cell), and one for the vocabularies; another holds a row for
each ticket (where it was counted).

One query reads the counts and those that have fallen due. Ticket rows are found by their cell, or as not listed, by
the index byCell (see scarcity.py), which a ticket's messages do not touch, and by what no cell counts through an index
of all of them.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from ticketing.kernel.dynamodb.engine import Engine, Item, Refused
from ticketing.kernel.ports import Contended
from ticketing.lists.counts import Cell, CountedTicket, Move
from ticketing.lists.dynamodb.count_rows import CHANGES, COUNTS, generation_of
from ticketing.lists.dynamodb.moves import MoveWriter
from ticketing.lists.dynamodb.rows import (
    CUSTOMER_CELL,
    DUE,
    TICKET,
    cell_key,
    counted_ticket,
    counts_part,
    ticket_key,
    tickets_part,
)
from ticketing.lists.dynamodb.scarcity import Scarcity
from ticketing.lists.dynamodb.totals import totals_in
from ticketing.lists.dynamodb.vocabularies import ENTRY as VOCABULARIES
from ticketing.lists.dynamodb.vocabularies import Vocabularies
from ticketing.lists.query import Filters
from ticketing.lists.totals import Totals
from ticketing.lists.vocabulary import MOST, Vocabulary
from ticketing.tickets.dynamodb.items import facet_key, index_name, key_attribute
from ticketing.tickets.facets import Facet
from ticketing.tickets.order import Position, SortBy

BY_CELL = "byCell"


@dataclass(frozen=True)
class DynamoTicketCounts:
    """TicketCounts and Recount in a DynamoDB table. By the clock `now`, rows of removed tickets expire and remembered
    totals are read anew; `most` is how many values of a free-text facet have cells of their own."""

    engine: Engine
    table: str
    executor: Callable[[], Executor]
    now: Callable[[], datetime]
    most: int = MOST
    scarcity: Scarcity = field(default_factory=Scarcity)

    def totals(self, customerID: int, until: str | None) -> Totals:
        """Read about 4,000 bytes with half a unit, eventually consistent."""
        return self.ask_totals(customerID, until)()

    def ask_totals(self, customerID: int, until: str | None) -> Callable[[], Totals]:
        """Read as `totals` does."""
        last = f"{DUE}{until}#:" if until else VOCABULARIES  # a colon comes after the digits
        pages = self.engine.asked_pages("query", self._query(counts_part(customerID), COUNTS, last))
        return lambda: totals_in(chain.from_iterable(pages))

    def counted_tickets(
        self, customerID: int, ticketIDs: Collection[int], fresh: bool = True
    ) -> Mapping[int, CountedTicket]:
        """Read 100 in a call, the calls at the same time."""
        keys = (ticket_key(customerID, ticketID) for ticketID in dict.fromkeys(ticketIDs))
        return {item["ticketID"]: counted_ticket(item) for item in self.engine.batch_get(self.table, keys, fresh)}

    def listed(self, customerID: int, ticketIDs: Collection[int], filters: Filters, by: SortBy) -> list[Position]:
        """Read 100 in a call, the calls at the same time."""
        from ticketing.lists.dynamodb.listed_rows import positions, projection  # the indexer lists nothing

        keys = (self.engine.typed(ticket_key(customerID, ticketID)) for ticketID in dict.fromkeys(ticketIDs))
        rows = self.engine.batch_get_typed(self.table, keys, **projection(filters, by, len(ticketIDs)))
        return list(positions(rows, filters, by))

    def in_cells(self, customerID: int, cells: Collection[Cell]) -> list[int]:
        """Read the cells at the same time."""
        found = self.executor().map(lambda cell: list(self.engine.query(self._cell_query(customerID, cell))), cells)
        return [item["ticketID"] for item in chain.from_iterable(found)]

    def having(self, customerID: int, facet: Facet, values: Collection[str]) -> Iterator[CountedTicket]:
        """Read one value after the other."""
        for value in sorted(values):
            query = self._index_query(index_name(facet), key_attribute(facet), facet_key(customerID, value))
            yield from map(counted_ticket, self.engine.query(query))

    def due(self, customerID: int, now: str, limit: int) -> list[int]:
        """Read the earliest first, eventually consistent."""
        rows = self._rows(counts_part(customerID), DUE, f"{DUE}{now}#:", Limit=limit)
        return [item["ticketID"] for item, _ in zip(rows, range(limit), strict=False)]

    def waiting(self, customerID: int, now: str) -> list[int]:
        """Read eventually consistent, some 40 of them with a unit."""
        return [item["ticketID"] for item in self.engine.query(self._waiting(customerID, now))]

    def hidden(self, customerID: int, after: str | None, at_most: int) -> set[int] | None:
        """Read those not listed (removed ones until their row expires) and those that wait at the same time, eventually
        consistent, some 100 with a unit."""
        queries = [self._cell_query(customerID, None), *([self._waiting(customerID, after)] if after else [])]
        asked = [self.engine.asked_pages("query", query | {"Limit": at_most + 1}) for query in queries]
        found = {item["ticketID"] for pages in asked for item in next(pages)}
        return found if len(found) <= at_most else None

    def vocabulary(self, customerID: int, cells: Collection[Cell]) -> Vocabulary:
        """Read once, strongly consistent, and write where a value is new."""
        return self._vocabularies.newest(customerID, cells)

    def move(self, moves: Sequence[Move]) -> None:
        """Write as MoveWriter does."""
        now = self.now()
        placed = self.scarcity.placed(moves, lambda customerID: self.totals(customerID, None), now)
        MoveWriter(self.engine, self.table, now).write(placed)

    def customers(self) -> set[int]:
        """Read the whole table, without fetching what it holds of tickets."""
        scan = {
            "TableName": self.table,
            "FilterExpression": "begins_with(entry, :counts)",
            "ExpressionAttributeValues": self.engine.typed({":counts": COUNTS}),
            "ProjectionExpression": "customerPart",
        }
        return {int(item["customerPart"].split("#")[0]) for page in self.engine.pages("scan", scan) for item in page}

    def begin(self, customerID: int, cells: Iterable[Cell]) -> int:
        """Read once, and write under a condition."""
        return self._vocabularies.begin(customerID, cells)

    def all_counted(self, customerID: int) -> Iterator[CountedTicket]:
        """Read every row of the customer, strongly consistent."""
        rows = self._rows(tickets_part(customerID), TICKET, f"{TICKET}:", ConsistentRead=True)
        return (each for item in rows if not (each := counted_ticket(item)).isRemoved)

    def counts_before(self, customerID: int, generation: int) -> Mapping[Hashable, int]:
        """Read strongly consistent how often each row has changed."""
        rows = self._rows(counts_part(customerID), COUNTS, f"{COUNTS}:", ConsistentRead=True)
        return {item["entry"]: item[CHANGES] for item in rows if generation_of(item["entry"]) < generation}

    def drop(self, customerID: int, counts: Mapping[Hashable, int]) -> bool:
        """Delete one row after the other under a condition, until one is refused."""
        return all(self._dropped(customerID, entry, changes) for entry, changes in counts.items())

    def _dropped(self, customerID: int, entry: Hashable, changes: int) -> bool:
        try:
            self.engine.call(
                "delete_item",
                TableName=self.table,
                Key=self.engine.typed({"customerPart": counts_part(customerID), "entry": entry}),
                ConditionExpression=f"{CHANGES} = :changes",
                ExpressionAttributeValues=self.engine.typed({":changes": changes}),
            )
        except (Refused, Contended):
            return False
        return True

    @property
    def _vocabularies(self) -> Vocabularies:
        return Vocabularies(self.engine, self.table, most=self.most)

    def _cell_query(self, customerID: int, cell: Cell | None) -> dict[str, Any]:
        return self._index_query(BY_CELL, CUSTOMER_CELL, cell_key(customerID, cell))

    def _waiting(self, customerID: int, now: str) -> dict[str, Any]:
        return self._query(counts_part(customerID), f"{DUE}{now}#:", f"{DUE}:")

    def _index_query(self, index: str, attribute: str, value: str) -> dict[str, Any]:
        return {
            "TableName": self.table,
            "IndexName": index,
            "KeyConditionExpression": f"{attribute} = :value",
            "ExpressionAttributeValues": self.engine.typed({":value": value}),
        }

    def _rows(self, part: str, first: str, last: str, **options: Any) -> Iterator[Item]:
        return self.engine.query(self._query(part, first, last) | options)

    def _query(self, part: str, first: str, last: str) -> dict[str, Any]:
        return {
            "TableName": self.table,
            "KeyConditionExpression": "customerPart = :part AND entry BETWEEN :first AND :last",
            "ExpressionAttributeValues": self.engine.typed({":part": part, ":first": first, ":last": last}),
        }
