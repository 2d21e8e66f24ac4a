"""The contracts of Tallies and Recount, on every engine."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import Any, cast

import pytest

from tests.builders import a_ticket
from tests.lists.followed import Followed
from ticketing.kernel.dynamodb.engine import Engine, TransactionRefused
from ticketing.kernel.ports import Contended
from ticketing.lists.counts import Move, Place, Standing, cell_of, gone, standing_of
from ticketing.lists.dynamodb.counts import DynamoTallies
from ticketing.lists.query import Filters
from ticketing.lists.vocabulary import Vocabulary
from ticketing.tickets.facets import CHANNEL, REP, STATUS

NOON, LATER, LAST = (f"2026-06-15T{hour}:00:00.000Z" for hour in (12, 13, 14))
EVERYTHING, SHOWN = Filters(), Filters(hidden_after=NOON)


def standing(customerID: int, ticketID: int = 1, version: int = 1, **fields: Any) -> Standing:
    return standing_of(a_ticket(customerID=customerID, ticketID=ticketID, version=version, **fields), NOON)


def counted(
    followed: Followed, now: Standing, before: Standing | None = None, generation: int | None = None
) -> Standing:
    """Counts a ticket, which stood like `before`; gives where it stands then."""
    move = Move.of(before, now, before.generation if before and generation is None else generation or 0)
    followed.tallies.move([move])
    return move.after


def place_of(standing: Standing) -> Place:
    assert standing.place
    return standing.place


def total(followed: Followed, customerID: int, filters: Filters = EVERYTHING) -> int:
    return followed.tallies.totals(customerID, filters.hidden_after).total(filters)


def cells(followed: Followed, customerID: int) -> dict[Place, int]:
    """Every cell's row."""
    return dict(followed.tallies.counts_before(customerID, generation=1_000))


def test_nothing_is_known_of_a_new_customer(followed: Followed, customerID: int) -> None:
    tallies = followed.tallies
    assert total(followed, customerID) == 0
    assert tallies.standings(customerID, [1, 2]) == {}
    assert tallies.standings(customerID, []) == {}
    assert tallies.in_cells(customerID, [cell_of(a_ticket())]) == []
    assert tallies.due(customerID, LAST, 10) == []
    assert tallies.vocabulary(customerID, []) == Vocabulary()


def test_a_standing_is_kept_as_it_is(followed: Followed, customerID: int) -> None:
    bare = counted(followed, standing(customerID, 1))
    full = counted(
        followed,
        standing(
            customerID, 2, status="Closed", uid="a#b", followUpDate=LATER, customerRepID=13, channelID=3, version=7
        ),
    )
    unlisted = counted(followed, standing(customerID, 3, isProcessed=False))
    removed = counted(followed, gone(customerID, 4, 9))
    kept = followed.tallies.standings(customerID, [1, 2, 3, 4, 5])
    assert kept == {1: bare, 2: full, 3: unlisted, 4: removed}
    assert followed.tallies.standings(customerID, [2], fresh=False) == {2: full}
    assert full.waits


def test_tickets_are_counted_in_their_cells(followed: Followed, customerID: int) -> None:
    counted(followed, standing(customerID, 1, customerRepID=13, status="a#b"))
    counted(followed, standing(customerID, 2, customerRepID=13, status="a%23b", channelID=3))
    counted(followed, standing(customerID, 3, isProcessed=False))
    assert total(followed, customerID) == 2
    assert total(followed, customerID, EVERYTHING.narrowed(REP, frozenset({"13"}))) == 2
    assert total(followed, customerID, EVERYTHING.narrowed(STATUS, frozenset({"a#b"}))) == 1
    assert total(followed, customerID, EVERYTHING.narrowed(CHANNEL, frozenset({"3", "4"}))) == 1
    assert total(followed, customerID + 1) == 0


def test_a_ticket_that_moves_is_counted_where_it_is(followed: Followed, customerID: int) -> None:
    first = counted(followed, standing(customerID))
    second = counted(followed, standing(customerID, status="Closed", version=2), first)
    assert total(followed, customerID, EVERYTHING.narrowed(STATUS, frozenset({"open"}))) == 0
    assert total(followed, customerID, EVERYTHING.narrowed(STATUS, frozenset({"closed"}))) == 1
    counted(followed, gone(customerID, 1, 2), second)
    assert total(followed, customerID) == 0


