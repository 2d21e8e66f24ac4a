"""Checks which of the indexes and counts a list asks, and what it makes of counts that are behind."""

import pytest

from tests.builders import A_MOMENT
from tests.lists.planned import CLOSED, Desk
from ticketing.errors import TooManyToSort
from ticketing.lists.dynamodb import index
from ticketing.lists.query import Filters
from ticketing.tickets.facets import CHANNEL, REP, STATE, STATUS, TYPE, UID, Facet, state_values
from ticketing.tickets.order import SortBy

CLOSED_OF_ANN = CLOSED.narrowed(REP, frozenset({"13"}))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    ("filters", "by", "asked"),
    [
        (Filters(), SortBy.lastMessageDate, "walk state"),
        (CLOSED, SortBy.lastMessageDate, "walk status"),
        (Filters(), SortBy.dateCreated, "by creation"),
        (Filters(), SortBy.subject, "gather rep"),
        (CLOSED, SortBy.closeDate, "gather status"),
        (CLOSED, SortBy.ticketID, "gather status"),
    ],
)
def test_each_list_is_read_in_the_expected_way(desk: Desk, filters: Filters, by: SortBy, asked: str) -> None:
    desk.keep(status="Closed")
    assert desk.find(filters, by) == (1, [1])
    assert desk.scans.asked == [asked]


def test_the_narrowest_filter_is_walked(desk: Desk) -> None:
    desk.keep(status="Closed", customerRepID=13)
    desk.crowd(50, status="Closed", customerRepID=14)
    desk.find(CLOSED_OF_ANN)
    desk.crowd(500, status="Open", customerRepID=13)
    desk.find(CLOSED_OF_ANN)
    assert desk.scans.asked == ["walk rep", "walk status"]


def test_few_matches_among_many_are_fetched_from_their_cells(desk: Desk) -> None:
    desk.keep(status="Closed", customerRepID=13, subject="b")
    desk.keep(status="Closed", customerRepID=13, subject="a")
    desk.crowd(50_000, status="Closed")
    desk.crowd(50_000, customerRepID=13)
    for by, ids in ((SortBy.lastMessageDate, [2, 1]), (SortBy.subject, [1, 2]), (SortBy.ticketID, [2, 1])):
        assert desk.find(CLOSED_OF_ANN, by) == (2, ids)
    assert desk.scans.asked == []


@pytest.fixture
def odd(desk: Desk) -> Desk:
    """A desk at which every status that is not usual is odd."""
    desk.ticket_counts.most = 0
    for status in ("Open", "x", "y", "X"):
        desk.keep(status=status, customerRepID=13)
    desk.keep(status="x")
    desk.keep(status="x", channelType="Fax")
    return desk


@pytest.mark.parametrize(
    ("filters", "by", "found", "asked"),
    [
        ({STATUS: {"x"}}, SortBy.lastMessageDate, (4, [6, 5, 4, 2]), ["walk status", "count status"]),
        ({STATUS: {"open"}}, SortBy.lastMessageDate, (1, [1]), ["walk status"]),
        ({STATUS: {"open", "y"}}, SortBy.lastMessageDate, (2, [3, 1]), ["walk status", "count status"]),
        ({STATUS: {"x"}, REP: {"13"}}, SortBy.lastMessageDate, (2, [4, 2]), ["count status", "walk status"]),
        (
            {STATUS: {"open", "x"}, TYPE: {"fax"}},
            SortBy.subject,
            (1, [6]),
            ["count status", "gather status"],
        ),
        ({STATUS: {"x"}}, SortBy.ticketID, (4, [6, 5, 4, 2]), ["count status", "gather status"]),
        ({}, SortBy.lastMessageDate, (6, [6, 5, 4, 3, 2, 1]), ["walk state"]),
        ({TYPE: {"fax"}}, SortBy.lastMessageDate, (1, [6]), ["count rep", "walk rep"]),
        ({REP: {"13"}}, SortBy.lastMessageDate, (4, [4, 3, 2, 1]), ["walk rep"]),
    ],
)
def test_odd_values_are_counted_by_looking_at_them(
    odd: Desk, filters: dict[Facet, set[str]], by: SortBy, found: tuple[int, list[int]], asked: list[str]
) -> None:
    assert odd.find(Filters({facet: frozenset(values) for facet, values in filters.items()}), by) == found
    assert odd.scans.asked == asked


