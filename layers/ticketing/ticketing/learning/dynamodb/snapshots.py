"""Snapshots of what the log of lessons counts to, so that nobody has to read it from the beginning.

The item `sum` says how far the snapshot goes and what its parts are called; the items `part#<name>#000`… hold it. Parts
are never changed: a new snapshot has parts of its own, and the old ones go once `sum` names the new ones.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import ATTEMPTS, Engine, Item, Refused
from ticketing.learning.dynamodb.encoding import lesson_attributes, lesson_in, packed, unpacked
from ticketing.learning.lessons import NOTHING, Counts

SETTLED_AFTER = 15_000
"""Milliseconds after which no entry can still appear in the log; a write is tried for ten seconds at most."""
KEPT_FROM = 200
"""New entries that make a snapshot worth keeping, or a sixteenth of all lessons where that is more. All snapshots that
are kept while a log grows then cost about one write unit per lesson."""
PART = 350_000
"""Bytes of a snapshot in one item; DynamoDB takes 400 KB."""


RECOUNT = "recount"
"""The attribute of a log entry before which others came back: whoever has read the log counts it from the beginning."""


class Recounted(Exception):
    """Entries came back before those that are counted: the log has to be counted from the beginning."""


def log_entry(moment: int, rest: str = "") -> str:
    """Return the name of an entry in the log; `moment` in milliseconds."""
    return f"log#{moment:015d}{rest}"


def recount(customerSubject: str, moment: int) -> Item:
    """Return the entry to put into a log once older ones have come back; `moment` in milliseconds."""
    nothing = lesson_attributes(NOTHING) | lesson_attributes(NOTHING, "former")
    return {"customerSubject": customerSubject, "entry": log_entry(moment, "#recount"), RECOUNT: True} | nothing


@dataclass
class Snapshot:
    """Counts of a log: of every entry until `through` (milliseconds), and of those later ones in `later`."""

    counts: Counts = field(default_factory=Counts)
    through: int = 0
    later: set[str] = field(default_factory=set)
    new: int = 0
    """Entries that were added since the snapshot was kept."""

    @property
    def is_worth_keeping(self) -> bool:
        """Return whether others would read much less with this snapshot than without."""
        return self.new >= max(KEPT_FROM, sum(self.counts.lessons.values()) // 16)

    def add(self, entries: Iterable[Item], now: int) -> None:
        """Add entries after `through`, each once however often it comes; `now` is when reading them began. Raises
        Recounted; the snapshot is of no use then."""
        for entry in entries:
            if entry["entry"] not in self.later:
                if RECOUNT in entry and self.through:
                    raise Recounted
                self.counts.replace(lesson_in(entry, "former"), lesson_in(entry))
                self.later.add(entry["entry"])
                self.new += 1
        self.through = max(self.through, now - SETTLED_AFTER)
        self.later = {name for name in self.later if name > log_entry(self.through, "$")}


@dataclass(frozen=True)
class Snapshots:
    """Keeps snapshots in the Lessons table."""

    engine: Engine
    table: str

    def load(self, customerSubject: str) -> Snapshot:
        """Return the last snapshot that was kept, an empty one where there is none; raises Unavailable."""
        for _ in range(ATTEMPTS):
            key = self.engine.typed({"customerSubject": customerSubject, "entry": "sum"})
            head = self.engine.call("get_item", TableName=self.table, Key=key).get("Item")
            if head is None:
                return Snapshot()
            kept = self.engine.plain(head)
            parts = list(self.engine.query(self._parts(customerSubject, kept["name"])))
            if len(parts) == kept["parts"]:
                counts, later = unpacked(b"".join(bytes(part["data"]) for part in parts))
                return Snapshot(counts, kept["through"], later)
        raise Unavailable("What was taught is being added up.")

    def keep(self, customerSubject: str, snapshot: Snapshot) -> None:
        """Keep a snapshot in the place of the last one, unless that goes further."""
        data, name = packed(snapshot.counts, snapshot.later), uuid.uuid4().hex
        parts = [data[at : at + PART] for at in range(0, len(data), PART)]
        items = [self._part(customerSubject, name, n) | {"data": part} for n, part in enumerate(parts)]
        self.engine.batch_write(self.table, [{"PutRequest": {"Item": self.engine.typed(item)}} for item in items])
        head = {"customerSubject": customerSubject, "entry": "sum", "through": snapshot.through}
        self._drop(customerSubject, self._replace(head | {"name": name, "parts": len(parts)}))
        snapshot.new = 0

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
