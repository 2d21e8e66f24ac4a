"""Writes counts as bytes, and lessons as attributes of an item.

A feature takes three bytes in a lesson. Counts are JSON, compressed: about three bytes per feature and label, and read
more quickly than anything unpacked in Python.
"""

import json
import zlib
from collections.abc import Collection, Mapping
from itertools import batched, chain
from typing import Any

from ticketing.learning.lessons import Counts, Lesson

_BYTES = 3  # of a feature, which is below features.HASHES


def packed(counts: Counts, later: Collection[str]) -> bytes:
    """Write counts, and the names of log entries that are in them. A feature is written as its distance from the one
    before, then label and count in turn."""
    rows, last = [], 0
    for feature in sorted(counts.features):
        rows.append([feature - last, *chain.from_iterable(sorted(counts.features[feature].items()))])
        last = feature
    document = {"lessons": sorted(counts.lessons.items()), "features": rows, "later": sorted(later)}
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode())


def unpacked(data: bytes) -> tuple[Counts, set[str]]:
    """Read what `packed` wrote."""
    document = json.loads(zlib.decompress(data))
    counts, feature = Counts(lessons=dict(document["lessons"])), 0
    for distance, *pairs in document["features"]:
        feature += distance
        for label, count in batched(pairs, 2, strict=True):
            counts.add(feature, label, count)
    return counts, set(document["later"])


def lesson_attributes(lesson: Lesson, prefix: str = "") -> dict[str, Any]:
    """Return a lesson as two attributes whose names begin with the prefix."""
    features = b"".join(feature.to_bytes(_BYTES) for feature in sorted(lesson.features))
    return {f"{prefix}labels": sorted(lesson.labels), f"{prefix}features": features}


def lesson_in(item: Mapping[str, Any], prefix: str = "") -> Lesson:
    """Return the lesson that `lesson_attributes` wrote."""
    features = batched(bytes(item[f"{prefix}features"]), _BYTES, strict=True)
    return Lesson(frozenset(item[f"{prefix}labels"]), frozenset(int.from_bytes(bytes(three)) for three in features))
