"""Items without a version (directory, calls, messages), brought back one by one where nobody else writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ticketing.kernel.dynamodb.engine import Engine, Item, Refused, TransactionRefused
from ticketing.kernel.ports import Contended

CALL_HOLDER = "ticketID"


class Outcome(StrEnum):
    """The end of an item of a restored table."""

    there = "there already"
    restored = "restored"
    overwritten = "overwritten"
    changing = "left: changed at the same time"
    due = "left: due for removal"
    orphaned = "left: without their ticket"
    ahead = "left: newer than their ticket"
    derived = "left: made again from the others"
    unreadable = "left: cannot be read"
    without_message = "restored without a message that cannot be read"
    without_call = "restored without their call, which another ticket has now"


@dataclass(frozen=True)
class Mode:
    """The limits of a restore: whether it overwrites what differs, and whether it writes at all."""

    overwrites: bool = False
    writes: bool = True


@dataclass(frozen=True)
class ItemRestore:
    """Brings items back into a live table, whose key has two attributes."""

    engine: Engine
    table: str
    key: tuple[str, str]
    mode: Mode

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Bring a batch of items back, and return what became of each."""
        live = self.live(items)
        return [self.bring(item, live.get(self.key_of(item))) for item in items]

    def live(self, items: Sequence[Item]) -> dict[tuple[Any, ...], Item]:
        """Return the live items that have the keys of these items, by key."""
        keys = [{name: item[name] for name in self.key} for item in items]
        return {self.key_of(item): item for item in self.engine.batch_get(self.table, keys)}

    def key_of(self, item: Item) -> tuple[Any, ...]:
        """Return the values of the item's key."""
        return tuple(item[name] for name in self.key)

    def bring(self, item: Item, live: Item | None) -> Outcome:
        """Bring one item back: where there is none, and where the mode says so, in the place of another."""
        if live is None:
            return self.written(Outcome.restored, lambda: self.engine.call("put_item", **self.put(item)))
        changed = [name for name in item.keys() | live.keys() if item.get(name) != live.get(name)]
        if not changed or not self.mode.overwrites:
            return Outcome.there
        return self.written(Outcome.overwritten, lambda: self._set_back(item, live, sorted(changed)))

    def written(self, outcome: Outcome, write: Callable[[], object]) -> Outcome:
        """Write, where the mode says so, and return the outcome, or that somebody else was faster."""
        try:
            if self.mode.writes:
                write()
        except (Refused, TransactionRefused, Contended):
            return Outcome.changing
        return outcome

    def put(self, item: Item) -> dict[str, Any]:
        """Return the parameters of a write of the item where there is none."""
        return {
            "TableName": self.table,
            "Item": self.engine.typed(item),
            "ConditionExpression": "attribute_not_exists(#key)",
            "ExpressionAttributeNames": {"#key": self.key[0]},
        }

    def _set_back(self, item: Item, live: Item, changed: Sequence[str]) -> None:
        """Set what differs, if it still is what it was; what others have added meanwhile stays."""
        names = {f"#{n}": name for n, name in enumerate(changed)}
        settings = [f"{n} = :new{n[1:]}" for n, name in names.items() if name in item]
        removals = [n for n, name in names.items() if name not in item]
        conditions = [
            f"{n} = :old{n[1:]}" if name in live else f"attribute_not_exists({n})" for n, name in names.items()
        ]
        values = {f":new{n[1:]}": item[name] for n, name in names.items() if name in item}
        values |= {f":old{n[1:]}": live[name] for n, name in names.items() if name in live}
        self.engine.call(
            "update_item",
            TableName=self.table,
            Key=self.engine.typed({name: item[name] for name in self.key}),
            UpdateExpression=_clause("SET", settings) + _clause("REMOVE", removals),
            ConditionExpression=" AND ".join(conditions),
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=self.engine.typed(values),
        )


@dataclass(frozen=True)
class CallRestore:
    """Brings calls back where they are missing: of the tickets that still have them, or of nobody.

    A ticket that is missing too takes its call by itself, when it is brought back.
    """

    items: ItemRestore
    tickets: str
    """The live table of tickets."""
    is_stored: Callable[[str], bool]
    """Tells whether the object with this name, a recording, is in the bucket."""

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Bring a batch back, and return what became of each."""
        live, tickets = self.items.live(items), self._calls_of_tickets(items)
        return [
            Outcome.there
            if self.items.key_of(item) in live
            else self._bring(self._as_stored(item), tickets.get(_holder(item)) == item["callSid"])
            for item in items
        ]

    def _calls_of_tickets(self, items: Sequence[Item]) -> dict[tuple[int, int], str | None]:
        """Return the calls that the live tickets have which had these calls."""
        holders = {_holder(item) for item in items if CALL_HOLDER in item}
        keys = [{"customerID": customerID, "ticketID": ticketID} for customerID, ticketID in holders]
        found = self.items.engine.batch_get(self.tickets, keys)
        return {(ticket["customerID"], ticket["ticketID"]): ticket.get("twilio_CallSid") for ticket in found}

    def _bring(self, item: Item, is_held: bool) -> Outcome:
        if is_held:
            return self.items.written(Outcome.restored, lambda: self._put_held(item))
        return self.items.bring({name: value for name, value in item.items() if name != CALL_HOLDER}, None)

    def _put_held(self, item: Item) -> None:
        """Put the call, if its ticket still has it."""
        engine, ticketID = self.items.engine, item[CALL_HOLDER]
        check = {
            "TableName": self.tickets,
            "Key": engine.typed({"customerID": item["customerID"], "ticketID": ticketID}),
            "ConditionExpression": "twilio_CallSid = :call",
            "ExpressionAttributeValues": engine.typed({":call": item["callSid"]}),
        }
        put = {"Put": self.items.put(item)}
        engine.call("transact_write_items", TransactItems=[{"ConditionCheck": check}, put])

    def _as_stored(self, item: Item) -> Item:
        """Return the call without its recording, if that is gone."""
        is_gone = "recording" in item and not self.is_stored(item["recording"])
        return {name: value for name, value in item.items() if name != "recording" or not is_gone}


def _holder(call: Item) -> tuple[int, int]:
    return call["customerID"], call.get(CALL_HOLDER, 0)


def _clause(word: str, parts: Sequence[str]) -> str:
    return f"{word} {', '.join(parts)} " if parts else ""
