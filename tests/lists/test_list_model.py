"""Random tickets and random lists on real indexes: exactly what the contract's words say, page by page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.backends import application_on, directory_on
from tests.builders import acme
from tests.engines import Tables
from tests.lists.model import BY_FREE_TEXT, CROWD, FEW, FIELDS, NOW, PARAMETERS, Parameters, expected, tickets_of
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.directory.principal import Representative, Role
from ticketing.http.list_query import list_request
from ticketing.http.parameters import Parameters as Query
from ticketing.kernel.deadline import Deadline
from ticketing.lists.dynamodb.counts import DynamoTicketCounts
from ticketing.lists.dynamodb.scarcity import Scarcity
from ticketing.lists.indexing import Indexing
from ticketing.lists.listing import Listing
from ticketing.lists.query import Filters
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import TicketStore

_CUSTOMERS = count(500_000)
ROLES = {11: Role.Administrator, 13: Role.Agent, 15: Role.Restricted}


@dataclass(frozen=True)
class Desk:
    """Lists over an atomic engine, for ever new customers."""

    listing: Listing
    indexing: Indexing
    store: TicketStore
    directory: DynamoDirectory
    ticket_counts: DynamoTicketCounts

    def customer(self) -> int:
        """A new one, who has end users."""
        customerID = next(_CUSTOMERS)
        self.directory.load(acme(customerID=customerID, reps=[], channels=[], topics=[]))
        return customerID

    def keep(self, tickets: list[Ticket]) -> None:
        """Keeps tickets, and counts them as the stream's consumer does."""
        for ticket in tickets:
            self.store.create(ticket)
        self.follow(map(TicketChange, tickets))

    def follow(self, changes: Iterable[TicketChange]) -> None:
        self.indexing.enter_tickets(changes, Deadline(0))

    def page(self, caller: Representative, parameters: Parameters, **paging: object) -> Any:
        pairs = [*parameters, *((name, str(value)) for name, value in paging.items())]
        return self.listing.page(caller, list_request(Query(pairs), NOW))

    def cursored(self, caller: Representative, parameters: Parameters, size: int) -> Iterator[Any]:
        page = self.page(caller, parameters, pageSize=size)
        yield page
        while page.nextCursor:
            page = self.page(caller, parameters, pageSize=size, cursor=page.nextCursor)
            yield page


@pytest.fixture(scope="module")
def desk(tables: Tables) -> Desk:
    application = application_on(tables)
    adapters = application.adapters
    adapters.ticket_counts = ticket_counts = DynamoTicketCounts(
        adapters.dynamodb,
        adapters.settings.TALLIES_TABLE,
        lambda: adapters.executor,
        adapters.now,
        most=FEW,
        scarcity=Scarcity(large=0, share=3),
    )
    return Desk(application.listing, application.indexing, adapters.tickets, directory_on(tables), ticket_counts)


@settings(max_examples=60)
@given(
    st.lists(FIELDS, max_size=12),
    st.lists(st.tuples(PARAMETERS, st.sampled_from(sorted(ROLES))), min_size=1, max_size=3),
    st.tuples(st.integers(1, 8), st.integers(1, 5)),
)
def test_pages_and_cursors_show_each_match_exactly_once(
    desk: Desk, fields: list[dict[str, Any]], lists: list[tuple[Parameters, int]], paging: tuple[int, int]
) -> None:
    customerID, (number, size) = desk.customer(), paging
    tickets = tickets_of(fields, customerID)
    desk.keep(tickets)
    for parameters, repID in lists:
        caller = Representative(customerID, repID, ROLES[repID])
        wanted = expected(tickets, caller, parameters)
        page = desk.page(caller, parameters, pageSize=size, pageNumber=number)
        assert [item.ticketID for item in page.items] == wanted[(number - 1) * size : number * size]
        assert (page.totalCount, page.totalPages) == (len(wanted), -(-len(wanted) // size))
        pages = list(desk.cursored(caller, parameters, size))
        assert [item.ticketID for page in pages for item in page.items] == wanted
        assert {page.totalCount for page in pages} == {len(wanted)}
        assert all(len(page.items) == size for page in pages[:-1])


@settings(max_examples=40)
@given(CROWD, st.lists(BY_FREE_TEXT, min_size=2, max_size=4))
def test_totals_are_exact_where_some_statuses_and_types_share_counts(
    desk: Desk, fields: list[dict[str, Any]], lists: list[Parameters]
) -> None:
    tickets = tickets_of(fields, desk.customer())
    desk.keep(tickets)
    caller = Representative(tickets[0].customerID, 11, Role.Administrator)
    for parameters in lists:
        wanted = expected(tickets, caller, parameters)
        pages = list(desk.cursored(caller, parameters, size=2))
        assert [item.ticketID for page in pages for item in page.items] == wanted
        assert {page.totalCount for page in pages} == {len(wanted)}


@settings(max_examples=20)
@given(st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=8), PARAMETERS)
def test_lists_follow_changes_and_deletions(
    desk: Desk, changes: list[tuple[dict[str, Any], dict[str, Any]]], parameters: Parameters
) -> None:
    customerID = desk.customer()
    before = tickets_of([fields for fields, _ in changes], customerID)
    after = [
        ticket.model_copy(update={"version": 2}) for ticket in tickets_of([fields for _, fields in changes], customerID)
    ]
    desk.keep(before)
    for old, new in zip(before, after, strict=True):
        desk.store.replace(old, new)
    desk.store.delete(after[0])
    desk.follow([*map(TicketChange, after), TicketChange(after[0], isRemoved=True)])
    caller = Representative(customerID, 13, Role.Agent)
    for each in (caller, replace(caller, sees_all=True)):
        page = desk.page(each, parameters, pageSize=100)
        wanted = expected(after[1:], each, parameters)
        assert [item.ticketID for item in page.items] == wanted
        assert page.totalCount == len(wanted)
    for ticket in after[1:]:
        desk.store.delete(ticket)
    desk.follow([TicketChange(ticket, isRemoved=True) for ticket in after[1:]])
    totals = desk.ticket_counts.totals(customerID, None)
    assert (totals.candidates(Filters()), totals.table) == ({}, 0)
