"""Checks which tickets a list shows, by which index it is walked, and what its cursors are bound to."""

import pytest

from tests.builders import A_MOMENT, a_ticket
from ticketing.lists.dynamodb.index_scan import IndexScan, index_scans, scan_by_state
from ticketing.lists.query import Filters, ListRequest
from ticketing.tickets.facets import CHANNEL, FACETS, REP, STATE, STATUS, TYPE, UID, Facet, state_values
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Order, SortBy

LATER = "2026-03-01T00:00:00.000Z"


def only(facet: Facet, *values: str) -> Filters:
    return Filters({facet: frozenset(values)})


@pytest.mark.parametrize(
    ("ticket", "facet", "value"),
    [
        (a_ticket(status="PENDING"), STATUS, "pending"),
        (a_ticket(channelType="WhatsApp"), TYPE, "whatsapp"),
        (a_ticket(customerRepID=13), REP, "13"),
        (a_ticket(), REP, "0"),
        (a_ticket(channelID=3), CHANNEL, "3"),
        (a_ticket(uid="Jane"), UID, "Jane"),
        (a_ticket(), STATE, "open"),
        (a_ticket(status="Closed"), STATE, "closed"),
        (a_ticket(isSpam=True), STATE, "open-spam"),
        (a_ticket(status="Closed", isSpam=True), STATE, "closed-spam"),
    ],
)
def test_a_ticket_is_found_by_each_of_its_facets(ticket: Ticket, facet: Facet, value: str) -> None:
    assert facet.of(ticket) == value
    assert only(facet, value, "another").matches(ticket)
    assert not only(facet, "another").matches(ticket)


@pytest.mark.parametrize("facet", [CHANNEL, UID])
def test_a_ticket_without_a_value_is_found_by_none(facet: Facet) -> None:
    assert facet.of(a_ticket()) is None
    assert not only(facet, "", "0", "None").matches(a_ticket())


def test_every_filter_must_hold() -> None:
    filters = only(STATUS, "open").narrowed(TYPE, frozenset({"email"}))
    assert filters.matches(a_ticket())
    assert not filters.matches(a_ticket(channelType="Chat"))
    assert not filters.matches(a_ticket(status="Pending"))


def test_only_processed_tickets_are_listed() -> None:
    assert Filters().matches(a_ticket())
    assert not Filters().matches(a_ticket(isProcessed=False))


def test_a_follow_up_that_lies_ahead_hides_a_ticket() -> None:
    filters = Filters(hidden_after=LATER)
    assert filters.matches(a_ticket())
    assert filters.matches(a_ticket(followUpDate=A_MOMENT))
    assert filters.matches(a_ticket(followUpDate=LATER))
    assert not filters.matches(a_ticket(followUpDate="2026-03-01T00:00:00.001Z"))
    assert Filters().matches(a_ticket(followUpDate="9999-12-31T23:59:59.999Z"))


def test_narrowing_twice_leaves_what_is_in_both() -> None:
    filters = only(REP, "1", "2").narrowed(REP, frozenset({"2", "3"}))
    assert filters.facets[REP] == {"2"}
    assert not filters.impossible
    assert filters.narrowed(REP, frozenset({"3"})).impossible


@pytest.mark.parametrize(
    ("closed", "spam", "values"),
    [
        (None, None, {"open", "closed", "open-spam", "closed-spam"}),
        (True, None, {"closed", "closed-spam"}),
        (False, None, {"open", "open-spam"}),
        (None, True, {"open-spam", "closed-spam"}),
        (None, False, {"open", "closed"}),
        (True, True, {"closed-spam"}),
        (False, False, {"open"}),
    ],
)
def test_closed_and_spam_are_one_facet(closed: bool | None, spam: bool | None, values: set[str]) -> None:
    assert state_values(closed, spam) == values


def test_without_a_filter_every_state_is_walked() -> None:
    hiding = Filters(hidden_after=LATER)
    assert scan_by_state(hiding) == IndexScan(STATE, state_values(None, None), hiding)
    assert scan_by_state(hiding.narrowed(STATE, frozenset({"open"}))) == IndexScan(STATE, frozenset({"open"}), hiding)
    assert scan_by_state(hiding.narrowed(TYPE, frozenset({"chat"}))) is None


@pytest.mark.parametrize("facet", [facet for facet in FACETS if facet.is_indexed and facet is not STATE])
def test_a_single_filter_is_walked_by_its_own_index(facet: Facet) -> None:
    assert index_scans(only(facet, "7")) == [IndexScan(facet, frozenset({"7"}), Filters())]


def test_a_filter_without_an_index_is_found_through_others() -> None:
    assert index_scans(only(TYPE, "fax")) == []


def test_of_several_filters_each_may_be_walked_while_the_others_drop_what_does_not_match() -> None:
    both = only(STATUS, "open").narrowed(REP, frozenset({"13"}))
    assert index_scans(both) == [
        IndexScan(STATUS, frozenset({"open"}), only(REP, "13")),
        IndexScan(REP, frozenset({"13"}), only(STATUS, "open")),
    ]


REQUEST = ListRequest(only(STATUS, "open", "pending"), None, Order(), page=1, size=10)


def test_a_cursor_is_bound_to_the_list_and_not_to_its_pages() -> None:
    same = [
        ListRequest(only(STATUS, "pending", "open"), None, Order(), page=7, size=99),
        ListRequest(only(STATUS, "open", "pending"), None, Order(), page=1, size=10, cursor="x"),
    ]
    assert {request.fingerprint("me") for request in same} == {REQUEST.fingerprint("me")}


def test_a_cursor_outlives_the_moment_in_which_it_was_made() -> None:
    moments = (A_MOMENT, LATER)
    requests = [ListRequest(Filters(hidden_after=moment), None, Order(), 1, 10) for moment in moments]
    assert len({request.fingerprint("me") for request in requests}) == 1


def test_a_cursor_is_bound_to_everything_else() -> None:
    filters = REQUEST.filters
    others = [
        ListRequest(only(STATUS, "open"), None, Order(), 1, 10),
        ListRequest(only(TYPE, "open", "pending"), None, Order(), 1, 10),
        ListRequest(filters.narrowed(UID, frozenset({"u"})), None, Order(), 1, 10),
        ListRequest(Filters(filters.facets, hidden_after=LATER), None, Order(), 1, 10),
        ListRequest(filters, 31, Order(), 1, 10),
        ListRequest(filters, None, Order(SortBy.ticketID), 1, 10),
        ListRequest(filters, None, Order(descending=False), 1, 10),
        ListRequest(filters, None, Order(), 1, 10, search="refund"),
    ]
    fingerprints = {request.fingerprint("me") for request in [REQUEST, *others]}
    assert len(fingerprints | {REQUEST.fingerprint("another")}) == len(others) + 2
