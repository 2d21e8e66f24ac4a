"""What DynamoDB says that requests consume, and how many of them wait for each other."""

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

LATENCY = 0.03
"""Seconds, enough that requests which could be under way together are."""


@dataclass
class Meter:
    """Sums up the requests of a client. `stages` is the longest row of requests of which each began when the one
    before had ended: the round trips that a caller waits for. `latency` (seconds) holds every request up."""

    latency: float = LATENCY
    read: float = 0.0
    written: float = 0.0
    spans: list[tuple[float, float]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def attach(self, client: Any) -> None:
        """Meters a client of DynamoDB."""
        client.meta.events.register("provide-client-params.dynamodb", self._ask)
        client.meta.events.register("before-call.dynamodb", self._begin)
        client.meta.events.register("after-call.dynamodb", self._end)

    def reset(self) -> None:
        """Forgets everything."""
        self.read = self.written = 0.0
        self.spans.clear()

    @property
    def requests(self) -> int:
        """Return the number of requests."""
        return len(self.spans)

    @property
    def stages(self) -> int:
        """See above."""
        stages, ended = 0, 0.0
        for begun, end in sorted(self.spans, key=lambda span: span[1]):
            if begun >= ended:
                stages, ended = stages + 1, end
        return stages

    def _ask(self, params: dict[str, Any], model: Any, **_: Any) -> dict[str, Any]:
        can_tell = "ReturnConsumedCapacity" in model.input_shape.members
        return params | ({"ReturnConsumedCapacity": "TOTAL"} if can_tell else {})

    def _begin(self, context: dict[str, Any], **_: Any) -> None:
        context["begun"] = time.monotonic()
        time.sleep(self.latency)

    def _end(self, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        consumed = parsed.get("ConsumedCapacity", [])
        units = sum(each["CapacityUnits"] for each in (consumed if isinstance(consumed, list) else [consumed]))
        with self._lock:
            if model.name in ("Query", "GetItem", "BatchGetItem", "Scan"):
                self.read += units
            else:
                self.written += units
            self.spans.append((context["begun"], time.monotonic()))
