"""Lists on every engine, for the recipes of filters and orders."""

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl

from tests.backends import application_on, directory_on
from tests.builders import ADMIN, a_rep, acme
from tests.engines import moto
from tests.template import test_tables
from tests.world import World
from ticketing.application import Application
from ticketing.http.list_query import list_request
from ticketing.http.parameters import Parameters
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.instant import canonical
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.model import Ticket


def applications(tickets: Sequence[Ticket]) -> Iterator[Application]:
    """Yield an application on the fakes and one on DynamoDB's tables, in which these tickets are stored and indexed."""
    world = World()
    for ticket in tickets:
        world.store.create(ticket)
    yield world.application
    with moto() as tables:
        application = application_on(tables)
        directory_on(tables).load(acme())
        for ticket in tickets:
            application.adapters.tickets.create(ticket)
        application.indexing.enter_tickets([TicketChange(ticket) for ticket in tickets], Deadline(at=0))
        yield application


def listed(application: Application, query: str) -> tuple[list[int], int]:
    """Return the ticketIDs on an Administrator's page of a list, and the list's total."""
    wanted = list_request(Parameters(parse_qsl(query)), canonical(application.adapters.now()))
    page = application.listing.page(a_rep("Administrator", ADMIN), wanted)
    return [item.ticketID for item in page.items], page.totalCount


def require_projections() -> None:
    """Fail unless every index holds what lists filter and sort by; moto filters by what an index does not hold too."""
    for facet in test_tables.INDEXED:
        test_tables.test_a_facet_has_an_index_that_holds_what_lists_filter_and_sort_by(facet)
