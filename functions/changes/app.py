"""GET /api/Tickets/{id}/changes and GET /api/Changes: what changed of one ticket, and of all."""

from http import HTTPStatus

from ticketing.application import Application
from ticketing.http import Api, Reply, Request
from ticketing.http.parameters import QueryParameter, page_size
from ticketing.http.routes import FOLLOW_CHANGES, READ_HISTORY
from ticketing.lambda_handler import LambdaHandler
from ticketing.tickets.precondition import none_match

HISTORY_PARAMETERS = (
    page_size(),
    QueryParameter("cursor", "The nextCursor of a reply: continues that ticket's history."),
)
FEED_PARAMETERS = (
    QueryParameter(
        "since",
        "The next of your last reply. Left out, it begins with all tickets that you may read; `now` begins with none.",
        example="now",
    ),
    page_size(usual=100),
)

api = Api()


@api.serves(READ_HISTORY)
def read_history(application: Application, request: Request) -> Reply:
    """Read who changed a ticket, when, and what.

    One entry for each version of the ticket, newest first: by field what it was before and is after. A creation has
    every field that has a value. A message stands as `messages`, with its messageID and direction. An entry is there
    within two seconds of its change, and goes with its ticket. Whoever may read the ticket may read it.
    """
    from ticketing.history.reading import Place  # what the feed, which is asked far more often, does not load

    parameters = request.parameters
    asked = parameters.values(HISTORY_PARAMETERS)
    parameters.require_sound()
    after = Place.of(asked["cursor"]) if asked["cursor"] else None
    return Reply.of(application.history_reading.page(request.caller, request.ticket_id(), after, asked["pageSize"]))


@api.serves(FOLLOW_CHANGES)
def follow_changes(application: Application, request: Request) -> Reply:
    """Follow all that changes.

    A feed of all tickets of the customer, without gaps, for an app that keeps a copy. Begin without `since`, and go on
    with the `next` of each reply: first come all tickets that you may read, in any order, then whatever has changed.
    Once `isUpToDate` is true you hold every ticket that you may read, as it was then or later. Ask again every two
    seconds, with the last ETag in `If-None-Match`: as long as there is nothing new that is answered with 304.

    - Each ticket stands at most once in a reply, as it is now. A change is told within two seconds.
    - `ticket` is null for one that was deleted, or that you may not read (any more): drop it. So the feed can name ids
      of tickets that you may not read, and nothing else of them.
    - Tickets that are not yet processed are told too. A new name of a representative, channel, topic or end user is no
      change of a ticket. Deletions from before the beginning are not told.
    - `next` is yours alone. When your role or the customer's agentScope changes, or after 30 days, it is `Gone`: begin
      again, without `since`.
    """
    parameters = request.parameters
    asked = parameters.values(FEED_PARAMETERS)
    parameters.require_sound()
    told = application.following.page(request.representative, asked["since"], asked["pageSize"])
    if told.is_nothing and none_match(request.headers.get("if-none-match"), told.tag):
        return Reply.empty(HTTPStatus.NOT_MODIFIED, ETag=told.tag)
    return Reply.of(told.page, ETag=told.tag)


lambda_handler = LambdaHandler(api.handle)
