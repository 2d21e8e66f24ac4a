"""The log of lessons, added up: so that whoever needs the counts need not read it from the beginning.

`sum` is an item that says how far it goes and what its parts are called; `part#<name>#000`… hold it. Parts are never
changed: a new sum has parts of its own, and the old ones go once `sum` names the new ones.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import ATTEMPTS, Engine, Item, Refused
from ticketing.learning.dynamodb.counts import lesson_in, packed, unpacked
from ticketing.learning.lessons import Counts

SETTLED_AFTER = 15_000
"""Milliseconds after which no entry can still turn up in the log; a write is tried for ten seconds at most."""
KEPT_FROM = 200
"""New entries that make a sum worth keeping, or a sixteenth of all lessons where that is more. All the sums that are
kept while a log grows thus cost about one write unit per lesson."""
PART = 350_000
"""Bytes of a sum in one item; DynamoDB takes 400 KB."""


def log_entry(moment: int, rest: str = "") -> str:
    """The name of an entry in the log; `moment` in milliseconds."""
    return f"log#{moment:015d}{rest}"


@dataclass
class Sum:
    """What a log counts to: every entry until `through` (milliseconds), and of the later ones those in `later`."""

    counts: Counts = field(default_factory=Counts)
    through: int = 0
    later: set[str] = field(default_factory=set)
    new: int = 0
    """Entries that came since the sum was kept."""

    @property
    def is_worth_keeping(self) -> bool:
        """Whether others would read much less with this sum than without."""
        return self.new >= max(KEPT_FROM, sum(self.counts.lessons.values()) // 16)

    def add(self, entries: Iterable[Item], now: int) -> None:
        """Adds entries after `through`, each once however often it comes; `now` is when reading them began."""
        for entry in entries:
            if entry["entry"] not in self.later:
                self.counts.replace(lesson_in(entry, "former"), lesson_in(entry))
                self.later.add(entry["entry"])
                self.new += 1
        self.through = max(self.through, now - SETTLED_AFTER)
        self.later = {name for name in self.later if name > log_entry(self.through, "$")}


@dataclass(frozen=True)
class Sums:
    """The sums that are kept in the Lessons table."""

    engine: Engine
    table: str

    def load(self, customerSubject: str) -> Sum:
        """The last sum that was kept, an empty one where there is none; raises Unavailable."""
        for _ in range(ATTEMPTS):
            key = self.engine.typed({"customerSubject": customerSubject, "entry": "sum"})
            head = self.engine.call("get_item", TableName=self.table, Key=key).get("Item")
            if head is None:
                return Sum()
            kept = self.engine.plain(head)
            parts = list(self.engine.query(self._parts(customerSubject, kept["name"])))
            if len(parts) == kept["parts"]:
                counts, later = unpacked(b"".join(bytes(part["data"]) for part in parts))
                return Sum(counts, kept["through"], later)
        raise Unavailable("What was taught is being added up.")

    def keep(self, customerSubject: str, total: Sum) -> None:
        """Keeps a sum in the place of the last one, unless that goes further."""
        data, name = packed(total.counts, total.later), uuid.uuid4().hex
        parts = [data[at : at + PART] for at in range(0, len(data), PART)]
        items = [self._part(customerSubject, name, n) | {"data": part} for n, part in enumerate(parts)]
        self.engine.batch_write(self.table, [{"PutRequest": {"Item": self.engine.typed(item)}} for item in items])
        head = {"customerSubject": customerSubject, "entry": "sum", "through": total.through}
        self._drop(customerSubject, self._replace(head | {"name": name, "parts": len(parts)}))
        total.new = 0

    def _replace(self, head: Item) -> Item | None:
        try:
            reply = self.engine.call(
                "put_item",
                TableName=self.table,
                Item=self.engine.typed(head),
                ConditionExpression="attribute_not_exists(through) OR through < :through",
                ExpressionAttributeValues=self.engine.typed({":through": head["through"]}),
                ReturnValues="ALL_OLD",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except Refused as refused:
            is_ours = refused.current is not None and refused.current["name"] == head["name"]
            return None if is_ours else head  # ours: an earlier try had succeeded
        return self.engine.plain(reply["Attributes"]) if "Attributes" in reply else None

    def _drop(self, customerSubject: str, head: Item | None) -> None:
        names: Sequence[Item] = (
            [self._part(customerSubject, head["name"], n) for n in range(head["parts"])] if head else []
        )
        self.engine.batch_write(self.table, [{"DeleteRequest": {"Key": self.engine.typed(name)}} for name in names])

    def _part(self, customerSubject: str, name: str, n: int) -> Item:
        return {"customerSubject": customerSubject, "entry": f"part#{name}#{n:03d}"}

    def _parts(self, customerSubject: str, name: str) -> dict[str, Any]:
        values = {":customerSubject": customerSubject, ":part": f"part#{name}#"}
        return {
            "TableName": self.table,
            "KeyConditionExpression": "customerSubject = :customerSubject AND begins_with(entry, :part)",
            "ExpressionAttributeValues": self.engine.typed(values),
        }
