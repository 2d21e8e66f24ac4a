"""GET and POST /api/Tickets; GET, PUT, PATCH and DELETE /api/Tickets/{id}."""

from http import HTTPStatus

from ticketing.application import Application, LambdaHandler
from ticketing.http import Api, Reply, Request
from ticketing.http.list_query import list_request
from ticketing.kernel.instant import canonical
from ticketing.tickets.draft import new_draft, replacing_draft
from ticketing.tickets.model import Ticket
from ticketing.tickets.patch import json_patch, merge_patch
from ticketing.tickets.permissions import require_channel_kept
from ticketing.tickets.precondition import entity_tag, none_match

PATCHES = {
    "application/json-patch+json": json_patch,
    "application/json": json_patch,
    "application/merge-patch+json": merge_patch,
}

api = Api("tickets")


@api.serves("GET /api/Tickets")
def list_tickets(application: Application, request: Request) -> Reply:
    """A page of the tickets that the caller may read."""
    wanted = list_request(request.parameters, canonical(application.adapters.now()))
    return Reply.of(application.listing.page(request.representative, wanted))


@api.serves("POST /api/Tickets")
def create_ticket(application: Application, request: Request) -> Reply:
    """A new ticket; with an Idempotency-Key, at most one."""
    body, draft = request.body_as(new_draft)
    key = request.idempotency_key(body)
    created = application.tickets.create(request.caller, draft, key, request.deadline)
    headers = {"Location": f"/api/Tickets/{created.ticket.ticketID}", "ETag": entity_tag(created.ticket)}
    if created.replayed:
        headers["Idempotent-Replayed"] = "true"
    return Reply(HTTPStatus.CREATED, application.labels.view(created.ticket).model_dump_json(), headers)


@api.serves("GET /api/Tickets/{id}")
def read_ticket(application: Application, request: Request) -> Reply:
    """One ticket, or 304 when the client has it already."""
    ticket = application.tickets.read(request.caller, request.ticket_id())
    if none_match(request.headers.get("if-none-match"), entity_tag(ticket)):
        return Reply.empty(HTTPStatus.NOT_MODIFIED, ETag=entity_tag(ticket))
    return _ticket(application, ticket)


@api.serves("PUT /api/Tickets/{id}")
def replace_ticket(application: Application, request: Request) -> Reply:
    """The editable fields, replaced."""
    _, draft = request.body_as(replacing_draft)
    condition = request.precondition
    ticket = application.tickets.replace(request.caller, request.ticket_id(), draft, condition, request.deadline)
    return _changed(application, request, ticket)


@api.serves("PATCH /api/Tickets/{id}")
def patch_ticket(application: Application, request: Request) -> Reply:
    """A JSON Patch or a merge patch, applied whole or not at all."""
    _, patch = request.body_by_type(PATCHES)
    condition = request.precondition
    require_channel_kept(request.caller, patch.literals())
    ticket = application.tickets.patch(request.caller, request.ticket_id(), patch, condition, request.deadline)
    return _changed(application, request, ticket)


@api.serves("DELETE /api/Tickets/{id}")
def delete_ticket(application: Application, request: Request) -> Reply:
    """The ticket, gone."""
    condition = request.precondition
    application.tickets.delete(request.caller, request.ticket_id(), condition, request.deadline)
    return Reply.empty()


def _changed(application: Application, request: Request, ticket: Ticket) -> Reply:
    return Reply.empty(ETag=entity_tag(ticket)) if request.wants_no_body else _ticket(application, ticket)


def _ticket(application: Application, ticket: Ticket) -> Reply:
    return Reply.of(application.labels.view(ticket), ETag=entity_tag(ticket))


lambda_handler = LambdaHandler(api.handle)
