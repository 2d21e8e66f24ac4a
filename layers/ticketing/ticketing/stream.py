"""Batches of a table's stream, exactly once here: read, entered, and answered with what failed.

A batch is entered as a whole; only when that fails is it entered record by record, so that the record that cannot be
entered is named. Lambda then tries again from there, in ever smaller batches, and after the last try hands the record
to the failure queue and goes on with what is behind it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from ticketing.adapters.dynamodb import items, messages
from ticketing.adapters.dynamodb.engine import plain
from ticketing.adapters.dynamodb.tickets import COUNTER
from ticketing.domain.ticket import Ticket
from ticketing.telemetry import logger
from ticketing.usecases.indexing import MessageChange, TicketChange

type Record = dict[str, Any]
type Change = TicketChange | MessageChange
type Enter = Callable[[Sequence[Change]], None]


def entered(event: dict[str, Any], enter: Enter) -> dict[str, Any]:
    """Enters a batch; the answer (ReportBatchItemFailures) names the first record that could not be entered."""
    records: list[Record] = event["Records"]
    try:
        enter(_changes(records))
    except Exception as error:
        logger().warning("batch failed", extra={"records": len(records), "error": type(error).__name__})
        return {"batchItemFailures": _one_by_one(records, enter)}
    logger().info("batch entered", extra={"records": len(records)})
    return {"batchItemFailures": []}


def _one_by_one(records: Sequence[Record], enter: Enter) -> list[dict[str, str]]:
    for record in records:
        try:
            enter(_changes([record]))
        except Exception:
            sequence_number = record["dynamodb"]["SequenceNumber"]
            logger().exception("record failed", extra={"sequenceNumber": sequence_number})
            return [{"itemIdentifier": sequence_number}]
    return []


def _changes(records: Sequence[Record]) -> list[Change]:
    return [change for record in records if (change := _change(record)) is not None]


def _change(record: Record) -> Change | None:
    """The change in a record; None for a customer's counter."""
    is_removed = record["eventName"] == "REMOVE"
    image = plain(record["dynamodb"]["OldImage" if is_removed else "NewImage"])
    if "customerTicket" in image:
        return MessageChange(messages.from_item(image), is_removed)
    if image["ticketID"] == COUNTER:
        return None
    before = plain(record["dynamodb"].get("OldImage", {}))
    has_lesson = any(image.get(lesson) != before.get(lesson) for lesson in Ticket.LESSONS)
    return TicketChange(items.from_item(image), is_removed, has_lesson)