def test_a_cell_that_is_empty_goes_away(followed: Followed, customerID: int) -> None:
    first = [counted(followed, standing(customerID, ticketID)) for ticketID in (1, 2, 3)]
    waiting = counted(followed, standing(customerID, 4, followUpDate=LATER))
    closed = [standing(customerID, each.ticketID, status="Closed", version=2) for each in first]
    second = [counted(followed, each, before) for each, before in zip(closed[:2], first[:2], strict=True)]
    listed, waits, shut = place_of(first[0]), Place(cell_of(a_ticket()), True), place_of(closed[0])
    assert cells(followed, customerID) == {listed: 1, waits: 1, shut: 2}
    followed.tallies.move([Move.of(first[2], closed[2], 0), Move.of(waiting, replace(waiting, waits=False), 0)])
    assert cells(followed, customerID) == {listed: 1, shut: 3}
    moved = followed.tallies.standings(customerID, [1, 2, 3, 4])
    assert second == [moved[1], moved[2]]
    followed.tallies.move([Move.of(each, gone(customerID, each.ticketID, 2), 0) for each in moved.values()])
    assert cells(followed, customerID) == {}


@pytest.mark.parametrize("followed", ["moto", "dynoxide"], indirect=True)
@pytest.mark.parametrize("others", [1, 2])
def test_who_enters_a_cell_while_it_is_being_removed_is_counted(
    followed: Followed, customerID: int, others: int
) -> None:
    """The last ticket leaves a cell, and each of its tries is refused after another ticket has entered or left."""
    tallies = followed.tallies
    assert isinstance(tallies, DynamoTallies)
    engine = tallies.engine
    last, other = (standing(customerID, ticketID) for ticketID in (1, 2))
    steps = iter([(None, other), (replace(other, revision=1), gone(customerID, 2, 1))][:others])

    class Contested(Engine):
        def call(self, operation: str, **parameters: Any) -> Any:
            try:
                return engine.call(operation, **parameters)
            except TransactionRefused:
                for before, now in islice(steps, 1):
                    counted(followed, now, before)
                raise

    first = counted(followed, last)
    closed = standing(customerID, 1, status="Closed", version=2)
    replace(tallies, engine=Contested(cast(Any, None))).move([Move.of(first, closed, 0)])
    remaining = {} if others == 2 else {place_of(last): 1}
    assert cells(followed, customerID) == remaining | {place_of(closed): 1}
    assert next(steps, None) is None


def test_a_count_that_is_too_low_holds_nothing_up(followed: Followed, customerID: int) -> None:
    first, second = (counted(followed, standing(customerID, ticketID)) for ticketID in (1, 2))
    place = place_of(first)
    followed.tallies.drop(customerID, {place: 2})
    closed = counted(followed, standing(customerID, 1, status="Closed", version=2), first)
    assert cells(followed, customerID) == {place: -1, place_of(closed): 1}
    counted(followed, gone(customerID, 2, 1), second)
    assert cells(followed, customerID) == {place: -2, place_of(closed): 1}


def test_moves_are_counted_all_or_none(followed: Followed, customerID: int) -> None:
    first = counted(followed, standing(customerID, 1))
    stale = replace(first, revision=first.revision + 1)
    moves = [Move.of(None, standing(customerID, 2), 0), Move.of(stale, standing(customerID, 1, 2, status="Closed"), 0)]
    with pytest.raises(Contended):
        followed.tallies.move(moves)
    assert followed.tallies.standings(customerID, [1, 2]) == {1: first}
    assert total(followed, customerID) == 1


@pytest.mark.parametrize("status", ["Open", "Closed"])
def test_what_has_moved_meanwhile_is_not_counted_twice(followed: Followed, customerID: int, status: str) -> None:
    first = counted(followed, standing(customerID))
    counted(followed, standing(customerID, version=2), first)
    for before in (None, first):
        with pytest.raises(Contended):
            counted(followed, standing(customerID, version=3, status=status), before)
    assert total(followed, customerID) == 1


def test_who_waits_is_counted_apart_until_the_follow_up_falls_due(followed: Followed, customerID: int) -> None:
    counted(followed, standing(customerID, 1))
    waiting = counted(followed, standing(customerID, 2, followUpDate=LATER))
    assert (total(followed, customerID), total(followed, customerID, SHOWN)) == (2, 1)
    assert total(followed, customerID, Filters(hidden_after=LATER)) == 2
    assert followed.tallies.due(customerID, NOON, 10) == []
    assert followed.tallies.due(customerID, LATER, 10) == [2]
    counted(followed, replace(waiting, waits=False), waiting)
    assert followed.tallies.due(customerID, LATER, 10) == []
    assert total(followed, customerID, Filters(hidden_after=LATER)) == 2


def test_a_follow_up_that_is_put_off_is_waited_for_once(followed: Followed, customerID: int) -> None:
    first = counted(followed, standing(customerID, followUpDate=LATER))
    second = counted(followed, standing(customerID, followUpDate=LAST, version=2), first)
    assert followed.tallies.due(customerID, LATER, 10) == []
    third = counted(followed, standing(customerID, followUpDate=LAST, status="Pending", version=3), second)
    pending = Filters({STATUS: frozenset({"pending"})}, hidden_after=LAST)
    assert total(followed, customerID, pending) == 1
    counted(followed, gone(customerID, 1, 3), third)
    assert followed.tallies.due(customerID, LAST, 10) == []
    assert total(followed, customerID, pending) == 0


