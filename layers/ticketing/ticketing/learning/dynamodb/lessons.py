"""The Lessons table: for each customer and subject the lesson of each ticket, a log of them, and a snapshot of the log.

- `ticket#101` holds the lesson of a ticket that counts, and the version of the ticket that it is from;
- `log#<milliseconds>#101#7`, written in the same transaction, holds it and the lesson whose place it took;
- `log#<milliseconds>#recount` says that older entries have come back, by a restore;
- `sum` and `part#…` are the snapshot (snapshots.py).

Whoever needs the counts reads the snapshot once, and then only what is new in the log. So a lesson takes a few write
units however many words it has, nobody waits for another's lesson, and a verdict reads next to nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import ATTEMPTS, Engine, Item, TransactionRefused
from ticketing.kernel.ports import Contended
from ticketing.learning.dynamodb.encoding import lesson_attributes, lesson_in
from ticketing.learning.dynamodb.snapshots import Recounted, Snapshot, Snapshots, log_entry
from ticketing.learning.lessons import NOTHING, Counts, Lesson, Subject

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket

FRESH = 1000
"""Milliseconds for which the log is not read again."""
REMEMBERED = 8
"""Customers whose counts are remembered, for each up to some tens of megabytes."""


@dataclass
class _KnownSnapshot:
    snapshot: Snapshot
    readAt: int = 0


@dataclass(frozen=True)
class DynamoLessons:
    """Lessons of a DynamoDB table; `clock` in seconds."""

    engine: Engine
    table: str
    clock: Callable[[], float]
    _known: OrderedDict[str, _KnownSnapshot] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def teach(self, ticket: Ticket, subject: Subject, lesson: Lesson) -> None:
        """Make one read, and one transaction of two items; try again when another lesson came between them."""
        for _ in range(ATTEMPTS):
            taught = self._taught_lesson(ticket, subject)
            former, version = (lesson_in(taught), taught["version"]) if taught else (NOTHING, 0)
            if ticket.version <= version:  # the same once more may have lost its text: messages go after the lesson
                return
            try:
                self._write(ticket, subject, lesson, former, version)
            except (TransactionRefused, Contended):
                continue
            return
        raise Unavailable("The ticket is being taught by others.")

    def counts(self, customerID: int, subject: Subject) -> Counts:
        """Read at most once a second what is new in the log, and keep a snapshot whenever it has grown long."""
        customerSubject = _customer_subject(customerID, subject)
        with self._lock:
            known = self._known_snapshot(customerSubject)
            now = self._milliseconds()
            if known.readAt + FRESH <= now:
                self._read_on(customerSubject, known, now)
                if known.snapshot.is_worth_keeping:
                    self._snapshots.keep(customerSubject, known.snapshot)
            return known.snapshot.counts

    def _read_on(self, customerSubject: str, known: _KnownSnapshot, now: int) -> None:
        try:
            known.snapshot.add(self._log(customerSubject, known.snapshot.through), now)
        except Recounted:
            known.snapshot = Snapshot()
            known.snapshot.add(self._log(customerSubject, known.snapshot.through), now)
        known.readAt = now

    @property
    def _snapshots(self) -> Snapshots:
        return Snapshots(self.engine, self.table)

    def _known_snapshot(self, customerSubject: str) -> _KnownSnapshot:
        known = self._known.pop(customerSubject, None) or _KnownSnapshot(self._snapshots.load(customerSubject))
        self._known[customerSubject] = known
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known

    def _log(self, customerSubject: str, through: int) -> Iterator[Item]:
        values = {":customerSubject": customerSubject, ":first": log_entry(through + 1), ":last": "log$"}
        return self.engine.query(
            {
                "TableName": self.table,
                "KeyConditionExpression": "customerSubject = :customerSubject AND entry BETWEEN :first AND :last",
                "ExpressionAttributeValues": self.engine.typed(values),
            }
        )

    def _taught_lesson(self, ticket: Ticket, subject: Subject) -> Item | None:
        key = self.engine.typed(_ticket_key(ticket, subject))
        reply = self.engine.call("get_item", TableName=self.table, Key=key, ConsistentRead=True)
        return self.engine.plain(reply["Item"]) if "Item" in reply else None

    def _write(self, ticket: Ticket, subject: Subject, lesson: Lesson, former: Lesson, version: int) -> None:
        key = _ticket_key(ticket, subject)
        actions = [self._put(key | {"version": ticket.version} | lesson_attributes(lesson), "version", version)]
        if lesson != former:
            entry = log_entry(self._milliseconds(), f"#{ticket.ticketID}#{ticket.version}")
            change = lesson_attributes(lesson) | lesson_attributes(former, "former")
            actions.append(self._put(key | {"entry": entry} | change, "entry", 0))
        self.engine.call("transact_write_items", TransactItems=actions)

    def _put(self, item: Item, unchanged: str, value: int) -> dict[str, Any]:
        """Return the action that replaces an item whose attribute has the value; 0: that creates the item."""
        condition: dict[str, Any] = {"ConditionExpression": f"attribute_not_exists({unchanged})"}
        if value:
            condition = {
                "ConditionExpression": f"{unchanged} = :value",
                "ExpressionAttributeValues": self.engine.typed({":value": value}),
            }
        return {"Put": {"TableName": self.table, "Item": self.engine.typed(item), **condition}}

    def _milliseconds(self) -> int:
        return int(self.clock() * 1000)


def _customer_subject(customerID: int, subject: Subject) -> str:
    return f"{customerID}#{subject}"


def _ticket_key(ticket: Ticket, subject: Subject) -> Item:
    return {
        "customerSubject": _customer_subject(ticket.customerID, subject),
        "entry": f"ticket#{ticket.ticketID}",
    }
