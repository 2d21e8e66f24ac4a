"""Read streams as AWS does: the emulator's reader loses records that a function reports as failed, delivers a batch
that fails whole for ever, without halves, age or destination, and forgets at a kill what was not read.

Remove when the emulator's reader does as AWS's.
"""

import json
import logging
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from local.emulation.activity import Activity
from local.emulation.queues import keep
from local.emulation.records import Record, Source, place_of

PAUSE = 0.25
"""Seconds between looks at a stream that held no full batch, as on AWS."""
IDLE = 1.0
"""Seconds between looks while nothing is called: only items whose time to live is over go then."""
RETRY = 1.0
"""Seconds from a failure to the next try."""
log = logging.getLogger("streams")


class Places:
    """The place that each reader has come to, on disk."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._guard = threading.Lock()
        self._places: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}

    def of(self, reader: str) -> int:
        """Return the place of the last record that a reader is done with; 0 where there is none."""
        return self._places.get(reader, 0)

    def keep(self, reader: str, place: int) -> None:
        """Note that a reader is done with everything up to a place."""
        with self._guard:
            self._places[reader] = place
            draft = self._file.with_suffix(".new")
            draft.write_text(json.dumps(self._places))
            draft.replace(self._file)


class Delivery:
    """One stream read for one function, which an event source mapping names."""

    def __init__(
        self, functions: Any, source: Source, activity: Activity, places: Places, mapping: dict[str, Any]
    ) -> None:
        self._functions = functions
        self._source = source
        self._activity = activity
        self._places = places
        self._mapping = mapping
        self._table = mapping["EventSourceArn"].split("/")[1]
        self._reader = f"{mapping['FunctionName']} {self._table}"
        self._most = mapping["BatchSize"]

    def go_on(self) -> None:
        """Deliver what there is until the mapping is gone."""
        while self._is_there():
            ended = self._activity.ended
            try:
                records = self._source(self._table, self._places.of(self._reader), self._most)
                self._deliver(self._functions._apply_filter_criteria(records, self._mapping))
                if records:
                    self._places.keep(self._reader, place_of(records[-1]))
            except Exception:
                log.exception("The stream of %s could not be read for %s", self._table, self._reader)
                time.sleep(RETRY)
            else:
                if len(records) < self._most:
                    time.sleep(PAUSE)
                    self._activity.wait(ended, IDLE, PAUSE)

    def _is_there(self) -> bool:
        return any(mapping is self._mapping for mapping in mappings(self._functions))

    def _deliver(self, records: list[Record]) -> None:
        """Call the function until every record is done with, or handed over as failed for good."""
        size, tries = len(records), 0
        while records:
            batch = records[:size]
            done = self._done_of(batch)
            if done:
                self._places.keep(self._reader, place_of(records[done - 1]))
                records, size, tries = records[done:], len(records), 0
            elif size > 1 and self._mapping.get("BisectBatchOnFunctionError"):
                size //= 2
            elif reason := self._reason_to_give_up(tries, batch[0]):
                self._hand_over(batch, reason)
                records, size, tries = records[len(batch) :], len(records), 0
            else:
                tries += 1
                time.sleep(RETRY)

    def _done_of(self, batch: list[Record]) -> int:
        """Return how many records the function is done with: those before the first that failed."""
        stream = self._mapping["EventSourceArn"]
        event = {"Records": [record | {"eventSourceARN": stream} for record in batch]}
        result = self._functions._execute_function(self._function(), event)
        if result.get("error"):
            return 0
        body = result.get("body") or {}
        answer = json.loads(body) if isinstance(body, str) else body
        failed = {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}
        numbers = (record["dynamodb"]["SequenceNumber"] for record in batch)
        return next((place for place, number in enumerate(numbers) if number in failed), len(batch))

    def _function(self) -> Any:
        name, qualifier = self._mapping["FunctionName"], self._mapping.get("Qualifier")
        return self._functions._get_func_record_for_qualifier(name, qualifier)[0]

    def _reason_to_give_up(self, tries: int, record: Record) -> str | None:
        if 0 <= self._mapping.get("MaximumRetryAttempts", -1) <= tries:
            return "RetryAttemptsExhausted"
        age = time.time() - float(record["dynamodb"]["ApproximateCreationDateTime"])
        return "MaxRecordAgeExceeded" if 0 < self._mapping.get("MaximumRecordAgeInSeconds", -1) < age else None

    def _hand_over(self, batch: list[Record], reason: str) -> None:
        """Put word of records that failed for good into the mapping's queue, or the records into its bucket."""
        mapping, stream = self._mapping, self._mapping["EventSourceArn"]
        if not set_aside(mapping, batch):
            self._functions._send_ddb_stream_failure_record(mapping, self._function(), batch, stream, {}, reason)
            keep()
        self._places.keep(self._reader, place_of(batch[-1]))


def set_aside(mapping: dict[str, Any], batch: list[Record]) -> bool:
    """Put the records into the bucket that the mapping names for what failed; return False where it names none."""
    destination = mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    _, is_bucket, bucket = destination.partition(":s3:::")
    if is_bucket:
        moment = time.strftime("%Y-%m-%dT%H.%M.%S", time.gmtime())
        key = f"aws/lambda/{mapping['UUID']}/shard/{moment}-{place_of(batch[0])}"
        payload = json.dumps({"Records": batch})
        body = {"version": "1.0", "requestContext": {"functionArn": mapping["FunctionArn"]}, "payload": payload}
        import_module("ministack.services.s3")._put_object(bucket, key, json.dumps(body).encode(), {})
    return bool(is_bucket)


def mappings(functions: Any) -> Iterator[dict[str, Any]]:
    """Return the event source mappings of streams that are turned on."""
    for _, _, mapping in functions._iter_all_esms():
        if ":dynamodb:" in mapping["EventSourceArn"] and mapping.get("Enabled", True):
            yield mapping


def deliver_streams(source: Source, activity: Activity, file: Path) -> None:
    """Read every stream that has a reader, each in a thread of its own, in place of the emulator's reader."""
    functions: Any = import_module("ministack.services.lambda_svc")
    places, followed = Places(file), dict[int, threading.Thread]()

    def follow_new() -> bool:
        for mapping in mappings(functions):
            thread = followed.get(id(mapping))
            if thread is None or not thread.is_alive():
                delivery = Delivery(functions, source, activity, places, mapping)
                followed[id(mapping)] = threading.Thread(target=delivery.go_on, daemon=True)
                followed[id(mapping)].start()
        return False

    functions._poll_dynamodb_streams = follow_new
