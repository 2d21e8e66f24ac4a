"""Checks followers of a customer in whose tickets nothing changed for a month, or ever, miss nothing that comes next.

DynamoDB deletes what has ended within two days, in no order; so it may be that a log is begun by several at once.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import Any

import pytest

from tests.backends import Backend, on
from tests.builders import a_rep, a_ticket
from tests.engines import Tables
from ticketing.feed.dynamodb import DAY, DynamoFeedLog
from ticketing.feed.following import Following
from ticketing.feed.ports import LASTS, FeedLog
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.tickets.views import Labels

HOUR = 60 * 60


def append(log: FeedLog, customerID: int, ticketID: int) -> None:
    log.append(customerID, {ticketID: 1}, Deadline(monotonic() + 30))


@dataclass
class Watcher:
    """A follower who was up to date before anything changed."""

    backend: Backend
    customerID: int
    since: str = "now"
    told: list[int] = field(default_factory=list)

    def catch_up(self) -> None:
        backend, caller = self.backend, a_rep("Administrator", 11, customerID=self.customerID)
        labels = Labels(backend.directory)
        following = Following(backend.feed_log, backend.ticket_walk, backend.store, labels, backend.clock.now)
        is_up_to_date = False
        while not is_up_to_date:
            page = following.page(caller, self.since, 100).page
            self.told += [item.ticketID for item in page.items]
            self.since, is_up_to_date = page.next, page.isUpToDate


@pytest.fixture
def backend(tables: Tables, customerID: int) -> Backend:
    backend = on(tables)
    for ticketID in (7, 8, 9):
        backend.store.create(a_ticket(customerID=customerID, ticketID=ticketID))
    return backend


@pytest.fixture
def watcher(backend: Backend, customerID: int) -> Watcher:
    watcher = Watcher(backend, customerID)
    watcher.catch_up()
    return watcher


def drop_last(log: FeedLog, customerID: int) -> None:
    assert isinstance(log, DynamoFeedLog)
    key = log.engine.typed({"customerID": customerID, "number": log.end(customerID)})
    log.engine.call("delete_item", TableName=log.table, Key=key)


def test_a_change_is_told_though_the_last_entry_went_before_an_earlier_one(
    backend: Backend, watcher: Watcher, customerID: int
) -> None:
    for ticketID in (7, 8):
        append(backend.feed_log, customerID, ticketID)
    for _ in range(4):  # asks every now and then, so that the bookmark stays young
        watcher.catch_up()
        backend.clock.pass_(LASTS / 4 + HOUR)
    drop_last(backend.feed_log, customerID)
    append(backend.feed_log, customerID, 9)
    watcher.catch_up()
    assert watcher.told == [7, 8, 9]


class Paused(Engine):
    """Waits before its first write until it may go on."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.client)
        self.is_there, self.may_go_on = Event(), Event()

    def call(self, operation: str, **parameters: Any) -> Any:
        if operation == "put_item":
            self.is_there.set()
            assert self.may_go_on.wait(30)
        return super().call(operation, **parameters)


@dataclass
class Slow:
    """Has found the end of a log, by its own clock, and appends behind that when it is let."""

    engine: Paused
    appended: Future[None]

    @classmethod
    def begun(cls, tables: Tables, now: Callable[[], datetime], customerID: int, ticketID: int) -> "Slow":
        engine = Paused(tables)
        log = DynamoFeedLog(engine, tables.names["feed"], now)
        pool = ThreadPoolExecutor(1)
        slow = cls(engine, pool.submit(append, log, customerID, ticketID))
        pool.shutdown(wait=False)
        assert engine.is_there.wait(30)
        return slow

    def go_on(self) -> None:
        self.engine.may_go_on.set()
        self.appended.result(30)


@pytest.mark.parametrize("ahead", [-0.005, 0, 0.005])
def test_of_two_who_begin_a_log_at_once_neither_is_passed_over(
    tables: Tables, backend: Backend, watcher: Watcher, customerID: int, ahead: float
) -> None:
    slow = Slow.begun(tables, lambda: backend.clock.now() + timedelta(seconds=ahead), customerID, 7)
    append(backend.feed_log, customerID, 8)
    watcher.catch_up()
    slow.go_on()
    watcher.catch_up()
    assert set(watcher.told) == {7, 8}


def test_who_goes_on_from_a_log_beside_which_another_was_begun_is_not_passed_over(
    tables: Tables, backend: Backend, watcher: Watcher, customerID: int
) -> None:
    ahead = Slow.begun(tables, lambda: backend.clock.now() + timedelta(seconds=1), customerID, 7)
    append(backend.feed_log, customerID, 8)
    behind = Slow.begun(tables, backend.clock.now, customerID, 9)
    ahead.go_on()
    watcher.catch_up()
    behind.go_on()
    watcher.catch_up()
    assert set(watcher.told) == {7, 8, 9}


def test_who_goes_on_from_an_end_that_another_takes_for_none_is_not_passed_over(
    tables: Tables, backend: Backend, watcher: Watcher, customerID: int
) -> None:
    append(backend.feed_log, customerID, 7)
    watcher.catch_up()
    backend.clock.pass_(LASTS - DAY)
    behind = Slow.begun(tables, lambda: backend.clock.now() - timedelta(seconds=1), customerID, 8)
    append(backend.feed_log, customerID, 9)
    watcher.since = "now"  # a bookmark of today
    watcher.catch_up()
    behind.go_on()
    watcher.catch_up()
    assert set(watcher.told) == {7, 8}
