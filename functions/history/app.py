"""GET /api/Tickets/{id}/history-summary: what is known of a ticket's end user."""

from ticketing import wiring
from ticketing.http import Api, Reply, Request

api = Api("history")


@api.serves("GET /api/Tickets/{id}/history-summary")
def summarise(request: Request) -> Reply:
    """The facts of the end user's other tickets."""
    return Reply.of(wiring.history().summary(request.caller, request.ticket_id()))


lambda_handler = api.handle
