"""A route: `GET /api/Tickets/{id}/shelf`."""

from tests.recipes.edit import PACKAGE, Edit
from tests.template import test_gateway
from tests.world import World

WISH = "add a route"
EVENT = Edit(
    "template.yaml",
    "        Replace: {Type: HttpApi,",
    """\
        Shelf: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: "/api/Tickets/{id}/shelf"}}
""",
)
EDITS = (
    Edit(
        f"{PACKAGE}/http/routes.py",
        "\nROUTES = (\n",
        """\
READ_SHELF = Route("readShelf", "GET", "/api/Tickets/{id}/shelf", Access.TicketAccess, "tickets")
""",
    ),
    Edit(f"{PACKAGE}/http/routes.py", "    READ_TICKET,\n", "    READ_SHELF,\n"),
    Edit("functions/tickets/app.py", "READ_TICKET, REPLACE_TICKET\n", "READ_SHELF, "),
    Edit(
        "functions/tickets/app.py",
        "lambda_handler = ",
        """\
@api.serves(READ_SHELF)
def read_shelf(application: Application, request: Request) -> Reply:
    '''Read a shelf.

    Returns the ticket on the shelf.
    '''
    return _ticket(application, request, application.tickets.read(request.caller, request.ticket_id()))


""",
    ),
    EVENT,
    Edit(
        "description/operations/tickets.py",
        "    routes.CREATE_TICKET: Operation(",
        """\
    routes.READ_SHELF: Operation(
        reply("The ticket.", TicketView, TICKET, "ETag"),
        refusals=(errors.NotFound,),
        ticket=1,
    ),
""",
    ),
)


def check() -> None:
    world = World()
    ticket = world.keep()
    path = f"/api/Tickets/{ticket.ticketID}/shelf"
    assert world.call("GET", path).as_expected(200).json["subject"] == ticket.subject
    world.call("GET", path, by=None).refused(401, "Unauthorized")
    test_gateway.test_the_gateway_has_the_routes_of_the_code_and_no_others()
