"""The contract of what finds counted tickets, on every engine."""

from dataclasses import replace
from typing import Any

from tests.builders import a_ticket
from tests.lists.counted import LAST, LATER, NOON, SHOWN, counted, counted_ticket, total
from tests.lists.followed import Followed
from ticketing.lists.counts import cell_of, gone
from ticketing.lists.query import Filters
from ticketing.tickets.facets import REP, STATUS, UID, Facet
from ticketing.tickets.order import SortBy


def test_who_waits_is_counted_apart_until_the_follow_up_falls_due(followed: Followed, customerID: int) -> None:
    counted(followed, counted_ticket(customerID, 1))
    waiting = counted(followed, counted_ticket(customerID, 2, followUpDate=LATER))
    assert (total(followed, customerID), total(followed, customerID, SHOWN)) == (2, 1)
    assert total(followed, customerID, Filters(hidden_after=LATER)) == 2
    assert followed.ticket_counts.due(customerID, NOON, 10) == []
    assert followed.ticket_counts.due(customerID, LATER, 10) == [2]
    counted(followed, replace(waiting, waits=False), waiting)
    assert followed.ticket_counts.due(customerID, LATER, 10) == []
    assert total(followed, customerID, Filters(hidden_after=LATER)) == 2


def test_a_follow_up_that_is_put_off_is_waited_for_once(followed: Followed, customerID: int) -> None:
    first = counted(followed, counted_ticket(customerID, followUpDate=LATER))
    second = counted(followed, counted_ticket(customerID, followUpDate=LAST, version=2), first)
    assert followed.ticket_counts.due(customerID, LATER, 10) == []
    third = counted(followed, counted_ticket(customerID, followUpDate=LAST, status="Pending", version=3), second)
    pending = Filters({STATUS: frozenset({"pending"})}, hidden_after=LAST)
    assert total(followed, customerID, pending) == 1
    counted(followed, gone(customerID, 1, 3), third)
    assert followed.ticket_counts.due(customerID, LAST, 10) == []
    assert total(followed, customerID, pending) == 0


def test_the_earliest_fall_due_first(followed: Followed, customerID: int) -> None:
    for ticketID, when in enumerate((LAST, LATER, LATER), 1):
        counted(followed, counted_ticket(customerID, ticketID, followUpDate=when))
    assert followed.ticket_counts.due(customerID, LAST, 10) == [2, 3, 1]
    assert followed.ticket_counts.due(customerID, LAST, 2) == [2, 3]


def test_who_waits_can_be_counted_and_found_alone(followed: Followed, customerID: int) -> None:
    for ticketID, when in enumerate((LATER, None, LAST, NOON, LATER), 1):
        counted(followed, counted_ticket(customerID, ticketID, followUpDate=when))
    assert followed.ticket_counts.waiting(customerID, NOON) == [1, 5, 3]
    assert followed.ticket_counts.waiting(customerID, LATER) == [3]
    assert followed.ticket_counts.waiting(customerID + 1_000_000, NOON) == []
    for moment, waiting in ((NOON, 3), (LATER, 1), (LAST, 0)):
        totals = followed.ticket_counts.totals(customerID, moment)
        assert (totals.total(Filters(waiting_after=moment)), totals.waiting) == (waiting, waiting)
        assert totals.total(Filters(hidden_after=moment)) == 5 - waiting


def test_tickets_are_found_by_their_cells(followed: Followed, customerID: int) -> None:
    for ticketID, status in enumerate(("Open", "Closed", "Open", "Pending"), 1):
        counted(followed, counted_ticket(customerID, ticketID, status=status))
    cells = [cell_of(a_ticket(status=status)) for status in ("Open", "Pending", "Nothing")]
    assert sorted(followed.ticket_counts.in_cells(customerID, cells)) == [1, 3, 4]
    assert followed.ticket_counts.in_cells(customerID, []) == []


def test_tickets_are_found_by_what_no_cell_counts(followed: Followed, customerID: int) -> None:
    uids = ["a#b", "\N{GRINNING FACE}" * 254, "a#b", None, "A#B"]
    kept = [counted(followed, counted_ticket(customerID, n, uid=uid)) for n, uid in enumerate(uids, 1)]
    found = followed.ticket_counts.having(customerID, UID, {"a#b", uids[1] or "", "none"})
    assert sorted(found, key=lambda each: each.ticketID) == kept[:3]
    counted(followed, counted_ticket(customerID, 3, 2), kept[2])
    counted(followed, gone(customerID, 1, 1), kept[0])
    assert list(followed.ticket_counts.having(customerID, UID, {"a#b"})) == []
    assert list(followed.ticket_counts.having(customerID + 1, UID, {"a#b"})) == []


