"""Handles batches of a table's stream, for all slices: reads the records, enters them, and reports the first failure.

A batch is entered as a whole; only when that fails is it entered record by record, so that the record that cannot be
entered is named. Lambda then tries again from there, and after the last try hands what is left of the batch to the
failure queue and goes on with what is behind it. Where the order of records does not matter, those behind the one that
failed are entered all the same, so that nothing is lost with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ticketing import telemetry
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import plain
from ticketing.kernel.timelimit import MARGIN, within
from ticketing.telemetry import logger
from ticketing.tickets.dynamodb.stored import NONCE

if TYPE_CHECKING:
    from ticketing.application import Application

type Record = Mapping[str, Any]
type BatchResponse = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Consumer[C]:
    """A reader of streams: `read` returns the change in a record (None: none), `enter` takes the changes of a batch;
    the `name` is for metrics. `in_order` says that no record may be entered before the one that failed."""

    name: str
    read: Callable[[Record], C | None]
    enter: Callable[[Application, Sequence[C]], None]
    in_order: bool = True

    def handle(self, application: Application, event: Mapping[str, Any], context: telemetry.Context) -> BatchResponse:
        """Enter a batch; the response (ReportBatchItemFailures) names the first record that could not be entered."""
        telemetry.begin(context.aws_request_id)
        records: list[Record] = event["Records"]
        fields = {"records": len(records), "requestIds": _writers(records)}
        with within(context.get_remaining_time_in_millis() / 1000 - MARGIN):
            try:
                self._enter(application, records)
            except Exception:
                logger().warning("batch failed", extra=fields, exc_info=True)
                return self._response(records, self._one_by_one(application, records))
        logger().info("batch entered", extra=fields)
        return self._response(records, [])

    def _enter(self, application: Application, records: Iterable[Record]) -> None:
        self.enter(application, [change for record in records if (change := self.read(record)) is not None])

    def _one_by_one(self, application: Application, records: Sequence[Record]) -> Sequence[Record]:
        """Enter record by record; return those that failed, with `in_order` all behind the first as well. When a
        dependency fails, the records behind are not tried either: they would fail too."""
        failed: list[Record] = []
        for done, record in enumerate(records):
            try:
                self._enter(application, [record])
            except Exception as error:
                logger().exception("record failed", extra=_ids(record))
                failed.append(record)
                if self.in_order or isinstance(error, Unavailable):
                    return [*failed, *records[done + 1 :]]
        return failed

    def _response(self, records: Sequence[Record], failed: Sequence[Record]) -> BatchResponse:
        """Name the first record that failed: Lambda begins again with it."""
        telemetry.count("Background", len(records) - len(failed), work=self.name, result="done")
        telemetry.count("Background", len(failed[:1]), work=self.name, result="failed")
        return {"batchItemFailures": [{"itemIdentifier": each["dynamodb"]["SequenceNumber"]} for each in failed[:1]]}


def _ids(record: Record) -> dict[str, Any]:
    """Return the ids of a record for the log, by which an operator finds the ticket."""
    change = record["dynamodb"]
    return {"sequenceNumber": change["SequenceNumber"], "keys": plain(change.get("Keys", {}))}


def _writers(records: Iterable[Record]) -> list[str]:
    """Return the ids of the requests that wrote the records, each once; the stream does not say who removed an item."""
    writes = [record["dynamodb"].get("NewImage", {}).get(NONCE, {}).get("S", "") for record in records]
    return sorted({telemetry.request_of(write) for write in writes} - {""})
