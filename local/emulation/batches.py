"""Batches of a table's stream fail as on AWS: in part, in halves, for a number of times, then into a queue or bucket.

The emulator would lose the records that a function reports as failed, and deliver a batch that fails whole for ever.
"""

import json
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any

type Record = dict[str, Any]
type Invoke = Callable[[Any, dict[str, Any]], dict[str, Any]]

DONE: dict[str, Any] = {"body": {"batchItemFailures": []}}
TRY_LATER: dict[str, Any] = {"error": True, "body": {"errorMessage": "a record could not be processed yet"}}
"""Makes the emulator deliver the same records again, a second later."""


def fail_in_parts() -> None:
    """Makes the emulator's stream mappings heed partial failures, bisection, retries and the failure queue."""
    functions: Any = import_module("ministack.services.lambda_svc")
    delivery = Delivery(functions, functions._execute_function)
    functions._execute_function = delivery.execute


class Delivery:
    """Delivers batches; remembers per record what is settled, and how often the first of a batch has failed."""

    def __init__(self, functions: Any, invoke: Invoke) -> None:
        self._functions = functions
        self._invoke = invoke
        self._settled: set[tuple[str, str]] = set()
        self._tries: Counter[tuple[str, str]] = Counter()

    def execute(self, function: Any, event: dict[str, Any]) -> dict[str, Any]:
        """Calls the function; a batch of a stream is delivered until nothing of it is left, or is to be tried later."""
        records = event.get("Records") or [{}]
        if records[0].get("eventSource") != "aws:dynamodb":
            return self._invoke(function, event)
        mapping = self._mapping(function, records[0]["eventSourceARN"])
        pending = [record for record in records if self._key(mapping, record) not in self._settled]
        if not self._is_delivered(mapping, function, pending):
            return TRY_LATER
        self._settled -= {self._key(mapping, record) for record in records}
        return DONE

    def _is_delivered(self, mapping: Any, function: Any, records: list[Record]) -> bool:
        if not records:
            return True
        failed = self._failed_from(records, self._invoke(function, {"Records": records}))
        self._settled |= {self._key(mapping, record) for record in records[:failed]}
        left = records[failed:]
        if not left:
            return True
        if len(left) > 1 and mapping.get("BisectBatchOnFunctionError"):
            half = len(left) // 2
            return all(self._is_delivered(mapping, function, part) for part in (left[:half], left[half:]))
        return self._is_given_up(mapping, function, left)

    def _failed_from(self, records: list[Record], result: dict[str, Any]) -> int:
        """The place of the first record that failed; beyond the last where none did."""
        if result.get("error"):
            return 0
        body = result.get("body") or {}
        answer = json.loads(body) if isinstance(body, str) else body
        failed = {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}
        places = (n for n, record in enumerate(records) if record["dynamodb"]["SequenceNumber"] in failed)
        return next(places, len(records))

    def _is_given_up(self, mapping: Any, function: Any, records: list[Record]) -> bool:
        key = self._key(mapping, records[0])
        self._tries[key] += 1
        allowed = mapping.get("MaximumRetryAttempts", -1)
        if allowed < 0 or self._tries[key] <= allowed:
            return False
        del self._tries[key]
        if not set_aside_whole(mapping, records):
            self._functions._send_ddb_stream_failure_record(
                mapping, function, records, mapping["EventSourceArn"], {}, "RetryAttemptsExhausted"
            )
        self._settled |= {self._key(mapping, record) for record in records}
        return True

    def _mapping(self, function: Any, stream: str) -> Any:
        name = (function.get("config") or function)["FunctionName"]
        mappings = (mapping for _, _, mapping in self._functions._iter_all_esms())
        return next(one for one in mappings if one["EventSourceArn"] == stream and one["FunctionName"] == name)

    @staticmethod
    def _key(mapping: Any, record: Record) -> tuple[str, str]:
        return mapping["UUID"], record["dynamodb"]["SequenceNumber"]


def set_aside_whole(mapping: Any, records: list[Record]) -> bool:
    """Put the records into the bucket that the mapping names for what failed; return False where it names none."""
    destination = mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    _, is_bucket, bucket = destination.partition(":s3:::")
    if is_bucket:
        objects: Any = import_module("ministack.services.s3")
        moment = time.strftime("%Y-%m-%dT%H.%M.%S", time.gmtime())
        key = f"aws/lambda/{mapping['UUID']}/shard/{moment}-{records[0]['dynamodb']['SequenceNumber']}"
        body = {"version": "1.0", "payload": json.dumps({"Records": records})}
        objects._put_object(bucket, key, json.dumps(body).encode(), {})
    return bool(is_bucket)
