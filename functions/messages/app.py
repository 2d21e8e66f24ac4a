"""GET and POST /api/TicketMessages: the messages of one ticket."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application, LambdaHandler
from ticketing.errors import Fault, InvalidRequest
from ticketing.http import Api, Reply, Request
from ticketing.http.list_query import page_and_size, require_depth
from ticketing.http.request import ticket_id
from ticketing.tickets.draft import validated
from ticketing.tickets.messages import MessageDraft

MAX_PAGE_SIZE = 20
"""Messages on a page: twenty of the longest stay well under the 6 MB of a Lambda reply."""

api = Api("messages")


@api.serves("GET /api/TicketMessages")
def list_messages(application: Application, request: Request) -> Reply:
    """A page of a ticket's messages, oldest first."""
    parameters = request.parameters
    ticket = parameters.one("ticketId")
    number, size = page_and_size(parameters, MAX_PAGE_SIZE)
    parameters.require_sound()
    if ticket is None:
        raise InvalidRequest("Which ticket?", [Fault("ticketId", "is required")])
    require_depth(number, size, "a ticket's messages cannot be read beyond")
    return Reply.of(application.conversations.page(request.caller, ticket_id(ticket), number, size))


@api.serves("POST /api/TicketMessages")
def add_message(application: Application, request: Request) -> Reply:
    """A new message on a ticket; with an Idempotency-Key, at most one."""
    body, draft = request.body_as(partial(validated, MessageDraft))
    key = request.idempotency_key(body)
    added = application.conversations.add(request.caller, draft, key, request.deadline)
    replayed = {"Idempotent_Replayed": "true"} if added.replayed else {}
    return Reply.of(added.message, HTTPStatus.CREATED, **replayed)


lambda_handler = LambdaHandler(api.handle)
