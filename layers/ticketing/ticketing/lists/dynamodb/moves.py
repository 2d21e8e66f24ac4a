"""Moves of counted tickets, written to the Tallies table as transactions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ticketing.kernel.dynamodb.call import Throttled
from ticketing.kernel.dynamodb.engine import Engine, Item, Refused, TransactionRefused
from ticketing.kernel.ports import Contended
from ticketing.lists.counts import Move
from ticketing.lists.dynamodb.count_rows import row_changes, update
from ticketing.lists.dynamodb.rows import counts_part, due_row, ticket_row

ACTIONS = 100
"""Actions of one transaction (an AWS limit)."""
LIKELY_TO_FIT = 50
"""Moves that are written out before it is known whether they fit in one transaction."""
REMOVED_DAYS = 30
"""Days for which the row of a removed ticket is kept; streams repeat themselves for a day at most."""


@dataclass(frozen=True)
class MoveWriter:
    """Writes moves; rows of removed tickets expire REMOVED_DAYS after `now`."""

    engine: Engine
    table: str
    now: datetime

    def write(self, moves: Sequence[Move]) -> None:
        """Write transactions as large as may be: a row per ticket, under the condition that it is what it was, one per
        row of counts that changes, and the follow-ups that are waited for; one action by itself, for a transaction
        would cost twice as much. Raises Contended, also where a transaction stays throttled: who counts tries on."""
        if len(moves) > LIKELY_TO_FIT or len(actions := self._actions(moves)) > ACTIONS:
            half = len(moves) // 2
            self.write(moves[:half])
            return self.write(moves[half:])
        try:
            if len(actions) == 1:
                self.engine.call("put_item", **actions[0]["Put"])
            else:
                self.engine.call("transact_write_items", TransactItems=actions)
        except (Refused, TransactionRefused, Throttled) as refused:
            raise Contended from refused

    def _actions(self, moves: Sequence[Move]) -> list[dict[str, Any]]:
        """Return the actions: of each ticket first, then those of the counts and the follow-ups."""
        part = counts_part(moves[0].after.customerID)
        counted = [self._counted(move) for move in moves]
        changed = [self._changed(part, entry, update(changes)) for entry, changes in row_changes(moves).items()]
        return [*counted, *changed, *(action for move in moves for action in self._awaited(move))]

    def _counted(self, move: Move) -> dict[str, Any]:
        """Return the write of a ticket's row, under the condition that it is what it was."""
        item = ticket_row(move.after)
        if move.after.isRemoved:
            item["removeAt"] = int(self.now.timestamp()) + REMOVED_DAYS * 24 * 60 * 60
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(entry)"}
        if move.before:
            condition = {
                "ConditionExpression": "revision = :revision",
                "ExpressionAttributeValues": self.engine.typed({":revision": move.before.revision}),
            }
        return {"Put": {**self._item(item), **condition}}

    def _changed(self, part: str, entry: str, changes: dict[str, Any]) -> dict[str, Any]:
        return {"Update": {**self._key(part, entry), **changes}}

    def _awaited(self, move: Move) -> Iterator[dict[str, Any]]:
        """Return the writes of follow-ups that a ticket waited for, and waits for now; all in a new generation."""
        before, after = (due_row(each) if each else None for each in (move.before, move.after))
        is_recounted = move.before is not None and move.before.generation != move.after.generation
        if before and (not after or before["entry"] != after["entry"]):
            yield {"Delete": self._key(before["customerPart"], before["entry"])}
        if after and (after != before or is_recounted):
            yield {"Put": self._item(after)}

    def _item(self, item: Item) -> dict[str, Any]:
        return {"TableName": self.table, "Item": self.engine.typed(item)}

    def _key(self, part: str, entry: str) -> dict[str, Any]:
        return {"TableName": self.table, "Key": self.engine.typed({"customerPart": part, "entry": entry})}