def test_the_earliest_fall_due_first(followed: Followed, customerID: int) -> None:
    for ticketID, when in enumerate((LAST, LATER, LATER), 1):
        counted(followed, standing(customerID, ticketID, followUpDate=when))
    assert followed.tallies.due(customerID, LAST, 10) == [2, 3, 1]
    assert followed.tallies.due(customerID, LAST, 2) == [2, 3]


def test_tickets_are_found_by_their_cells(followed: Followed, customerID: int) -> None:
    for ticketID, status in enumerate(("Open", "Closed", "Open", "Pending"), 1):
        counted(followed, standing(customerID, ticketID, status=status))
    cells = [cell_of(a_ticket(status=status)) for status in ("Open", "Pending", "Nothing")]
    assert sorted(followed.tallies.in_cells(customerID, cells)) == [1, 3, 4]
    assert followed.tallies.in_cells(customerID, []) == []


def test_more_standings_than_one_request_brings(followed: Followed, customerID: int) -> None:
    wanted = {ticketID: counted(followed, standing(customerID, ticketID)) for ticketID in range(1, 131)}
    assert followed.tallies.standings(customerID, range(1, 140)) == wanted


def test_a_new_generation_is_counted_apart_and_together(followed: Followed, customerID: int) -> None:
    old = counted(followed, standing(customerID, 1))
    waiting = counted(followed, standing(customerID, 2, followUpDate=LATER))
    generation = followed.tallies.begin(customerID, [])
    assert followed.tallies.vocabulary(customerID, []).generation == generation == 1
    counted(followed, standing(customerID, 3), generation=generation)
    assert total(followed, customerID) == 3
    assert ids(followed.tallies.all_counted(customerID)) == [1, 2, 3]
    cell = cell_of(a_ticket())
    assert followed.tallies.counts_before(customerID, generation) == {Place(cell, False): 1, Place(cell, True): 1}
    counted(followed, old, old, generation)
    counted(followed, waiting, waiting, generation)
    assert followed.tallies.due(customerID, LATER, 10) == [2]
    assert followed.tallies.counts_before(customerID, generation) == {}
    assert total(followed, customerID) == 3
    assert customerID in followed.tallies.customers()


def test_counts_are_dropped_only_while_they_are_what_they_were(followed: Followed, customerID: int) -> None:
    counted(followed, standing(customerID, 1))
    counted(followed, standing(customerID, 2, status="Closed"))
    generation = followed.tallies.begin(customerID, [])
    counts = followed.tallies.counts_before(customerID, generation)
    counted(followed, standing(customerID, 3))
    assert not followed.tallies.drop(customerID, counts)
    assert total(followed, customerID, EVERYTHING.narrowed(STATUS, frozenset({"open"}))) == 2
    assert followed.tallies.drop(customerID, followed.tallies.counts_before(customerID, generation))
    assert total(followed, customerID) == 0


def test_what_is_gone_or_not_listed_is_not_among_the_counted(followed: Followed, customerID: int) -> None:
    counted(followed, standing(customerID, 1, isProcessed=False))
    counted(followed, gone(customerID, 2, 1))
    counted(followed, standing(customerID, 3))
    assert ids(followed.tallies.all_counted(customerID)) == [3]


@pytest.mark.parametrize("followed", ["fake", "dynoxide"], indirect=True)
def test_of_many_who_count_one_ticket_at_once_one_does(followed: Followed, customerID: int) -> None:
    def count(status: str) -> bool:
        try:
            counted(followed, standing(customerID, status=status))
        except Contended:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(count, (f"status {n}" for n in range(8))))
    assert sum(done) == total(followed, customerID) == 1


@pytest.mark.parametrize("followed", ["fake", "dynoxide"], indirect=True)
def test_tickets_that_leave_and_enter_a_cell_at_once_are_all_counted(followed: Followed, customerID: int) -> None:
    def wander(ticketID: int) -> None:
        before = counted_at_last(None, standing(customerID, ticketID))
        for version, status in enumerate(["Closed", "Open", "Closed", "Open", "Pending"], 2):
            before = counted_at_last(before, standing(customerID, ticketID, version, status=status))

    def counted_at_last(before: Standing | None, now: Standing) -> Standing:
        for _ in range(1_000):
            try:
                return counted(followed, now, before)
            except Contended:
                continue
        raise Contended

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(wander, range(1, 5)))
    assert cells(followed, customerID) == {Place(cell_of(a_ticket(status="Pending"))): 4}


def ids(standings: Collection[Standing] | Any) -> list[int]:
    return [each.ticketID for each in standings]
