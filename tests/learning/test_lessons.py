"""Checks what lessons count to."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ticketing.learning.lessons import NOTHING, Counts, Lesson

LESSONS = st.builds(
    Lesson,
    labels=st.frozensets(st.integers(0, 3), min_size=1, max_size=2),
    features=st.frozensets(st.integers(0, 9), max_size=6),
)


def counted(lessons: list[Lesson]) -> Counts:
    counts = Counts()
    for lesson in lessons:
        counts.replace(NOTHING, lesson)
    return counts


def test_a_lesson_counts_once_for_each_label_and_feature() -> None:
    counts = counted([Lesson(frozenset({1, 2}), frozenset({7, 8})), Lesson(frozenset({1}), frozenset({8}))])
    assert counts.lessons == {1: 2, 2: 1}
    assert counts.features == {7: {1: 1, 2: 1}, 8: {1: 2, 2: 1}}
    assert counts.occurrences == {1: 3, 2: 2}


@given(st.lists(LESSONS), st.randoms())
def test_the_order_of_lessons_does_not_matter(lessons: list[Lesson], random: Random) -> None:
    other = list(lessons)
    random.shuffle(other)
    assert counted(other) == counted(lessons)


@given(st.lists(LESSONS), LESSONS)
def test_what_is_taken_back_was_never_taught(lessons: list[Lesson], mistake: Lesson) -> None:
    counts = counted([*lessons, mistake])
    counts.replace(mistake, NOTHING)
    assert counts == counted(lessons)


@given(st.lists(LESSONS), LESSONS, LESSONS)
def test_a_correction_leaves_nothing_of_the_mistake(lessons: list[Lesson], mistake: Lesson, right: Lesson) -> None:
    counts = counted([mistake, *lessons])
    counts.replace(mistake, right)
    assert counts == counted([*lessons, right])


@given(st.lists(LESSONS), LESSONS)
def test_changes_may_come_in_any_order(lessons: list[Lesson], mistake: Lesson) -> None:
    counts = Counts()
    counts.replace(mistake, NOTHING)
    for lesson in [*lessons, mistake]:
        counts.replace(NOTHING, lesson)
    assert counts == counted(lessons)
