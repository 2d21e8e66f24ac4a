"""PUT /api/Tickets/{id}/assign and GET /api/Tickets/{ticketId}/play: tickets that are phone calls, and all others."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application, LambdaHandler
from ticketing.calls.assignment import Assigned, AssignRequest
from ticketing.calls.call import AssignDraft, AssignedView
from ticketing.http import Api, Reply, Request
from ticketing.telemetry import logger
from ticketing.tickets.draft import validated
from ticketing.tickets.precondition import entity_tag

api = Api("calls")


@api.serves("PUT /api/Tickets/{id}/assign")
def assign_ticket(application: Application, request: Request) -> Reply:
    """The ticket, now the caller's, and what became of its call; with an Idempotency-Key, once."""
    body, _ = request.body_as(partial(validated, AssignDraft)) if request.has_body else ({}, None)
    parameters = request.parameters
    wants_call = parameters.flag("forward") is not False
    parameters.require_sound()
    condition, key = request.precondition, request.idempotency_key(body)
    taking = AssignRequest(request.representative, request.ticket_id(), condition, wants_call, key)
    assigned = application.assigning.assign(taking, request.deadline)
    if assigned.problem:
        fields = {"ticketID": assigned.ticket.ticketID, "problem": assigned.problem}
        logger().warning("call not forwarded", extra=fields)
    return _assigned(application, assigned)


@api.serves("GET /api/Tickets/{ticketId}/play")
def play_recording(application: Application, request: Request) -> Reply:
    """Where the recording can be played: a redirect, or JSON for browsers, which would send the token along."""
    playable = application.playback.of(request.representative, request.ticket_id())
    if request.accepts("application/json"):
        return Reply.of(playable)
    return Reply.empty(HTTPStatus.FOUND, Location=playable.url)


def _assigned(application: Application, assigned: Assigned) -> Reply:
    headers = {"ETag": entity_tag(assigned.ticket)} | ({"Idempotent-Replayed": "true"} if assigned.replayed else {})
    ticket = application.labels.view(assigned.ticket)
    view = AssignedView.model_construct(**dict(ticket), callForward=assigned.callForward)
    return Reply(HTTPStatus.OK, view.model_dump_json(), headers)


lambda_handler = LambdaHandler(api.handle)
