"""Checks how much a merge of partitions reads, and how often it waits for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

import pytest

from ticketing.kernel.dynamodb.engine import Engine
from ticketing.lists.dynamodb.merge import FIRST_CHUNK, LARGEST_CHUNK, SMALLEST_CHUNK, Merge, Partition


@dataclass
class Entries:
    """An engine that holds ascending numbers by partition, and drops those that are no multiple of `kept`."""

    partitions: dict[str, list[int]]
    kept: int = 1
    limits: list[int] = field(default_factory=list)
    rounds: int = 0
    """How often it was waited for what was asked since."""
    _is_waited_for: bool = True

    def ask(self, operation: str, partition: str, Limit: int, ExclusiveStartKey: int = 0) -> Callable[[], Any]:
        assert operation == "query"
        self.limits.append(Limit)
        self.rounds += self._is_waited_for
        self._is_waited_for = False
        return lambda: self._reply(partition, Limit, ExclusiveStartKey)

    def _reply(self, partition: str, Limit: int, ExclusiveStartKey: int) -> Any:
        self._is_waited_for = True
        end = ExclusiveStartKey + Limit
        entries = self.partitions[partition]
        looked_at = entries[ExclusiveStartKey:end]
        items = [{"n": {"N": str(n)}} for n in looked_at if n % self.kept == 0]
        rest = {"LastEvaluatedKey": end} if end < len(entries) else {}
        return {"Items": items, "ScannedCount": len(looked_at), **rest}


def merging(entries: Entries, wanted: int) -> list[int]:
    """Return the first of all entries in order, as many as are wanted."""
    engine = cast("Engine", entries)
    merge = Merge([Partition(engine, {"partition": name}) for name in entries.partitions], wanted)
    rows = merge.rows(lambda row: f"{row['n']['N']:0>9}", descending=False)
    return [int(row["n"]["N"]) for row, _ in zip(rows, range(wanted), strict=False)]


def spread(count: int, weights: dict[str, float]) -> dict[str, list[int]]:
    """Return numbers dealt out by chance."""
    chance = Random(7)  # noqa: S311 - a population, no secret
    dealt: dict[str, list[int]] = {name: [] for name in weights}
    for n in range(1, count + 1):
        dealt[chance.choices([*weights], [*weights.values()])[0]].append(n)
    return dealt


SHARES = {"closed": 0.686, "open": 0.294, "closed-spam": 0.014, "open-spam": 0.006}


@pytest.mark.parametrize("wanted", [5_000, 10_001])
def test_what_is_skipped_is_read_and_little_more(wanted: int) -> None:
    entries = Entries(spread(40_000, SHARES))
    assert merging(entries, wanted) == list(range(1, wanted + 1))
    assert sum(entries.limits) < wanted + 300
    assert entries.rounds <= 6
    assert max(entries.limits) <= LARGEST_CHUNK


def test_a_share_that_changes_is_followed() -> None:
    """New tickets are open, old ones closed."""
    entries = Entries({"open": [*range(1, 1_001), *range(9_000, 20_000)], "closed": list(range(1_001, 9_000))})
    assert merging(entries, 5_000) == list(range(1, 5_001))
    assert sum(entries.limits) < 2 * 5_000


def test_a_rare_match_is_looked_for_in_chunks_that_grow() -> None:
    entries = Entries({"one": list(range(1, 5_000))}, kept=1_000)
    assert merging(entries, 2) == [1_000, 2_000]
    assert entries.limits[:5] == [30, 30, 60, 120, 240]


def test_a_page_asks_each_partition_once_and_stops() -> None:
    entries = Entries(spread(40_000, SHARES))
    merging(entries, 26)
    assert (entries.limits, entries.rounds) == ([SMALLEST_CHUNK] * 4, 1)


def test_a_merge_gives_more_than_was_wanted() -> None:
    entries = Entries({"one": list(range(1, 500)), "none": []})
    merge = Merge([Partition(cast("Engine", entries), {"partition": name}) for name in entries.partitions], 5)
    assert len(list(merge.rows(lambda row: f"{row['n']['N']:0>9}", descending=False))) == 499


def test_the_first_chunks_are_asked_for_before_the_first_match_is() -> None:
    entries = Entries(spread(1_000, SHARES))
    engine = cast("Engine", entries)
    Merge([Partition(engine, {"partition": name}) for name in SHARES], 900).rows(str, descending=False)
    assert entries.limits == [FIRST_CHUNK] * 4
