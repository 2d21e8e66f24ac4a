"""The Tallies table: per customer a row for each cell (its count) and a row for each ticket (where it was counted)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ticketing.adapters.dynamodb.engine import Engine, Item, TransactionRefused
from ticketing.domain.tally import Cell, Move, Standing, deltas
from ticketing.ports import Contended

TOMBSTONE_DAYS = 30
"""How long it is remembered that a ticket was removed; streams repeat themselves for a day at most."""
CELL = "cell#"
TICKET = "ticket#"


@dataclass(frozen=True)
class DynamoTallies:
    """Tallies in a DynamoDB table; `now` dates tombstones."""

    engine: Engine
    table: str
    executor: Callable[[], Executor]
    now: Callable[[], datetime]

    def cells(self, customerID: int) -> list[tuple[Cell, int]]:
        """Eventually consistent; about 50 cells in a read unit."""
        query = {
            "TableName": self.table,
            "KeyConditionExpression": "customerID = :customerID AND begins_with(entry, :prefix)",
            "ExpressionAttributeValues": self.engine.typed({":customerID": customerID, ":prefix": CELL}),
        }
        return [(_cell(item["entry"]), item["tickets"]) for item in self.engine.query(query)]

    def standings(self, customerID: int, ticketIDs: Collection[int]) -> Mapping[int, Standing]:
        """Strongly consistent; batches of 100 at the same time."""
        keys = [{"customerID": customerID, "entry": _ticket_entry(ticketID)} for ticketID in ticketIDs]
        batches = [keys[start : start + 100] for start in range(0, len(keys), 100)]
        found = self.executor().map(lambda batch: list(self.engine.batch_get(self.table, batch)), batches)
        standings = [_standing(item) for items in found for item in items]
        return {standing.ticketID: standing for standing in standings}

    def move(self, moves: Sequence[Move]) -> None:
        """One transaction: a row per ticket, under the condition that it is what it was, and one delta per cell."""
        customerID = moves[0].after.customerID
        actions = [self._counted(move) for move in moves]
        actions += [self._changed(customerID, cell, change) for cell, change in deltas(moves).items()]
        try:
            self.engine.call("transact_write_items", TransactItems=actions)
        except TransactionRefused as refused:
            raise Contended from refused

    def _counted(self, move: Move) -> dict[str, Any]:
        after = move.after
        item = {name: value for name, value in asdict(after).items() if value not in (None, "", False)}
        item["entry"] = _ticket_entry(after.ticketID)
        if after.cell is not None:
            item["cell"] = _cell_entry(after.cell)
        if after.isRemoved:
            item["removeAt"] = int(self.now().timestamp()) + TOMBSTONE_DAYS * 24 * 60 * 60
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(entry)"}
        if move.before:
            condition = {
                "ConditionExpression": "version = :version",
                "ExpressionAttributeValues": self.engine.typed({":version": move.before.version}),
            }
        return {"Put": {"TableName": self.table, "Item": self.engine.typed(item), **condition}}

    def _changed(self, customerID: int, cell: Cell, change: int) -> dict[str, Any]:
        return {
            "Update": {
                "TableName": self.table,
                "Key": self.engine.typed({"customerID": customerID, "entry": _cell_entry(cell)}),
                "UpdateExpression": "ADD tickets :change",
                "ExpressionAttributeValues": self.engine.typed({":change": change}),
            }
        }


def _ticket_entry(ticketID: int) -> str:
    return f"{TICKET}{ticketID:016d}"


def _cell_entry(cell: Cell) -> str:
    return CELL + "#".join(map(_escaped, cell))


def _cell(entry: str) -> Cell:
    values = entry.removeprefix(CELL).split("#")
    return tuple(value.replace("%23", "#").replace("%25", "%") for value in values)


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace("#", "%23")


def _standing(item: Item) -> Standing:
    fields = {name: value for name, value in item.items() if name in Standing.__dataclass_fields__}
    return Standing(**{**fields, "cell": _cell(item["cell"]) if "cell" in item else None})
