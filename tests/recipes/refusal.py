"""A refusal: `ShelfFull`."""

import json

from tests.gateway import an_event
from tests.recipes.edit import PACKAGE, Edit
from tests.world import Context, World
from ticketing import errors
from ticketing.application import Application
from ticketing.http import Api, Reply, Request
from ticketing.http.routes import READ_TICKET
from ticketing.lambda_handler import LambdaHandler

WISH = "add a refusal"
EDITS = (
    Edit(
        f"{PACKAGE}/errors.py",
        "class KeyInUse(",
        '''\
class ShelfFull(TicketingError):
    """The shelf has no room."""

    status = HTTPStatus.CONFLICT


''',
    ),
)


def check() -> None:
    api = Api()

    @api.serves(READ_TICKET)
    def _refuse(_: Application, request: Request) -> Reply:
        raise vars(errors)["ShelfFull"](f"There is no room for ticket {request.ticket_id()}.")

    event = an_event("GET", "/api/Tickets/7", headers={"Authorization": "Bearer rep-11"})
    reply = LambdaHandler(api.handle).handle(World().application, event, Context())
    problem = json.loads(reply["body"])
    assert (reply["statusCode"], problem["code"]) == (409, "ShelfFull")
    assert problem["detail"] == "There is no room for ticket 7."
