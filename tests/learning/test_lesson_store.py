"""The contract of Lessons, on every engine; and how the log of lessons is added up in DynamoDB."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.builders import a_ticket
from tests.engines import ENGINES, Tables, moto
from tests.fakes import FakeClock
from tests.lists.fakes import InMemoryLessons
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.learning.dynamodb import lessons as adapter
from ticketing.learning.dynamodb import snapshots
from ticketing.learning.dynamodb.encoding import lesson_attributes, lesson_in, packed, unpacked
from ticketing.learning.dynamodb.lessons import DynamoLessons
from ticketing.learning.features import HASHES
from ticketing.learning.lessons import NOTHING, Counts, Lesson, Subject
from ticketing.learning.ports import Lessons

LESSONS = st.builds(
    Lesson,
    labels=st.frozensets(st.integers(0, 2**53 - 1), max_size=3),
    features=st.frozensets(st.integers(0, HASHES - 1), max_size=30),
)


def a_lesson(label: int = 1, *features: int) -> Lesson:
    return Lesson(frozenset({label}), frozenset(features or (7, 8)))


@dataclass
class School:
    """Lessons about one customer, in one subject; a moment passes before the counts are asked for."""

    lessons: Lessons
    clock: FakeClock
    customerID: int
    subject: Subject = Subject.topics

    def teach(self, ticketID: int, lesson: Lesson, version: int = 1) -> None:
        ticket = a_ticket(customerID=self.customerID, ticketID=ticketID, version=version)
        self.lessons.teach(ticket, self.subject, lesson)

    def counts(self) -> Counts:
        self.clock.pass_(1)
        return self.lessons.counts(self.customerID, self.subject)


@dataclass
class Office:
    """Lessons in DynamoDB, as many processes see them."""

    tables: Tables
    clock: FakeClock = field(default_factory=FakeClock)

    def process(self) -> DynamoLessons:
        return DynamoLessons(Engine(self.tables.client), self.tables.names["lessons"], self.clock.seconds)

    def entries(self, customerID: int, prefix: str) -> list[str]:
        query = {
            "TableName": self.tables.names["lessons"],
            "KeyConditionExpression": "customerSubject = :key AND begins_with(entry, :prefix)",
            "ExpressionAttributeValues": {":key": {"S": f"{customerID}#topics"}, ":prefix": {"S": prefix}},
        }
        return [item["entry"] for item in Engine(self.tables.client).query(query)]


@pytest.fixture(scope="module", params=ENGINES)
def teachable(request: pytest.FixtureRequest) -> Iterator[Callable[[int], School]]:
    """Lessons about a customer, on every engine in turn."""
    clock = FakeClock()
    if request.param == "fake":
        fake = InMemoryLessons()
        yield lambda customerID: School(fake, clock, customerID)
    elif request.param == "moto":
        with moto() as tables:
            lessons = Office(tables, clock).process()
            yield lambda customerID: School(lessons, clock, customerID)
    else:
        lessons = Office(request.getfixturevalue("tables"), clock).process()
        yield lambda customerID: School(lessons, clock, customerID)


@pytest.fixture
def school(teachable: Callable[[int], School], customerID: int) -> School:
    return teachable(customerID)


@pytest.fixture
def office(tables: Tables) -> Office:
    return Office(tables)


def test_nothing_was_taught_at_first(school: School) -> None:
    assert school.counts() == Counts()


def test_lessons_of_different_tickets_add_up(school: School) -> None:
    school.teach(1, a_lesson(1, 7, 8))
    school.teach(2, a_lesson(2, 8))
    assert school.counts().features == {7: {1: 1}, 8: {1: 1, 2: 1}}
    assert school.counts().lessons == {1: 1, 2: 1}


def test_a_lesson_that_is_repeated_counts_once_and_whole_though_its_text_is_gone(school: School) -> None:
    for version, features in ((1, (7, 8)), (1, (7, 8)), (2, (7, 8)), (2, (7,))):
        school.teach(1, a_lesson(1, *features), version)
    assert school.counts() == Counts({1: 1}, {1: 2}, {7: {1: 1}, 8: {1: 1}})


def test_a_lesson_takes_the_place_of_the_tickets_last_one_whatever_its_text_was(school: School) -> None:
    school.teach(1, a_lesson(1, 7, 8))
    school.teach(1, a_lesson(2, 8, 9), version=2)
    assert school.counts() == Counts({2: 1}, {2: 2}, {8: {2: 1}, 9: {2: 1}})


def test_a_lesson_that_is_taken_back_was_never_taught(school: School) -> None:
    school.teach(1, a_lesson())
    school.teach(1, NOTHING, version=2)
    assert school.counts() == Counts()


def test_a_lesson_that_comes_late_is_passed_over(school: School) -> None:
    school.teach(1, a_lesson(1), version=5)
    school.teach(1, a_lesson(2), version=4)
    school.teach(1, NOTHING, version=4)
    assert school.counts().lessons == {1: 1}


def test_a_lesson_that_comes_after_it_was_taken_back_is_passed_over(school: School) -> None:
    school.teach(1, NOTHING, version=2)
    school.teach(1, a_lesson(), version=1)
    assert school.counts() == Counts()


def test_a_lesson_that_was_confirmed_is_not_undone_by_a_late_one(school: School) -> None:
    for version, label in ((1, 1), (3, 1), (2, 2)):
        school.teach(1, a_lesson(label), version)
    assert school.counts().lessons == {1: 1}


def test_in_whatever_order_the_lessons_of_a_ticket_come_the_last_one_counts(teachable: Callable[[int], School]) -> None:
    for n, versions in enumerate(permutations((1, 2, 3))):
        school = teachable(9_000_000 + n)
        for version in versions:
            school.teach(1, a_lesson(version), version)
        assert school.counts().lessons == {3: 1}


def test_customers_and_subjects_are_kept_apart(teachable: Callable[[int], School], customerID: int) -> None:
    ours, theirs = teachable(customerID), teachable(customerID + 8_000_000)
    ours.teach(1, a_lesson())
    assert theirs.counts() == Counts()
    ours.subject = Subject.spam
    assert ours.counts() == Counts()


def test_the_longest_lesson_is_kept(school: School) -> None:
    longest = Lesson(frozenset(range(1, 50)), frozenset(range(HASHES - 1000, HASHES)))
    school.teach(1, longest)
    school.teach(1, Lesson(longest.labels, frozenset(range(1000))), version=2)
    assert school.counts().features.keys() == set(range(1000))


def test_lessons_at_the_same_time_lose_nothing(office: Office, customerID: int) -> None:
    school = School(office.process(), office.clock, customerID)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda ticketID: school.teach(ticketID, a_lesson(ticketID % 3, ticketID % 5)), range(1, 101)))
    assert school.counts().lessons == {0: 33, 1: 34, 2: 33}
    assert sum(school.counts().occurrences.values()) == 100


def test_of_lessons_of_one_ticket_at_the_same_time_the_newest_counts(office: Office, customerID: int) -> None:
    def insist(version: int) -> None:
        try:
            raced.teach(1, a_lesson(version), version)
        except Unavailable:
            insist(version)  # as the queue does

    raced = School(office.process(), office.clock, customerID)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(insist, range(1, 17)))
    assert raced.counts().lessons == {16: 1}


def test_every_process_sees_what_another_teaches(office: Office, customerID: int) -> None:
    teacher, reader = (School(office.process(), office.clock, customerID) for _ in range(2))
    for ticketID in range(1, 6):
        teacher.teach(ticketID, a_lesson())
        assert reader.counts().lessons == {1: ticketID}


def test_an_entry_that_turns_up_late_in_the_log_is_counted(office: Office, customerID: int) -> None:
    clock = FakeClock(office.clock.moment - snapshots.SETTLED_AFTER / 1000 + 2)
    slow = DynamoLessons(Engine(office.tables.client), office.tables.names["lessons"], clock.seconds)
    school = School(office.process(), office.clock, customerID)
    school.teach(1, a_lesson())
    assert school.counts().lessons == {1: 1}
    slow.teach(a_ticket(customerID=customerID, ticketID=2), Subject.topics, a_lesson())
    assert school.counts().lessons == {1: 2}


@pytest.mark.parametrize("part", [snapshots.PART, 50])
def test_a_long_log_is_added_up_and_no_longer_read(
    office: Office, customerID: int, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(snapshots, "KEPT_FROM", 10)
    monkeypatch.setattr(snapshots, "PART", part)
    school = School(office.process(), office.clock, customerID)
    for ticketID in range(1, 41):
        school.teach(ticketID, a_lesson(ticketID % 4, *range(ticketID, ticketID + 20)))
        office.clock.pass_(10)
        known = school.counts()
    assert office.entries(customerID, "sum") == ["sum"]
    assert (len(office.entries(customerID, "part#")) > 1) is (part == 50)
    for entry in office.entries(customerID, "log#")[:25]:
        key = {"customerSubject": {"S": f"{customerID}#topics"}, "entry": {"S": entry}}
        Engine(office.tables.client).call("delete_item", TableName=office.tables.names["lessons"], Key=key)
    assert School(office.process(), office.clock, customerID).counts() == known
    assert known.lessons == dict.fromkeys(range(4), 10)


def test_the_parts_of_a_sum_go_with_it(office: Office, customerID: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "KEPT_FROM", 1)
    school = School(office.process(), office.clock, customerID)
    for ticketID in range(1, 6):
        school.teach(ticketID, a_lesson())
        office.clock.pass_(60)
        school.counts()
    assert len(office.entries(customerID, "part#")) == 1


def test_a_sum_that_goes_less_far_does_not_take_the_place_of_a_newer_one(
    office: Office, customerID: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "KEPT_FROM", 1)
    school = School(office.process(), office.clock, customerID)
    for ticketID in range(1, 4):
        school.teach(ticketID, a_lesson())
    behind = DynamoLessons(
        Engine(office.tables.client), office.tables.names["lessons"], FakeClock(office.clock.moment).seconds
    )
    office.clock.pass_(60)
    assert school.counts().lessons == {1: 3}
    assert behind.counts(customerID, Subject.topics).lessons == {1: 3}
    assert len(office.entries(customerID, "part#")) == 1


def test_processes_that_teach_and_add_up_at_the_same_time_agree_in_the_end(
    office: Office, customerID: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "KEPT_FROM", 5)
    monkeypatch.setattr(snapshots, "SETTLED_AFTER", 1_000_000)  # the clock runs much faster than the threads

    def work(n: int) -> None:
        own = School(office.process(), office.clock, customerID)
        for ticketID in range(n * 12 + 1, n * 12 + 13):
            own.teach(ticketID, a_lesson(ticketID % 2, ticketID % 7))
            own.counts()  # passes the clock on by a second, so that each sum goes further than the one before

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    assert School(office.process(), office.clock, customerID).counts().lessons == {0: 24, 1: 24}


def test_a_sum_whose_parts_are_missing_is_unavailable(office: Office, customerID: int) -> None:
    head: dict[str, Any] = {"customerSubject": f"{customerID}#topics", "entry": "sum", "through": 1}
    item = Engine(office.tables.client).typed(head | {"name": "lost", "parts": 1})
    Engine(office.tables.client).call("put_item", TableName=office.tables.names["lessons"], Item=item)
    with pytest.raises(Unavailable):
        School(office.process(), office.clock, customerID).counts()


def test_only_some_customers_are_remembered(office: Office, customerID: int) -> None:
    lessons = office.process()
    for n in range(adapter.REMEMBERED + 5):
        School(lessons, office.clock, customerID + n * 1_000_000).counts()
    assert len(lessons._known) == adapter.REMEMBERED


@given(LESSONS, st.sampled_from(["", "former"]))
def test_a_lesson_comes_back_from_an_item_as_it_was(lesson: Lesson, prefix: str) -> None:
    assert lesson_in(lesson_attributes(lesson, prefix), prefix) == lesson


@given(st.lists(LESSONS, max_size=5), st.frozensets(st.text(max_size=5)))
@effort(max_examples=50)
def test_counts_come_back_as_they_were(lessons: list[Lesson], later: frozenset[str]) -> None:
    counts = Counts()
    for lesson in lessons:
        counts.replace(NOTHING, lesson)
    assert unpacked(packed(counts, later)) == (counts, set(later))
