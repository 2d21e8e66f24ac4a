"""Checks lessons outlive the messages that they were taught with, whatever is delivered again or brought back."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.builders import ACME
from tests.bulk.test_bulk import done, ticket
from tests.engines import Tables, moto
from tests.fakes import FakeClock
from tests.jobs.test_worker import say
from tests.stream_records import a_batch, a_record
from tests.world import World
from ticketing.directory.author import SYSTEM
from ticketing.errors import Unavailable
from ticketing.jobs.job import CleanUp
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.learning.classifiers import LearningSpamFilter
from ticketing.learning.dynamodb.lessons import DynamoLessons
from ticketing.learning.features import features
from ticketing.learning.lessons import Subject

TAUGHT = features("Hello\nYou won the lottery")


@dataclass
class School:
    """The API, whose spam filter learns in DynamoDB, with a spam that was taught and deleted."""

    tables: Tables
    world: World = field(default_factory=World)
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.lessons = DynamoLessons(Engine(self.tables.client), self.tables.names["lessons"], self.clock.seconds)
        self.world.application.adapters.spam_filter = LearningSpamFilter(self.lessons)
        self.world.keep(subject="Hello")
        say(self.world, "You won the lottery")
        done(self.world, "spam")
        assert self.world.work() == []
        self.deleted = ticket(self.world)
        self.world.call("DELETE", "/api/Tickets/1").as_expected(204)
        (self.clean_up,) = self.world.jobs.sent
        assert isinstance(self.clean_up, CleanUp)

    def learnt(self) -> frozenset[int]:
        self.clock.pass_(1)
        return frozenset(self.lessons.counts(ACME, Subject.spam).features)


@pytest.fixture
def school() -> Iterator[School]:
    with moto() as tables:
        yield School(tables)


def test_a_clean_up_that_is_delivered_twice_keeps_what_was_learnt(school: School) -> None:
    assert school.world.work() == []
    assert school.learnt() == TAUGHT
    school.world.jobs.sent = [school.clean_up]
    assert school.world.work(delivery=2) == []
    assert school.learnt() == TAUGHT


def test_a_clean_up_that_fails_halfway_keeps_what_was_learnt(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(customerID: int, ticketID: int) -> bool:  # noqa: ARG001 - none is removed
        raise Unavailable("The store is busy.")

    with monkeypatch.context() as patched:
        patched.setattr(school.world.histories, "delete_some", fail)
        assert school.world.work() == [school.clean_up]
    assert school.world.work(delivery=2) == []
    assert school.learnt() == TAUGHT


def test_a_ticket_that_is_restored_before_its_messages_keeps_what_was_learnt(school: School) -> None:
    """`python -m deploy restore` brings tickets back first, for messages need theirs."""
    assert school.world.work() == []
    leap = {"version": school.deleted.version + 10_000 - 1}
    restored = school.deleted.model_copy(update=leap).next_version(SYSTEM, school.deleted.dateCreated)
    school.world.store.kept[ACME, 1] = restored
    assert school.world.run("indexer", a_batch(a_record(None, restored))) == {"batchItemFailures": []}
    assert school.world.work() == []
    assert school.learnt() == TAUGHT
