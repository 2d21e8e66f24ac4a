"""Meters what DynamoDB says that requests consume, and how many of them wait for each other."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from ticketing.kernel.aws.client import JsonClient

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

    def attach(self, client: JsonClient) -> None:
        """Meter a client."""
        ask = client.ask

        def metered(operation: str, parameters: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
            begun = time.monotonic()
            can_tell = operation != "DescribeTable"
            wait = ask(operation, {**parameters, **({"ReturnConsumedCapacity": "TOTAL"} if can_tell else {})})

            def answer() -> dict[str, Any]:
                time.sleep(max(0, begun + self.latency - time.monotonic()))
                reply = wait()
                self._note(operation, reply.get("ConsumedCapacity", []), (begun, time.monotonic()))
                return reply

            return answer

        client.ask = metered  # type: ignore[method-assign]

    def reset(self) -> None:
        """Forget everything."""
        self.read = self.written = 0.0
        self.spans.clear()

    @property
    def requests(self) -> int:
        """Return the number of requests."""
        return len(self.spans)

    @property
    def stages(self) -> int:
        """Return the longest row of requests that wait for each other."""
        stages, ended = 0, 0.0
        for begun, end in sorted(self.spans, key=lambda span: span[1]):
            if begun >= ended:
                stages, ended = stages + 1, end
        return stages

    def _note(self, operation: str, consumed: Any, span: tuple[float, float]) -> None:
        units = sum(each["CapacityUnits"] for each in (consumed if isinstance(consumed, list) else [consumed]))
        with self._lock:
            if operation in ("Query", "GetItem", "BatchGetItem", "Scan"):
                self.read += units
            else:
                self.written += units
            self.spans.append(span)
