"""Partitions of an index, merged in their order.

When one of them runs dry, it and the others are asked at the same time for what they are likely to give of what is
still wanted, as far as what they gave can tell. So a deep page takes few round trips, and reads little that it does
not skip.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any

from ticketing.kernel.retries import AT_ONCE

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Engine
    from ticketing.kernel.dynamodb.values import AttributeValues
    from ticketing.lists.dynamodb.index_queries import Query

SMALLEST_CHUNK = 30
"""Index entries asked for at least: they cost no more than fewer do, so that one that is dropped by the other filters
seldom costs a round trip."""
FIRST_CHUNK = 120
"""Index entries asked for at most before anything is known of a partition: the largest page and a few more."""
LARGEST_CHUNK = 4_000
"""Index entries asked for at once at most: about 500 KB of what deep pages skip."""
GROWTH = 8
"""Times what was looked at of a partition so far that it is asked for at most."""


@dataclass
class Partition:
    """A partition, `query` reading it from where it was left; and those of its matches that are not merged yet."""

    engine: Engine
    query: Query
    rows: deque[AttributeValues] = field(default_factory=deque)
    looked_at: int = 0
    found: int = 0
    is_read_out: bool = False

    def ask(self, limit: int) -> Callable[[], None]:
        """Ask for up to so many entries more, and return what waits for them."""
        wait = self.engine.ask("query", **self.query, Limit=limit)
        return lambda: self._take(wait())

    def _take(self, reply: Mapping[str, Any]) -> None:
        self.rows.extend(reply["Items"])
        self.looked_at += reply["ScannedCount"]
        self.found += len(reply["Items"])
        self.is_read_out = "LastEvaluatedKey" not in reply
        if not self.is_read_out:
            self.query = self.query | {"ExclusiveStartKey": reply["LastEvaluatedKey"]}

    @property
    def passed(self) -> float:
        """Return about how many of the entries that were looked at are used up: their matches are merged."""
        return self.looked_at * (1 - len(self.rows) / self.found) if self.found else self.looked_at

    def lacking(self, times: float) -> int:
        """Return how many more entries should be looked at to find `times` as many matches as were merged so far, with
        a reserve of one standard deviation."""
        likely = self.passed * times
        return int(likely + sqrt(likely) + self.passed - self.looked_at)


@dataclass
class Merge:
    """A merge of partitions of which about `wanted` matches are used; `merged` counts those that were."""

    partitions: Collection[Partition]
    wanted: int
    merged: int = 0

    def rows(self, key: Callable[[AttributeValues], str], descending: bool) -> Iterator[AttributeValues]:
        """Return the matches in the order of a key, in which each partition gives its own. Their first entries are
        asked for before the first match is."""
        first = max(SMALLEST_CHUNK, min(self.wanted, FIRST_CHUNK))
        wait = _ask([(each, first) for each in self.partitions])

        def rows() -> Iterator[AttributeValues]:
            wait()
            for row in heapq.merge(*map(self._stream, self.partitions), key=key, reverse=descending):
                self.merged += 1
                yield row

        return rows()

    def _stream(self, partition: Partition) -> Iterator[AttributeValues]:
        while partition.rows or not partition.is_read_out:
            while partition.rows:
                yield partition.rows.popleft()
            if not partition.is_read_out:
                self._read_on()

    def _read_on(self) -> None:
        limits = [(each, self._limit(each)) for each in self.partitions if not each.is_read_out]
        _ask([(each, limit) for each, limit in limits if limit])()

    def _limit(self, partition: Partition) -> int:
        """Return how many entries a partition is asked for; none if it holds matches and too little is lacking, or too
        little known, to ask ahead."""
        likely = partition.looked_at
        if self.merged:
            likely = partition.lacking(max(0, self.wanted - self.merged) / self.merged)
        if partition.rows and min(likely, partition.passed) < SMALLEST_CHUNK:
            return 0
        return max(SMALLEST_CHUNK, min(likely, GROWTH * partition.looked_at, LARGEST_CHUNK))


def _ask(limits: Sequence[tuple[Partition, int]]) -> Callable[[], None]:
    """Ask partitions for so many entries each, and return what waits for them."""
    waits = [partition.ask(limit) for partition, limit in limits[:AT_ONCE]]

    def wait() -> None:
        for each in waits:
            each()
        if later := limits[AT_ONCE:]:
            _ask(later)()

    return wait
