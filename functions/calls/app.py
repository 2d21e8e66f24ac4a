"""PUT /api/Tickets/{id}/assign and GET /api/Tickets/{ticketId}/play: tickets that are phone calls, and all others."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application
from ticketing.calls.assignment import Assigned, AssignRequest
from ticketing.calls.call import CallForward
from ticketing.calls.views import AssignDraft, AssignedView
from ticketing.http import Api, Reply, Request
from ticketing.http.parameters import QueryParameter
from ticketing.http.routes import ASSIGN_TICKET, PLAY_RECORDING
from ticketing.kernel.validation import validated
from ticketing.lambda_handler import LambdaHandler
from ticketing.telemetry import logger
from ticketing.tickets.precondition import entity_tag

FORWARD = QueryParameter(
    "forward", "false takes the ticket without redirecting its call.", {"type": "boolean", "default": True}
)

api = Api()


@api.serves(ASSIGN_TICKET)
def assign_ticket(application: Application, request: Request) -> Reply:
    """Take a ticket, and its live call.

    Gives the ticket to you. If it is a live phone call (`channelType` Phone, a `twilio_CallSid`, no `endDate`, not
    closed) and you have a phone number, the call is redirected there; `callForward` says what became of it, and a call
    that could not be redirected leaves the assignment standing.

    - Of two who race for a ticket that nobody holds one gets it; the other is answered with `AlreadyAssigned`. So is an
      Agent who finds it with another representative; an Administrator or Supervisor takes it over. A Restricted
      representative may only keep their own.
    - A closed ticket may be taken.
    - A call is redirected to you once: taking the ticket again does not dial again, unless the first attempt failed.
    """
    body, _ = request.body_as(partial(validated, AssignDraft)) if request.has_body else ({}, None)
    parameters = request.parameters
    wants_call = parameters.read(FORWARD)
    parameters.require_sound()
    condition, key = request.precondition, request.idempotency_key(body)
    taking = AssignRequest(request.representative, request.ticket_id(), condition, wants_call, key)
    assigned = application.assigning.assign(taking, request.deadline)
    if assigned.problem:
        fields = {"ticketID": assigned.ticket.ticketID, "problem": assigned.problem}
        is_forwarded = assigned.callForward is CallForward.forwarded
        logger().warning("hook not fired" if is_forwarded else "call not forwarded", extra=fields)
    return _assigned(application, request, assigned)


@api.serves(PLAY_RECORDING)
def play_recording(application: Application, request: Request) -> Reply:
    """Play a call's recording.

    Redirects to an address from which the sound can be played for 300 seconds, in ranges too. With `Accept:
    application/json` the address is the body of the answer instead: so ask for it from a browser, where a redirected
    request would carry your token along. Whoever may read the ticket may hear it.
    """
    playable = application.playback.of(request.representative, request.ticket_id())
    if request.accepts("application/json"):
        return Reply.of(playable)
    return Reply.empty(HTTPStatus.FOUND, Location=playable.url)


def _assigned(application: Application, request: Request, assigned: Assigned) -> Reply:
    ticket = application.labels.view(assigned.ticket, request.caller)
    view = AssignedView.model_construct(**dict(ticket), callForward=assigned.callForward)
    return Reply.of(view, ETag=entity_tag(assigned.ticket)).marked(assigned.replayed)


lambda_handler = LambdaHandler(api.handle)
