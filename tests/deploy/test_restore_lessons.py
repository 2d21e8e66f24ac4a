"""Checks lessons that were lost count again once they are restored, though others were taught and added up since."""

import pytest

from tests.builders import ACME, a_ticket
from tests.deploy.loss import Live
from tests.fakes import FakeClock
from ticketing.learning.dynamodb import snapshots
from ticketing.learning.dynamodb.lessons import DynamoLessons
from ticketing.learning.lessons import Lesson, Subject

HOUR = 60 * 60
LESSON = Lesson(frozenset({1}), frozenset({7, 8}))


def test_lessons_that_are_restored_count_beside_those_that_were_taught_since(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "KEPT_FROM", 1)  # in earnest two hundred
    clock = FakeClock()

    def lessons() -> DynamoLessons:
        """Lessons as a new process reads them."""
        clock.pass_(HOUR)
        return DynamoLessons(live.adapters.dynamodb, live.tables.names["lessons"], clock.seconds)

    for ticketID in (1, 2, 3):
        lessons().teach(a_ticket(ticketID=ticketID), Subject.topics, LESSON)
    live.remember()
    for item in live.scanned("lessons"):
        key = live.typed({name: item[name] for name in ("customerSubject", "entry")})
        live.adapters.dynamodb.call("delete_item", TableName=live.tables.names["lessons"], Key=key)
    lessons().teach(a_ticket(ticketID=4), Subject.topics, LESSON)
    warm = lessons()
    assert warm.counts(ACME, Subject.topics).lessons == {1: 1}
    for _ in range(2):
        live.restore("--tables", "lessons")
        assert lessons().counts(ACME, Subject.topics).lessons == {1: 4}
        clock.pass_(1)
        assert warm.counts(ACME, Subject.topics).lessons == {1: 4}


def test_a_dry_run_has_no_lesson_counted_again(live: Live) -> None:
    lessons = DynamoLessons(live.adapters.dynamodb, live.tables.names["lessons"], FakeClock().seconds)
    lessons.teach(a_ticket(), Subject.topics, LESSON)
    live.remember()
    before = live.scanned("lessons")
    live.restore("--dry-run")
    assert live.scanned("lessons") == before
