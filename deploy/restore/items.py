"""Items without a version (directory, calls, messages, lessons), brought back one by one where nobody else writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ticketing.kernel.dynamodb.engine import Engine, Item, Refused
from ticketing.kernel.ports import Contended

TICKET, CALL_HOLDER = "ticket#", "ticketID"


class Outcome(StrEnum):
    """The end of an item of a restored table."""

    there = "there already"
    restored = "restored"
    overwritten = "overwritten"
    changing = "left: changed at the same time"
    due = "left: due for removal"
    orphaned = "left: without their ticket"
    derived = "left: made again from the others"
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
            return self._written(Outcome.restored, lambda: self._put(item))
        changed = [name for name in item.keys() | live.keys() if item.get(name) != live.get(name)]
        if not changed or not self.mode.overwrites:
            return Outcome.there
        return self._written(Outcome.overwritten, lambda: self._set_back(item, live, sorted(changed)))

    def _written(self, outcome: Outcome, write: Callable[[], None]) -> Outcome:
        try:
            if self.mode.writes:
                write()
        except (Refused, Contended):
            return Outcome.changing
        return outcome

    def _put(self, item: Item) -> None:
        self.engine.call(
            "put_item",
            TableName=self.table,
            Item=self.engine.typed(item),
            ConditionExpression="attribute_not_exists(#key)",
            ExpressionAttributeNames={"#key": self.key[0]},
        )

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
class LessonRestore:
    """Brings lessons and their log back where they are missing; the log's sums are made again by whoever needs them."""

    items: ItemRestore

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Bring a batch back, and return what became of each."""
        kept = [item for item in items if item["entry"].startswith((TICKET, "log#"))]
        return [*self.items(kept), *[Outcome.derived] * (len(items) - len(kept))]


@dataclass(frozen=True)
class CallRestore:
    """Brings calls back where they are missing, without the ticket that had them: that takes its call by itself."""

    items: ItemRestore
    is_stored: Callable[[str], bool]
    """Tells whether the object with this name, a recording, is in the bucket."""

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Bring a batch back, and return what became of each."""
        live = self.items.live(items)
        return [self._bring(item, live.get(self.items.key_of(item))) for item in items]

    def _bring(self, item: Item, live: Item | None) -> Outcome:
        return Outcome.there if live else self.items.bring(self._free(item), None)

    def _free(self, item: Mapping[str, Any]) -> Item:
        gone = {CALL_HOLDER}
        if "recording" in item and not self.is_stored(item["recording"]):
            gone.add("recording")
        return {name: value for name, value in item.items() if name not in gone}


def _clause(word: str, parts: Sequence[str]) -> str:
    return f"{word} {', '.join(parts)} " if parts else ""
