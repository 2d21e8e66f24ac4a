"""Operations of changes, of one ticket and of all: bodies, replies, refusals, examples."""

from http import HTTPStatus

from description import headers
from description.operation import Operation, Success
from description.operations.parts import EXAMPLES, TICKET, reply
from functions.changes.app import FEED_PARAMETERS, HISTORY_PARAMETERS
from ticketing import errors
from ticketing.feed.view import FeedPage
from ticketing.history.view import ChangePage
from ticketing.http import routes
from ticketing.http.routes import Route

_FEED = {
    "items": [
        {"ticketID": 101, "version": 4, "ticket": TICKET},
        {"ticketID": 57, "version": 3, "ticket": None},
    ],
    "next": "7MmJpHqHVndbMSwxMSwiQWRtaW5pc3RyYXRvciIsZmFsc2UsMTc5NTcyMjY4MTk2NiwwLG51bGwsMTc5NTcyMjY4MV0",
    "isUpToDate": True,
}

OPERATIONS: dict[Route, Operation] = {
    routes.READ_HISTORY: Operation(
        reply("A page of the history.", ChangePage, {"items": EXAMPLES["changes"], "nextCursor": None}),
        query=HISTORY_PARAMETERS,
        refusals=(errors.InvalidCursor, errors.NotFound),
        ticket=1,
    ),
    routes.FOLLOW_CHANGES: Operation(
        reply("What changed since.", FeedPage, _FEED, "ETag"),
        Success("Nothing changed.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        query=FEED_PARAMETERS,
        headers=(headers.IF_NONE_MATCH,),
        refusals=(errors.InvalidCursor, errors.Gone),
    ),
}
