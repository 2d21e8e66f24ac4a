"""The contracts of FeedLog and TicketWalk, on every engine."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

import pytest

from tests.backends import Backend, on
from tests.builders import a_ticket
from tests.engines import Tables
from ticketing.feed.dynamodb import DAY, DynamoFeedLog
from ticketing.feed.ports import LASTS, LogEntry
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.ports import Contended
from ticketing.tickets.ports import TicketStore


def soon() -> Deadline:
    return Deadline(monotonic() + 30)


def test_a_log_begins_empty(backend: Backend, customerID: int) -> None:
    assert backend.feed_log.end(customerID) == 0
    assert backend.feed_log.after(customerID, 0, 10) == []


def test_the_numbers_of_a_log_begin_with_the_time_and_have_no_gaps(backend: Backend, customerID: int) -> None:
    for ticketID in (7, 8, 9):
        backend.feed_log.append(customerID, {ticketID: 1}, soon())
    entries = backend.feed_log.after(customerID, 0, 10, fresh=True)
    first = int(backend.clock.moment * 1000) + 1
    assert [entry.number for entry in entries] == [first, first + 1, first + 2]
    assert [entry.versions for entry in entries] == [{7: 1}, {8: 1}, {9: 1}]
    assert [entry.is_first for entry in entries] == [True, False, False]
    assert {entry.expiresAt for entry in entries} == {int(backend.clock.moment) + LASTS}
    assert backend.feed_log.end(customerID) == first + 2


def test_the_numbers_begin_again_with_the_time_where_the_end_has_less_than_a_day_left(
    backend: Backend, customerID: int
) -> None:
    def appended() -> LogEntry:
        backend.feed_log.append(customerID, {7: 1}, soon())
        return backend.feed_log.after(customerID, 0, 10, fresh=True)[-1]

    first = appended()
    backend.clock.pass_(LASTS - DAY - 1)
    second = appended()
    assert (second.number, second.is_first) == (first.number + 1, False)
    backend.clock.pass_(LASTS - DAY)
    third = appended()
    assert (third.number, third.is_first) == (int(backend.clock.moment * 1000) + 1, True)


def test_an_entry_holds_a_whole_batch_in_its_order(backend: Backend, customerID: int) -> None:
    versions = {ticketID: ticketID % 7 + 1 for ticketID in range(2_000_000, 1_999_900, -1)}
    backend.feed_log.append(customerID, versions, soon())
    (entry,) = backend.feed_log.after(customerID, 0, 10, fresh=True)
    assert list(entry.versions.items()) == list(versions.items())


def test_a_reader_takes_a_few_at_a_time(backend: Backend, customerID: int) -> None:
    for ticketID in range(5):
        backend.feed_log.append(customerID, {ticketID + 1: 1}, soon())
    first, second = backend.feed_log.after(customerID, 0, 2, fresh=True)
    assert [*first.versions, *second.versions] == [1, 2]
    rest = backend.feed_log.after(customerID, second.number, 10, fresh=True)
    assert [ticketID for entry in rest for ticketID in entry.versions] == [3, 4, 5]
    assert backend.feed_log.after(customerID, rest[-1].number, 10) == []


def test_customers_have_logs_of_their_own(backend: Backend, customerID: int) -> None:
    another = customerID + 1_000_000
    backend.feed_log.append(customerID, {1: 1}, soon())
    backend.feed_log.append(another, {2: 1}, soon())
    (entry,) = backend.feed_log.after(customerID, 0, 10, fresh=True)
    assert entry.versions == {1: 1}


def test_many_who_append_at_once_leave_no_gap_and_lose_nothing(atomic: Backend, customerID: int) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: atomic.feed_log.append(customerID, {n: 1}, soon()), range(1, 41)))
    entries = atomic.feed_log.after(customerID, 0, 100, fresh=True)
    assert {entry.number - entries[0].number - place for place, entry in enumerate(entries)} == {0}
    assert sorted(ticketID for entry in entries for ticketID in entry.versions) == [*range(1, 41)]


def test_who_is_always_late_gives_up(tables: Tables, customerID: int) -> None:
    quick = on(tables).feed_log

    class Overtaken(Engine):
        def call(self, operation: str, **parameters: Any) -> Any:
            if operation == "put_item":
                quick.append(customerID, {1: 1}, soon())
            return super().call(operation, **parameters)

    quick.append(customerID, {1: 1}, soon())
    slow = DynamoFeedLog(Overtaken(tables.client), tables.names["feed"], on(tables).clock.now)
    with pytest.raises(Contended):
        slow.append(customerID, {2: 1}, Deadline(at=0))


def a_few(store: TicketStore, customerID: int, *ticketIDs: int) -> None:
    for ticketID in ticketIDs:
        store.create(a_ticket(customerID=customerID, ticketID=ticketID))


def test_a_walk_goes_through_all_tickets_and_ends(backend: Backend, customerID: int) -> None:
    backend.store.next_id(customerID)  # a counter is no ticket
    a_few(backend.store, customerID, 3, 5, 8, 13)
    a_few(backend.store, customerID + 1_000_000, 4)
    seen: list[int] = []
    last: int | None = 0
    while last is not None:
        tickets, last = backend.ticket_walk.after(customerID, last, 3)
        seen += [ticket.ticketID for ticket in tickets]
    assert seen == [3, 5, 8, 13]


def test_a_walk_without_tickets_ends_at_once(backend: Backend, customerID: int) -> None:
    backend.store.next_id(customerID)
    assert backend.ticket_walk.after(customerID, 0, 3) == ([], None)


def test_a_walk_may_end_with_a_page_of_none(backend: Backend, customerID: int) -> None:
    a_few(backend.store, customerID, 1, 2)
    tickets, last = backend.ticket_walk.after(customerID, 0, 2)
    assert [ticket.ticketID for ticket in tickets] == [1, 2]
    assert last is None or backend.ticket_walk.after(customerID, last, 2) == ([], None)
