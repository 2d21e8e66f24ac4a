"""GET /api/Tickets/{id}/history-summary: what is known of a ticket's end user."""

from ticketing.application import Application, LambdaHandler
from ticketing.http import Api, Reply, Request

api = Api("history")


@api.serves("GET /api/Tickets/{id}/history-summary")
def summarise(application: Application, request: Request) -> Reply:
    """The facts of the end user's other tickets."""
    return Reply.of(application.history.summary(request.caller, request.ticket_id()))


lambda_handler = LambdaHandler(api.handle)
