"""GET /api/Tickets/{id}/history-summary: the end user of a ticket, summarised."""

from ticketing.application import Application
from ticketing.http import Api, Reply, Request
from ticketing.http.routes import SUMMARISE
from ticketing.lambda_handler import LambdaHandler

api = Api()


@api.serves(SUMMARISE)
def summarise(application: Application, request: Request) -> Reply:
    """Summarise the history of a ticket's end user.

    Tells of the other processed tickets that the customer has with the ticket's `uid`, and with every other address
    of its end users; spam does not count. All of them are counted, but topics are those of the 1,000 with the latest
    contact.

    Whoever may read the ticket may see the whole history, also what lies in tickets that they may not read. A phone
    line's token may ask about tickets of its own channel. Without a `uid` there is no history: zeros, nulls and empty
    lists.
    """
    return Reply.of(application.summaries.summary(request.caller, request.ticket_id()))


lambda_handler = LambdaHandler(api.handle)
