"""Batches of a table's stream, exactly once here: read, entered, and answered with what failed.

A batch is entered as a whole; only when that fails is it entered record by record, so that the record that cannot be
entered is named. Lambda then tries again from there, and after the last try hands what is left of the batch to the
failure queue and goes on with what is behind it. Where the order of records does not matter, those behind the one that
failed are entered all the same, so that nothing is lost with it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ticketing import telemetry
from ticketing.errors import Unavailable
from ticketing.events.event import Event, event_of
from ticketing.kernel.dynamodb.engine import plain
from ticketing.lists.indexing import MessageChange, TicketChange
from ticketing.telemetry import logger
from ticketing.tickets.dynamodb import items, messages
from ticketing.tickets.dynamodb.tickets import COUNTER
from ticketing.tickets.model import Ticket

type Record = Mapping[str, Any]
type Change = TicketChange | MessageChange
type Answer = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Consumer[C]:
    """A reader of streams: its name in metrics, what it takes from a record (None: nothing), what it does, and whether
    it must do so in the order of the records."""

    name: str
    read: Callable[[Record], C | None]
    enter: Callable[[Sequence[C]], None]
    in_order: bool = True

    def handle(self, event: Mapping[str, Any], context: telemetry.Context) -> Answer:
        """Enters a batch; the answer (ReportBatchItemFailures) names the first record that could not be entered."""
        telemetry.begin(context.aws_request_id)
        records: list[Record] = event["Records"]
        fields = {"records": len(records), "requestIds": _writers(records)}
        try:
            self._enter(records)
        except Exception as error:
            logger().warning("batch failed", extra=fields | {"error": type(error).__name__})
            return self._answer(records, self._one_by_one(records))
        logger().info("batch entered", extra=fields)
        return self._answer(records, [])

    def _enter(self, records: Iterable[Record]) -> None:
        self.enter([change for record in records if (change := self.read(record)) is not None])

    def _one_by_one(self, records: Sequence[Record]) -> Sequence[Record]:
        """Those that are not entered: the first that could not be, and what is behind it unless that was entered too.
        Where a dependency fails, nothing behind it would fare better."""
        failed: list[Record] = []
        for done, record in enumerate(records):
            try:
                self._enter([record])
            except Exception as error:
                logger().exception("record failed", extra=_named(record))
                failed.append(record)
                if self.in_order or isinstance(error, Unavailable):
                    return [*failed, *records[done + 1 :]]
        return failed

    def _answer(self, records: Sequence[Record], failed: Sequence[Record]) -> Answer:
        """Names the first record that failed: Lambda begins again with it."""
        telemetry.count("Background", len(records) - len(failed), work=self.name, result="done")
        telemetry.count("Background", len(failed[:1]), work=self.name, result="failed")
        return {"batchItemFailures": [{"itemIdentifier": each["dynamodb"]["SequenceNumber"]} for each in failed[:1]]}


def _named(record: Record) -> dict[str, Any]:
    """What a log says of a record: ids, by which an operator finds the ticket."""
    change = record["dynamodb"]
    return {"sequenceNumber": change["SequenceNumber"], "keys": plain(change.get("Keys", {}))}


def change(record: Record) -> Change | None:
    """The change of a ticket or a message in a record; None for a customer's counter."""
    is_removed = record["eventName"] == "REMOVE"
    image = plain(record["dynamodb"]["OldImage" if is_removed else "NewImage"])
    if "customerTicket" in image:
        return MessageChange(messages.from_item(image), is_removed)
    if image["ticketID"] == COUNTER:
        return None
    before = plain(record["dynamodb"].get("OldImage", {}))
    has_lesson = any(image.get(lesson) != before.get(lesson) for lesson in Ticket.LESSONS)
    return TicketChange(items.from_item(image), is_removed, has_lesson)


def event(record: Record) -> Event | None:
    """What others are told of the change of a ticket in a record; None for a customer's counter."""
    time = datetime.fromtimestamp(record["dynamodb"]["ApproximateCreationDateTime"], UTC)
    return event_of(_ticket(record, "OldImage"), _ticket(record, "NewImage"), time)


def _ticket(record: Record, image: str) -> Ticket | None:
    item = plain(record["dynamodb"].get(image) or {})
    return items.from_item(item) if item and item["ticketID"] != COUNTER else None


def _writers(records: Iterable[Record]) -> list[str]:
    """The requests whose writes these are, each once; who removed an item, its stream does not tell."""
    writes = [record["dynamodb"].get("NewImage", {}).get(items.NONCE, {}).get("S", "") for record in records]
    return sorted({telemetry.request_of(write) for write in writes} - {""})