def test_tickets_that_lists_hide_are_found(followed: Followed, customerID: int) -> None:
    hidden = [counted(followed, counted_ticket(customerID, n, isProcessed=n > 3)) for n in range(1, 5)]
    counted(followed, counted_ticket(customerID, 5, followUpDate=LATER))
    assert followed.ticket_counts.hidden(customerID, None, 10) == {1, 2, 3}
    assert followed.ticket_counts.hidden(customerID, NOON, 10) == {1, 2, 3, 5}
    counted(followed, gone(customerID, 1, 1), hidden[0])
    counted(followed, counted_ticket(customerID, 2, 2), hidden[1])
    counted(followed, counted_ticket(customerID, 4, 2, isProcessed=False), hidden[3])
    assert followed.ticket_counts.hidden(customerID, LATER, 10) == {
        1,
        3,
        4,
    }  # the first is gone, but its words may not be
    assert followed.ticket_counts.hidden(customerID + 1, NOON, 10) == set()


def test_hidden_tickets_are_not_read_where_they_are_many(followed: Followed, customerID: int) -> None:
    for ticketID in range(1, 4):
        counted(followed, counted_ticket(customerID, ticketID, isProcessed=False))
    for ticketID in range(4, 6):
        counted(followed, counted_ticket(customerID, ticketID, followUpDate=LATER))
    assert followed.ticket_counts.hidden(customerID, NOON, 5) == {1, 2, 3, 4, 5}
    assert followed.ticket_counts.hidden(customerID, NOON, 4) is None
    assert followed.ticket_counts.hidden(customerID, None, 2) is None


def keep_five(followed: Followed, customerID: int) -> None:
    counted(followed, counted_ticket(customerID, 1, status="Open", subject="Ä", uid="a#b", lastMessageDate=NOON))
    counted(followed, counted_ticket(customerID, 2, status="Closed", subject="b", closeDate=LATER, customerRepID=13))
    counted(followed, counted_ticket(customerID, 3, status="Open", subject="C", followUpDate=LATER))
    counted(followed, counted_ticket(customerID, 4, isProcessed=False))
    counted(followed, gone(customerID, 5, 1))


def listed(
    followed: Followed, customerID: int, by: SortBy, facets: dict[Facet, str] | None = None, **filters: Any
) -> dict[int, str | None]:
    """Return what a list sorts each ticket by that it shows."""
    asked = Filters({facet: frozenset({value}) for facet, value in (facets or {}).items()}, **filters)
    found = followed.ticket_counts.listed(customerID, range(1, 7), asked, by)
    return {each.ticketID: each.value for each in found}


def test_tickets_are_looked_at_as_lists_sort_them(followed: Followed, customerID: int) -> None:
    keep_five(followed, customerID)
    assert listed(followed, customerID, SortBy.lastMessageDate)[1] == NOON
    assert listed(followed, customerID, SortBy.subject) == {1: "ä", 2: "b", 3: "c"}
    assert listed(followed, customerID, SortBy.status) == {1: "open", 2: "closed", 3: "open"}
    assert listed(followed, customerID, SortBy.closeDate) == {1: None, 2: LATER, 3: None}
    assert listed(followed, customerID, SortBy.followUpDate, {STATUS: "open"}) == {1: None, 3: LATER}


def test_tickets_are_looked_at_as_lists_filter_them(followed: Followed, customerID: int) -> None:
    keep_five(followed, customerID)
    assert listed(followed, customerID, SortBy.ticketID, hidden_after=NOON) == {1: "", 2: ""}
    assert listed(followed, customerID, SortBy.ticketID, {REP: "13"}) == {2: ""}
    assert listed(followed, customerID, SortBy.ticketID, {UID: "a#b", STATUS: "open"}) == {1: ""}
    assert listed(followed, customerID, SortBy.ticketID, {UID: "a#b", STATUS: "closed"}) == {}


def test_a_ticket_that_is_asked_for_twice_is_looked_at_once(followed: Followed, customerID: int) -> None:
    """One that moves from one cell to another while both are read is found in both."""
    kept = counted(followed, counted_ticket(customerID, 1))
    found = followed.ticket_counts.listed(customerID, [1, 1], Filters(), SortBy.ticketID)
    assert [each.ticketID for each in found] == [1]
    assert followed.ticket_counts.counted_tickets(customerID, [1, 1]) == {1: kept}


def test_more_standings_than_one_request_brings(followed: Followed, customerID: int) -> None:
    wanted = {ticketID: counted(followed, counted_ticket(customerID, ticketID)) for ticketID in range(1, 131)}
    assert followed.ticket_counts.counted_tickets(customerID, range(1, 140)) == wanted
