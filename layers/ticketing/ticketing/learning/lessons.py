"""Lessons of representatives, and their counts, which are the same whatever order the lessons came in."""

from dataclasses import dataclass, field
from enum import StrEnum


class Subject(StrEnum):
    """The two kinds of lessons, each with counts of its own."""

    spam = "spam"
    topics = "topics"


@dataclass(frozen=True)
class Lesson:
    """Says that a text with these features (`features.features`) has these labels."""

    labels: frozenset[int] = frozenset()
    features: frozenset[int] = frozenset()


NOTHING = Lesson()
"""The lesson of a ticket that was never taught, and of one whose lesson was taken back."""


@dataclass
class Counts:
    """Counts how many lessons each label had, and how many of them had each feature; zeros are left out."""

    lessons: dict[int, int] = field(default_factory=dict)
    occurrences: dict[int, int] = field(default_factory=dict)
    features: dict[int, dict[int, int]] = field(default_factory=dict)

    def replace(self, former: Lesson, lesson: Lesson) -> None:
        """Count a lesson in the place of a former one; NOTHING stands for none."""
        self._add(former, -1)
        self._add(lesson, 1)

    def add(self, feature: int, label: int, count: int) -> None:
        """Count a feature `count` times more with a label."""
        _add(self.features.setdefault(feature, {}), label, count)
        if not self.features[feature]:
            del self.features[feature]
        _add(self.occurrences, label, count)

    def _add(self, lesson: Lesson, count: int) -> None:
        for label in lesson.labels:
            _add(self.lessons, label, count)
            for feature in lesson.features:
                self.add(feature, label, count)


def _add(counts: dict[int, int], key: int, count: int) -> None:
    counts[key] = counts.get(key, 0) + count
    if not counts[key]:
        del counts[key]