def test_few_odd_tickets_among_many_are_fetched_from_the_cells_that_they_share(odd: Desk) -> None:
    for status in ("y", "x"):
        odd.keep(status=status, channelID=3)
    odd.crowd(50_000, status="Open")
    odd.crowd(50_000, status="Pending", channelID=3)
    asked = Filters({STATUS: frozenset({"x", "open"}), CHANNEL: frozenset({"3"})})
    assert odd.find(asked, SortBy.subject) == (1, [8])
    assert odd.scans.asked == ["count status"]


def test_odd_values_without_an_index_are_counted_through_one_where_they_are_many(odd: Desk) -> None:
    odd.crowd(100, channelType="Letter")
    assert odd.find(Filters({TYPE: frozenset({"fax"})})) == (1, [6])
    assert odd.scans.asked == ["count rep", "walk rep"]


def test_a_type_is_found_through_the_channels_that_have_it(desk: Desk) -> None:
    for kind, channelID in (("Phone", 3), ("Phone", 4), ("Chat", 2)):
        desk.keep(channelType=kind, channelID=channelID)
    desk.crowd(100, channelType="Chat", channelID=2)
    by_phone = Filters({TYPE: frozenset({"phone"})})
    assert desk.find(by_phone) == (2, [2, 1])
    assert desk.find(by_phone, SortBy.subject) == (2, [2, 1])
    desk.keep(channelType="Phone")
    assert desk.find(by_phone) == (3, [4, 2, 1])
    assert desk.scans.asked == ["walk channel", "gather channel", "walk rep"]


def test_a_common_filter_is_followed_through_all_tickets_in_the_order_of_creation(desk: Desk) -> None:
    desk.keep(status="Closed")
    desk.crowd(20_000, status="Closed")
    desk.find(CLOSED, SortBy.dateCreated)
    assert desk.scans.asked == ["by creation"]


def test_an_end_users_tickets_are_counted_by_looking_at_them(desk: Desk) -> None:
    for status in ("Open", "Closed"):
        desk.keep(status=status, uid="jane")
    of_jane = Filters({UID: frozenset({"jane"}), STATE: state_values(None, False)})
    assert desk.find(of_jane) == (2, [2, 1])
    assert desk.find(of_jane, SortBy.status) == (2, [1, 2])
    assert desk.scans.asked == []


@pytest.mark.parametrize("by", [SortBy.lastMessageDate, SortBy.ticketID, SortBy.subject])
def test_who_waits_among_many_is_fetched_from_those_who_wait(desk: Desk, by: SortBy) -> None:
    waiting = Filters(waiting_after=A_MOMENT)
    desk.keep(followUpDate="2026-03-01T00:00:00.000Z")
    desk.keep(followUpDate=A_MOMENT)
    assert desk.find(waiting, by) == (1, [1])
    desk.crowd(100_000)
    desk.scans.asked.clear()
    assert desk.find(waiting, by) == (1, [1])
    assert desk.scans.asked == []


OF_JANE = Filters({UID: frozenset({"jane"})})


@pytest.mark.parametrize("by", SortBy)
def test_more_of_an_end_user_than_of_others_are_sorted(desk: Desk, monkeypatch: pytest.MonkeyPatch, by: SortBy) -> None:
    monkeypatch.setattr(index, "MAX_SORTED", 2)
    for _ in range(4):
        desk.keep(uid="jane")
    assert desk.find(OF_JANE, by) == (4, [4, 3, 2, 1])


@pytest.mark.parametrize("by", SortBy)
def test_more_of_an_end_user_than_are_sorted_are_refused_without_advice_that_does_not_help(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, by: SortBy
) -> None:
    monkeypatch.setattr(index, "MAX_OF_END_USER", 2)
    for closed in (True, True, False):
        desk.keep(uid="jane", status="Closed" if closed else "Open")
    with pytest.raises(TooManyToSort, match=r"^More than 2 tickets of the end user match: narrow the filters\.$"):
        desk.find(OF_JANE, by)
    assert desk.find(OF_JANE.narrowed(STATUS, frozenset({"closed"})), by) == (2, [2, 1])


def test_more_than_can_be_sorted_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MAX_SORTED", 2)
    for _ in range(2):
        desk.keep(channelID=3)
    of_channel = Filters({CHANNEL: frozenset({"3"})})
    assert desk.find(of_channel, SortBy.subject)[0] == 2
    desk.keep(channelID=3)
    with pytest.raises(TooManyToSort):
        desk.find(of_channel, SortBy.subject)
