"""Events on an EventBridge bus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ticketing.errors import Unavailable
from ticketing.kernel.retries import attempted, pause

if TYPE_CHECKING:
    from ticketing.events.event import Event
    from ticketing.kernel.aws.client import JsonClient

type Entry = dict[str, Any]
"""An event as PutEvents takes it."""

SOURCE = "tickets"
"""The source of every event; rules match on it."""
BATCH = 10
"""Entries in one PutEvents (an AWS limit)."""
BATCH_BYTES = 262_144
"""Bytes of all entries of one PutEvents (an AWS limit; an entry alone may be as large)."""
TIME_BYTES = 14
"""Bytes that AWS counts for an entry's time."""
ATTEMPTS = 5
"""Times that the entries which the bus refused are sent."""


@dataclass(frozen=True)
class EventBridgeBus:
    """An EventBus of EventBridge; the client is made when first used."""

    client: Callable[[], JsonClient]
    name: str

    def send(self, events: Sequence[Event]) -> None:
        """Send as many at a time as the bus takes, and again those that it refuses; when it goes on refusing, all
        fail."""
        for batch in _batches(map(self._entry, events)):
            left = batch
            for attempt in range(ATTEMPTS):
                codes = self._refusals(left)
                left = [entry for entry, code in zip(left, codes, strict=True) if code]
                if not left:
                    break
                pause(attempt)
            else:
                refused = ", ".join(sorted(set(filter(None, codes))))
                raise Unavailable("The event bus is busy.", about=f"PutEvents of the event bus: {refused}")

    def _refusals(self, entries: Sequence[Entry]) -> list[str]:
        """Send entries; return for each the code with which the bus refused it, empty where it took it."""
        put = partial(self.client().call, "PutEvents", {"Entries": entries})
        results = attempted("The event bus", put, "PutEvents of the event bus").get("Entries", ())
        if len(results) != len(entries):
            return ["Garbled"] * len(entries)  # this is no answer to these entries
        return [result.get("ErrorCode", "") for result in results]

    def _entry(self, event: Event) -> Entry:
        return {
            "EventBusName": self.name,
            "Source": SOURCE,
            "DetailType": event.name.value,
            "Time": event.time.timestamp(),
            "Detail": event.detail,
        }


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        bytes_ = _bytes(entry)
        if batch and (len(batch) == BATCH or size + bytes_ > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += bytes_
    if batch:
        yield batch


def _bytes(entry: Entry) -> int:
    """Return an entry's size as AWS counts it."""
    return TIME_BYTES + sum(len(entry[part].encode()) for part in ("Source", "DetailType", "Detail"))
