"""The Tallies table. Per customer: a row for each cell (its count), one for each ticket (where it was counted, and its
`own` cell where that is another), one for each ticket that waits for its follow-up (`due#<when>#<ticketID>`, with its
cell), and one for the vocabularies.

One query reads the cells and those that have fallen due; ticket rows are found by their cell through the index byCell,
which a ticket's messages do not touch.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, chain
from typing import Any

from ticketing.kernel.dynamodb.engine import ATTEMPTS, READ_BATCH, Engine, Item, Refused, TransactionRefused
from ticketing.kernel.ports import Contended
from ticketing.lists.counts import Cell, CountedTicket, CountKey, Move, deltas
from ticketing.lists.dynamodb.cells import cell_text, changed_count, counts_found
from ticketing.lists.dynamodb.rows import (
    CELL,
    DUE,
    TICKET,
    cell_counts,
    cell_entry,
    count_key_in,
    counted_ticket,
    due_row,
    ticket_entry,
)
from ticketing.lists.dynamodb.vocabularies import ENTRY as VOCABULARIES
from ticketing.lists.dynamodb.vocabularies import Vocabularies, vocabularies_in
from ticketing.lists.totals import CellCount, Totals
from ticketing.lists.vocabulary import MOST, Vocabulary, surely_named
from ticketing.tickets.dynamodb.items import facet_key

TOMBSTONE_DAYS = 30
"""How long it is remembered that a ticket was removed; streams repeat themselves for a day at most."""
BY_CELL = "byCell"


@dataclass(frozen=True)
class DynamoTicketCounts:
    """TicketCounts and Recount in a DynamoDB table; `now` dates tombstones, `most` is how many values of a free-text
    facet have cells of their own."""

    engine: Engine
    table: str
    executor: Callable[[], Executor]
    now: Callable[[], datetime]
    most: int = MOST

    def totals(self, customerID: int, until: str | None) -> Totals:
        """Read about 100 rows with a unit, eventually consistent."""
        last = f"{DUE}{until}#:" if until else VOCABULARIES  # a colon comes after the digits
        ticket_counts: list[CellCount] = []
        count_keys: list[CountKey] = []
        vocabularies: list[Vocabulary] = []
        for item in self._rows(customerID, CELL, last):
            if item["entry"] == VOCABULARIES:
                vocabularies = vocabularies_in(item)
            else:
                ticket_counts += cell_counts(item)
                count_keys += [count_key_in(item["entry"])] if "tickets" in item else []
        return Totals(ticket_counts, surely_named(count_keys, vocabularies))

    def counted_tickets(
        self, customerID: int, ticketIDs: Collection[int], fresh: bool = True
    ) -> Mapping[int, CountedTicket]:
        """Read batches of 100 at the same time."""
        keys = ({"customerID": customerID, "entry": ticket_entry(ticketID)} for ticketID in ticketIDs)
        batches = batched(keys, READ_BATCH, strict=False)
        found = self.executor().map(lambda batch: list(self.engine.batch_get(self.table, batch, fresh)), batches)
        return {item["ticketID"]: counted_ticket(item) for item in chain.from_iterable(found)}

    def in_cells(self, customerID: int, cells: Collection[Cell]) -> list[int]:
        """Read the cells at the same time."""
        found = self.executor().map(lambda cell: list(self._in_cell(customerID, cell)), cells)
        return list(chain.from_iterable(found))

    def due(self, customerID: int, now: str, limit: int) -> list[int]:
        """Read the earliest first, eventually consistent."""
        rows = self._rows(customerID, DUE, f"{DUE}{now}#:", Limit=limit)
        return [item["ticketID"] for item, _ in zip(rows, range(limit), strict=False)]

    def waiting(self, customerID: int, now: str) -> list[int]:
        """Read eventually consistent, some 40 of them with a unit."""
        return [item["ticketID"] for item in self._rows(customerID, f"{DUE}{now}#:", f"{DUE}:")]

    def vocabulary(self, customerID: int, cells: Collection[Cell]) -> Vocabulary:
        """Read once, strongly consistent, and write where a value is new."""
        return self._vocabularies.newest(customerID, cells)

    def move(self, moves: Sequence[Move]) -> None:
        """Write one transaction: a row per ticket, under the condition that it is what it was, a change per count, and
        the follow-ups that are waited for; one action by itself, for a transaction would cost twice as much. It is
        tried again where a cell becomes empty."""
        found: dict[CountKey, int] = {}
        for _ in range(ATTEMPTS):
            try:
                return self._write(moves, found)
            except Refused as refused:
                raise Contended from refused
            except TransactionRefused as refused:
                found |= counts_found(deltas(moves), len(moves), refused)
        raise Contended

    def customers(self) -> set[int]:
        """Read the whole table, without fetching what it holds of tickets."""
        scan = {
            "TableName": self.table,
            "FilterExpression": "begins_with(entry, :cell)",
            "ExpressionAttributeValues": self.engine.typed({":cell": CELL}),
            "ProjectionExpression": "customerID",
        }
        return {item["customerID"] for page in self.engine.pages("scan", scan) for item in page}

    def begin(self, customerID: int, cells: Iterable[Cell]) -> int:
        """Read once, and write under a condition."""
        return self._vocabularies.begin(customerID, cells)

    def all_counted(self, customerID: int) -> Iterator[CountedTicket]:
        """Read every row of the customer, strongly consistent."""
        rows = self._rows(customerID, TICKET, f"{TICKET}:", ConsistentRead=True)
        return (each for item in rows if (each := counted_ticket(item)).count_key)

    def counts_before(self, customerID: int, generation: int) -> Mapping[CountKey, int]:
        """Read strongly consistent."""
        rows = self._rows(customerID, CELL, f"{CELL}:", ConsistentRead=True)
        counts = {count_key_in(item["entry"]): item["tickets"] for item in rows}
        return {count_key: tickets for count_key, tickets in counts.items() if count_key.generation < generation}

    def drop(self, customerID: int, counts: Mapping[CountKey, int]) -> bool:
        """Delete one by one under a condition, until one is refused."""
        return all(self._dropped(customerID, count_key, tickets) for count_key, tickets in counts.items())

    def _dropped(self, customerID: int, count_key: CountKey, tickets: int) -> bool:
        try:
            self.engine.call(
                "delete_item",
                TableName=self.table,
                Key=self._key(customerID, cell_entry(count_key)),
                ConditionExpression="tickets = :tickets",
                ExpressionAttributeValues=self.engine.typed({":tickets": tickets}),
            )
        except (Refused, Contended):
            return False
        return True

    @property
    def _vocabularies(self) -> Vocabularies:
        return Vocabularies(self.engine, self.table, most=self.most)

    def _write(self, moves: Sequence[Move], found: Mapping[CountKey, int]) -> None:
        """Write moves; `found` are the counts that an earlier try was refused for."""
        customerID = moves[0].after.customerID
        actions = [self._counted(move) for move in moves]
        for count_key, change in deltas(moves).items():
            actions.append(changed_count(self._cell_row(customerID, count_key), change, found.get(count_key)))
        actions += [action for move in moves for action in self._awaited(move)]
        if len(actions) == 1:
            self.engine.call("put_item", **actions[0]["Put"])
        else:
            self.engine.call("transact_write_items", TransactItems=actions)

    def _counted(self, move: Move) -> dict[str, Any]:
        after = move.after
        item = {name: value for name, value in vars(after).items() if value not in (None, "", False)}
        item = {name: value for name, value in item.items() if name not in ("odd", "cell", "uncounted")}
        item |= {"entry": ticket_entry(after.ticketID), **after.uncounted}
        if after.cell is not None and after.count_key is not None:
            item["cell"] = cell_text(after.count_key.cell)
            item["customerCell"] = facet_key(after.customerID, item["cell"])
            if after.odd:
                item["own"] = cell_text(after.cell)
        if after.isRemoved:
            item["removeAt"] = int(self.now().timestamp()) + TOMBSTONE_DAYS * 24 * 60 * 60
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(entry)"}
        if move.before:
            condition = {
                "ConditionExpression": "revision = :revision",
                "ExpressionAttributeValues": self.engine.typed({":revision": move.before.revision}),
            }
        return {"Put": {"TableName": self.table, "Item": self.engine.typed(item), **condition}}

    def _cell_row(self, customerID: int, count_key: CountKey) -> dict[str, Any]:
        return {"TableName": self.table, "Key": self._key(customerID, cell_entry(count_key))}

    def _awaited(self, move: Move) -> Iterator[dict[str, Any]]:
        """Return the writes of follow-ups that a ticket waited for, and waits for now; all in a new generation."""
        before, after = (due_row(each) if each else None for each in (move.before, move.after))
        is_recounted = move.before is not None and move.before.generation != move.after.generation
        if before and (not after or before["entry"] != after["entry"]):
            yield {"Delete": {"TableName": self.table, "Key": self._key(before["customerID"], before["entry"])}}
        if after and (after != before or is_recounted):
            yield {"Put": {"TableName": self.table, "Item": self.engine.typed(after)}}

    def _in_cell(self, customerID: int, cell: Cell) -> Iterator[int]:
        query = {
            "TableName": self.table,
            "IndexName": BY_CELL,
            "KeyConditionExpression": "customerCell = :cell",
            "ExpressionAttributeValues": self.engine.typed({":cell": facet_key(customerID, cell_text(cell))}),
        }
        return (item["ticketID"] for item in self.engine.query(query))

    def _rows(self, customerID: int, first: str, last: str, **options: Any) -> Iterator[Item]:
        query = {
            "TableName": self.table,
            "KeyConditionExpression": "customerID = :customerID AND entry BETWEEN :first AND :last",
            "ExpressionAttributeValues": self.engine.typed({":customerID": customerID, ":first": first, ":last": last}),
            **options,
        }
        return self.engine.query(query)

    def _key(self, customerID: int, entry: str) -> dict[str, Any]:
        return self.engine.typed({"customerID": customerID, "entry": entry})
