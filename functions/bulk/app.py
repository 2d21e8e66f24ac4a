"""PUT /api/Tickets/bulk: one action over many tickets."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application
from ticketing.bulk.request import BulkUpdateRequest
from ticketing.http import Api, Reply, Request
from ticketing.http.routes import UPDATE_MANY
from ticketing.kernel.validation import validated
from ticketing.lambda_handler import LambdaHandler

LONGEST_REQUEST = 20.0
"""Seconds after which no ticket is begun: what is under way then still ends within the gateway's thirty. Until the
tickets have been read, a bulk request has as long as any other."""

api = Api(LONGEST_REQUEST)


@api.serves(UPDATE_MANY)
def update_many(application: Application, request: Request) -> Reply:
    """Change many tickets.

    Does one action to up to 500 tickets, and says of each what became of it. Those that are missing or that you may not
    change fail, the others are done.

    - `close`, `open`, `invertstate`: closes, reopens, or does to each the one that it is not.
    - `spam`, `notspam`: sets or clears isSpam (spam closes too, notspam reopens what spam closed), and teaches the
      customer's spam filter.
    - `read`: marks the messages so far as read.
    - `delete`: as DELETE. `deletecleanup`: closes, and removes when the customer's `cleanupDays` have passed; any
      reopening takes that back.
    - `updatetopics`: sets the topics to `topicIds`, none to clear them, and teaches the topic detector.
    - `detectspam`, `detecttopics`, `executeactions`: in the background. The first two ask the spam filter and the topic
      detector, the last runs the actions of `hookName`.

    `customerRepID` is applied together with the action: left out or null it keeps the assignment, 0 means nobody. An
    assignment that your role may not make changes nothing.

    What is not reached in time is in `failed` with 503: ask for it again, with a new key.
    """
    body, update = request.body_as(partial(validated, BulkUpdateRequest))
    key = request.idempotency_key(body)
    answer = application.bulk.answer(request.caller, update, key, request.deadline)
    return Reply(HTTPStatus.OK, answer.body).marked(answer.replayed)


lambda_handler = LambdaHandler(api.handle)
