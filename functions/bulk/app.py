"""PUT /api/Tickets/bulk: one action over many tickets."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application, LambdaHandler
from ticketing.bulk.request import BulkUpdateRequest
from ticketing.http import Api, Reply, Request
from ticketing.tickets.draft import validated

LONGEST_REQUEST = 20.0
"""Seconds after which no ticket is begun: what is under way then still ends within the gateway's thirty. Until the
tickets have been read, a bulk request has as long as any other."""

api = Api("bulk", LONGEST_REQUEST)


@api.serves("PUT /api/Tickets/bulk")
def update_many(application: Application, request: Request) -> Reply:
    """What became of each ticket; with an Idempotency-Key, the action is done once."""
    body, update = request.body_as(partial(validated, BulkUpdateRequest))
    key = request.idempotency_key(body)
    answer = application.bulk.answer(request.caller, update, key, request.deadline)
    return Reply(HTTPStatus.OK, answer.body, {"Idempotent-Replayed": "true"} if answer.replayed else {})


lambda_handler = LambdaHandler(api.handle)
