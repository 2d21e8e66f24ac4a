"""The contracts of TicketCounts and Recount, on every engine."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import a_ticket
from tests.engines import ENGINES
from tests.lists.counted import EVERYTHING, LAST, LATER, cells, counted, counted_ticket, ids, place_of, total
from tests.lists.followed import Followed
from ticketing.kernel.ports import Contended
from ticketing.lists.counts import CountedTicket, Move, cell_of, gone
from ticketing.lists.vocabulary import Vocabulary
from ticketing.tickets.facets import CHANNEL, REP, STATUS

IDS = range(1, 41)


def test_nothing_is_known_of_a_new_customer(followed: Followed, customerID: int) -> None:
    ticket_counts = followed.ticket_counts
    assert total(followed, customerID) == 0
    assert ticket_counts.counted_tickets(customerID, [1, 2]) == {}
    assert ticket_counts.counted_tickets(customerID, []) == {}
    assert ticket_counts.in_cells(customerID, [cell_of(a_ticket())]) == []
    assert ticket_counts.due(customerID, LAST, 10) == []
    assert ticket_counts.vocabulary(customerID, []) == Vocabulary()


def test_a_standing_is_kept_as_it_is(followed: Followed, customerID: int) -> None:
    bare = counted(followed, counted_ticket(customerID, 1))
    full = counted(
        followed,
        counted_ticket(
            customerID, 2, status="Closed", uid="a#b", followUpDate=LATER, customerRepID=13, channelID=3, version=7
        ),
    )
    unlisted = counted(followed, counted_ticket(customerID, 3, isProcessed=False))
    removed = counted(followed, gone(customerID, 4, 9))
    kept = followed.ticket_counts.counted_tickets(customerID, [1, 2, 3, 4, 5])
    assert kept == {1: bare, 2: full, 3: unlisted, 4: removed}
    assert followed.ticket_counts.counted_tickets(customerID, [2], fresh=False) == {2: full}
    assert full.waits


def test_tickets_are_counted_in_their_cells(followed: Followed, customerID: int) -> None:
    counted(followed, counted_ticket(customerID, 1, customerRepID=13, status="a#b"))
    counted(followed, counted_ticket(customerID, 2, customerRepID=13, status="a%23b", channelID=3))
    counted(followed, counted_ticket(customerID, 3, isProcessed=False))
    assert total(followed, customerID) == 2
    assert total(followed, customerID, EVERYTHING.narrowed(REP, frozenset({"13"}))) == 2
    assert total(followed, customerID, EVERYTHING.narrowed(STATUS, frozenset({"a#b"}))) == 1
    assert total(followed, customerID, EVERYTHING.narrowed(CHANNEL, frozenset({"3", "4"}))) == 1
    assert total(followed, customerID + 1) == 0


def test_a_ticket_that_moves_is_counted_where_it_is(followed: Followed, customerID: int) -> None:
    first = counted(followed, counted_ticket(customerID))
    second = counted(followed, counted_ticket(customerID, status="Closed", version=2), first)
    assert total(followed, customerID, EVERYTHING.narrowed(STATUS, frozenset({"open"}))) == 0
    assert total(followed, customerID, EVERYTHING.narrowed(STATUS, frozenset({"closed"}))) == 1
    counted(followed, gone(customerID, 1, 2), second)
    assert total(followed, customerID) == 0


def test_a_cell_that_is_empty_goes_away(followed: Followed, customerID: int) -> None:
    first = [counted(followed, counted_ticket(customerID, ticketID)) for ticketID in (1, 2, 3)]
    waiting = counted(followed, counted_ticket(customerID, 4, followUpDate=LATER))
    closed = [counted_ticket(customerID, each.ticketID, status="Closed", version=2) for each in first]
    second = [counted(followed, each, before) for each, before in zip(closed[:2], first[:2], strict=True)]
    listed, waits, shut = place_of(first[0]), (cell_of(a_ticket()), True), place_of(closed[0])
    assert cells(followed, customerID) == {listed: 1, waits: 1, shut: 2}
    followed.ticket_counts.move([Move.of(first[2], closed[2], 0), Move.of(waiting, replace(waiting, waits=False), 0)])
    assert cells(followed, customerID) == {listed: 1, shut: 3}
    moved = followed.ticket_counts.counted_tickets(customerID, [1, 2, 3, 4])
    assert second == [moved[1], moved[2]]
    followed.ticket_counts.move([Move.of(each, gone(customerID, each.ticketID, 2), 0) for each in moved.values()])
    assert cells(followed, customerID) == {}


def test_a_count_that_is_too_low_holds_nothing_up(followed: Followed, customerID: int) -> None:
    first, second = (counted(followed, counted_ticket(customerID, ticketID)) for ticketID in (1, 2))
    count_key = place_of(first)
    followed.ticket_counts.drop(customerID, followed.ticket_counts.counts_before(customerID, 1))
    closed = counted(followed, counted_ticket(customerID, 1, status="Closed", version=2), first)
    assert cells(followed, customerID) == {count_key: -1, place_of(closed): 1}
    counted(followed, gone(customerID, 2, 1), second)
    assert cells(followed, customerID) == {count_key: -2, place_of(closed): 1}


def test_moves_are_counted_all_or_none(followed: Followed, customerID: int) -> None:
    first = counted(followed, counted_ticket(customerID, 1))
    stale = replace(first, revision=first.revision + 1)
    moves = [
        Move.of(None, counted_ticket(customerID, 2), 0),
        Move.of(stale, counted_ticket(customerID, 1, 2, status="Closed"), 0),
    ]
    with pytest.raises(Contended):
        followed.ticket_counts.move(moves)
    assert followed.ticket_counts.counted_tickets(customerID, [1, 2]) == {1: first}
    assert total(followed, customerID) == 1


def test_more_tickets_than_a_transaction_holds(followed: Followed, customerID: int) -> None:
    """Each with a row of counts of its own, a follow-up that it waited for, and another."""
    first = [Move.of(None, counted_ticket(customerID, each, channelID=each, followUpDate=LATER), 0) for each in IDS]
    followed.ticket_counts.move(first)
    for_later = [
        Move.of(move.after, counted_ticket(customerID, each, 2, channelID=100 + each, followUpDate=LAST), 0)
        for each, move in zip(IDS, first, strict=True)
    ]
    followed.ticket_counts.move(for_later)
    assert cells(followed, customerID) == {place_of(move.after): 1 for move in for_later}
    assert followed.ticket_counts.due(customerID, LATER, 100) == []
    assert sorted(followed.ticket_counts.due(customerID, LAST, 100)) == list(IDS)


@pytest.mark.parametrize(
    ("fields", "then", "rows"),
    [
        ({}, {"customerRepID": 13}, 1),
        ({"customerRepID": 13}, {}, 1),
        ({"customerRepID": 13}, {"customerRepID": 13, "status": "Closed"}, 1),
        ({"customerRepID": 13}, {"customerRepID": 14}, 2),
        ({}, {"channelID": 3}, 2),
    ],
)
@pytest.mark.parametrize("followed", ENGINES[1:], indirect=True)
def test_most_changes_of_a_ticket_change_one_row(
    followed: Followed, customerID: int, fields: dict[str, Any], then: dict[str, Any], rows: int
) -> None:
    first = counted(followed, counted_ticket(customerID, 1, **fields))
    counted(followed, counted_ticket(customerID, 2, **fields))
    before = followed.ticket_counts.counts_before(customerID, 1)
    second = counted(followed, counted_ticket(customerID, 1, 2, **then), first)
    after = followed.ticket_counts.counts_before(customerID, 1)
    assert len(after.items() - before.items()) == rows
    assert cells(followed, customerID) == {place_of(first): 1, place_of(second): 1}


@pytest.mark.parametrize("status", ["Open", "Closed"])
def test_what_has_moved_meanwhile_is_not_counted_twice(followed: Followed, customerID: int, status: str) -> None:
    first = counted(followed, counted_ticket(customerID))
    counted(followed, counted_ticket(customerID, version=2), first)
    for before in (None, first):
        with pytest.raises(Contended):
            counted(followed, counted_ticket(customerID, version=3, status=status), before)
    assert total(followed, customerID) == 1


def test_a_new_generation_is_counted_apart_and_together(followed: Followed, customerID: int) -> None:
    old = counted(followed, counted_ticket(customerID, 1))
    waiting = counted(followed, counted_ticket(customerID, 2, followUpDate=LATER))
    generation = followed.ticket_counts.begin(customerID, [])
    assert followed.ticket_counts.vocabulary(customerID, []).generation == generation == 1
    counted(followed, counted_ticket(customerID, 3), generation=generation)
    assert total(followed, customerID) == 3
    assert ids(followed.ticket_counts.all_counted(customerID)) == [1, 2, 3]
    earlier = followed.ticket_counts.counts_before(customerID, generation)
    assert earlier
    counted(followed, old, old, generation)
    counted(followed, waiting, waiting, generation)
    assert followed.ticket_counts.due(customerID, LATER, 10) == [2]
    assert total(followed, customerID) == 3
    assert not followed.ticket_counts.drop(customerID, earlier)
    assert followed.ticket_counts.drop(customerID, followed.ticket_counts.counts_before(customerID, generation))
    assert followed.ticket_counts.counts_before(customerID, generation) == {}
    assert total(followed, customerID) == 3
    assert customerID in followed.ticket_counts.customers()


def test_counts_are_dropped_only_while_they_are_what_they_were(followed: Followed, customerID: int) -> None:
    counted(followed, counted_ticket(customerID, 1))
    counted(followed, counted_ticket(customerID, 2, status="Closed"))
    generation = followed.ticket_counts.begin(customerID, [])
    counts = followed.ticket_counts.counts_before(customerID, generation)
    counted(followed, counted_ticket(customerID, 3))
    assert not followed.ticket_counts.drop(customerID, counts)
    assert total(followed, customerID, EVERYTHING.narrowed(STATUS, frozenset({"open"}))) == 2
    assert followed.ticket_counts.drop(customerID, followed.ticket_counts.counts_before(customerID, generation))
    assert total(followed, customerID) == 0


def test_what_is_not_listed_is_among_the_counted_and_what_is_gone_is_not(followed: Followed, customerID: int) -> None:
    counted(followed, counted_ticket(customerID, 1, isProcessed=False))
    counted(followed, gone(customerID, 2, 1))
    counted(followed, counted_ticket(customerID, 3))
    assert ids(followed.ticket_counts.all_counted(customerID)) == [1, 3]


@pytest.mark.parametrize("followed", ["fake", "dynoxide"], indirect=True)
def test_of_many_who_count_one_ticket_at_once_one_does(followed: Followed, customerID: int) -> None:
    def count(status: str) -> bool:
        try:
            counted(followed, counted_ticket(customerID, status=status))
        except Contended:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(count, (f"status {n}" for n in range(8))))
    assert sum(done) == total(followed, customerID) == 1


@pytest.mark.parametrize("followed", ["fake", "dynoxide"], indirect=True)
def test_tickets_that_leave_and_enter_a_cell_at_once_are_all_counted(followed: Followed, customerID: int) -> None:
    def wander(ticketID: int) -> None:
        before = counted_at_last(None, counted_ticket(customerID, ticketID))
        for version, status in enumerate(["Closed", "Open", "Closed", "Open", "Pending"], 2):
            before = counted_at_last(before, counted_ticket(customerID, ticketID, version, status=status))

    def counted_at_last(before: CountedTicket | None, now: CountedTicket) -> CountedTicket:
        for _ in range(1_000):
            try:
                return counted(followed, now, before)
            except Contended:
                continue
        raise Contended

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(wander, range(1, 5)))
    assert cells(followed, customerID) == {(cell_of(a_ticket(status="Pending")), False): 4}
