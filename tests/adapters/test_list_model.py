"""Random tickets and random lists on real indexes: exactly what the contract's words say, page by page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.backends import Backend
from tests.adapters.engines import Tables
from tests.builders import acme
from tests.followers import InMemoryJobs, InMemorySearch
from tests.listing_model import FIELDS, NOW, PARAMETERS, Parameters, expected, tickets_of
from ticketing.domain.principal import Representative, Role
from ticketing.domain.ticket import Ticket
from ticketing.usecases.deadline import Deadline
from ticketing.usecases.indexing import Indexing, TicketChange
from ticketing.usecases.labels import Labels
from ticketing.usecases.listing import Listing
from ticketing.usecases.planning import Planning
from ticketing.usecases.searching import Searching
from ticketing.web.list_query import list_request

ROLES = {11: Role.Administrator, 13: Role.Agent, 15: Role.Restricted}


@dataclass(frozen=True)
class Desk:
    """Lists over the atomic engine, for ever new customers."""

    backend: Backend
    listing: Listing
    indexing: Indexing
    new_customer: Callable[[], int]

    def keep(self, tickets: list[Ticket]) -> None:
        """Keeps tickets, and counts them as the stream's consumer does."""
        for ticket in tickets:
            self.backend.store.create(ticket)
        self.indexing.enter_tickets(map(TicketChange, tickets), Deadline(0))

    def page(self, caller: Representative, parameters: Parameters, **paging: object) -> Any:
        pairs = [*parameters, *((name, str(value)) for name, value in paging.items())]
        return self.listing.page(caller, list_request(pairs, NOW))

    def cursored(self, caller: Representative, parameters: Parameters, size: int) -> Iterator[Any]:
        page = self.page(caller, parameters, pageSize=size)
        yield page
        while page.nextCursor:
            page = self.page(caller, parameters, pageSize=size, cursor=page.nextCursor)
            yield page


@pytest.fixture(scope="module")
def desk(atomic: Backend, tables: Tables) -> Desk:
    search = InMemorySearch()
    planning = Planning(atomic.index, atomic.tallies, Searching(search), lambda: tables.executor)
    listing = Listing(planning, atomic.store, atomic.directory, Labels(atomic.directory))
    customers = iter(range(500_000, 600_000))
    return Desk(atomic, listing, Indexing(atomic.tallies, search, InMemoryJobs()), lambda: next(customers))


@settings(max_examples=60)
@given(
    st.lists(FIELDS, max_size=12),
    st.lists(st.tuples(PARAMETERS, st.sampled_from(sorted(ROLES))), min_size=1, max_size=3),
    st.tuples(st.integers(1, 8), st.integers(1, 5)),
)
def test_pages_and_cursors_show_each_match_exactly_once(
    desk: Desk, fields: list[dict[str, Any]], lists: list[tuple[Parameters, int]], paging: tuple[int, int]
) -> None:
    customerID, (number, size) = desk.new_customer(), paging
    desk.backend.directory.load(acme(customerID=customerID, reps=[], channels=[], topics=[]))
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


@settings(max_examples=20)
@given(st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=8), PARAMETERS)
def test_lists_follow_changes_and_deletions(
    desk: Desk, changes: list[tuple[dict[str, Any], dict[str, Any]]], parameters: Parameters
) -> None:
    customerID = desk.new_customer()
    desk.backend.directory.load(acme(customerID=customerID, reps=[], channels=[], topics=[]))
    before = tickets_of([fields for fields, _ in changes], customerID)
    after = [
        ticket.model_copy(update={"version": 2}) for ticket in tickets_of([fields for _, fields in changes], customerID)
    ]
    desk.keep(before)
    for old, new in zip(before, after, strict=True):
        desk.backend.store.replace(old, new)
    desk.backend.store.delete(after[0])
    desk.indexing.enter_tickets([*map(TicketChange, after), TicketChange(after[0], isRemoved=True)], Deadline(0))
    caller = Representative(customerID, 13, Role.Agent)
    for each in (caller, replace(caller, sees_all=True)):
        page = desk.page(each, parameters, pageSize=100)
        wanted = expected(after[1:], each, parameters)
        assert [item.ticketID for item in page.items] == wanted
        assert page.totalCount == len(wanted)
