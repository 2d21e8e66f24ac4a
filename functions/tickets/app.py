"""GET and POST /api/Tickets; GET, PUT, PATCH and DELETE /api/Tickets/{id}."""

from collections.abc import Callable
from http import HTTPStatus

from ticketing.application import Application
from ticketing.errors import NotFound
from ticketing.http import Api, Reply, Request
from ticketing.http.list_query import list_request
from ticketing.http.routes import CREATE_TICKET, DELETE_TICKET, LIST_TICKETS, PATCH_TICKET, READ_TICKET, REPLACE_TICKET
from ticketing.kernel.instant import canonical
from ticketing.lambda_handler import LambdaHandler
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

api = Api()


@api.serves(LIST_TICKETS)
def list_tickets(application: Application, request: Request) -> Reply:
    """List, filter, search and sort tickets.

    The processed tickets that you may read, page by page.

    - Filters: values of one parameter are alternatives, different parameters must all hold. A parameter that may be
      repeated is a repeated key (`status=Open&status=Pending`); a comma is part of the value.
    - Order: ties break by ticketID in the same direction; what is empty comes last either way; text sorts by its
      case-folded characters.
    - An empty value counts as absent, an overlong one matches nothing, an unknown parameter is ignored. A malformed
      number, bool or order is a 400 that names every fault.
    - `totalCount` is exact; it follows a change normally within two seconds. What the page shows is read anew: never a
      ticket that is deleted, that you may not read, or that no longer matches.
    - A sort that no index serves works up to 10,000 matches, and a search whose rarest word stands in up to 10,000
      tickets; beyond it is `TooManyToSort`: narrow it down. An end user's tickets (`uid`, `endUserID`) are sorted up to
      50,000, in every order.
    - A page that is larger than a reply may be (6 MB) is refused, and names `pageSize`.
    """
    wanted = list_request(request.parameters, canonical(application.adapters.now()))
    return Reply.page(application.listing.page(request.representative, wanted))


@api.serves(CREATE_TICKET)
def create_ticket(application: Application, request: Request) -> Reply:
    """Create a ticket.

    Creates a ticket. Fields that only replies hold are ignored, so a ticket that was read can be sent back.

    - An assignment that your role may not make is not an error: the ticket is made, held by nobody (a Restricted
      representative's is always their own), and the reply shows what holds.
    - `customerRepID` and `channelID` must exist: otherwise 400.
    - `status` and `isClosed` must not contradict each other. A closed ticket without a `closeDate` gets one.
    - With a phone line's token `channelID` is that line's; any other is refused with `ChannelMismatch`.
    - A second ticket for one `twilio_CallSid` is refused with `DuplicateCall`.
    """
    body, draft = request.body_as(new_draft)
    key = request.idempotency_key(body)
    created = application.tickets.create(request.caller, draft, key, request.deadline)
    location = f"/api/Tickets/{created.ticket.ticketID}"
    view = application.labels.view(created.ticket, request.caller)
    reply = Reply.of(view, HTTPStatus.CREATED, Location=location, ETag=entity_tag(created.ticket))
    return reply.marked(created.replayed)


@api.serves(READ_TICKET)
def read_ticket(application: Application, request: Request) -> Reply:
    """Read a ticket.

    Another customer's ticket is answered like one that does not exist: 404. One that your role may not read: 403. An
    Agent reads tickets of their own and of nobody (all, where the customer has set it so), a Restricted representative
    their own.
    """
    ticket = application.tickets.read(request.caller, request.ticket_id())
    if none_match(request.headers.get("if-none-match"), entity_tag(ticket)):
        return Reply.empty(HTTPStatus.NOT_MODIFIED, ETag=entity_tag(ticket))
    return _ticket(application, request, ticket)


@api.serves(REPLACE_TICKET)
def replace_ticket(application: Application, request: Request) -> Reply:
    """Replace a ticket's editable fields.

    Replaces every field of TicketWriteDTO. One that is left out gets the value that a new ticket has, but
    `isProcessed`, `lastMessageDate`, `preview` and `closeDate`, which keep what they are, and `isClosed`, which follows
    the status. Fields that only replies hold are ignored, so a ticket that was read can be sent back.

    Without `If-Match` it replaces whatever the newest version holds. A `customerRepID` that is left out means nobody;
    an assignment that your role may not make changes nothing. Closing sets `closeDate` if it has none, reopening clears
    it.
    """
    asked = _ask_for_ticket(application, request)
    _, draft = request.body_as(replacing_draft)
    condition = request.precondition
    ticket = application.tickets.replace(request.caller, asked(), draft, condition, request.deadline)
    return _changed(application, request, ticket)


@api.serves(PATCH_TICKET)
def patch_ticket(application: Application, request: Request) -> Reply:
    """Change some of a ticket's fields.

    Takes a JSON Patch (RFC 6902; `application/json` is read as that too) or a JSON Merge Patch (RFC 7396) over the
    fields of TicketWriteDTO, every one of which exists: null when empty. To remove a field, or to set it to null,
    resets it to what a new ticket has without it. All of the patch is applied, or nothing.

    It is applied to the newest version, however many change the ticket at once: no change of another's is lost. A patch
    that changes nothing keeps the version. An assignment that your role may not make changes nothing.

    A phone line's token may patch tickets of its own channel; it cannot change `channelID`, and may set `uid` only
    where there is none.
    """
    asked = _ask_for_ticket(application, request)
    _, patch = request.body_by_type(PATCHES)
    condition = request.precondition
    require_channel_kept(request.caller, patch.literals)
    ticket = application.tickets.patch(request.caller, asked(), patch, condition, request.deadline)
    return _changed(application, request, ticket)


@api.serves(DELETE_TICKET)
def delete_ticket(application: Application, request: Request) -> Reply:
    """Delete a ticket.

    The ticket is gone from every read at once; its messages, search entries and recording follow within seconds. To
    delete it again is answered with 404.
    """
    condition = request.precondition
    application.tickets.delete(request.caller, request.ticket_id(), condition, request.deadline)
    return Reply.empty()


def _ask_for_ticket(application: Application, request: Request) -> Callable[[], Ticket]:
    """Ask ahead for the ticket in the path. A malformed id is refused only when the result is called, after the body's
    faults."""
    try:
        ticketID = request.ticket_id()
    except NotFound:  # raised anew once it counts
        return lambda: application.tickets.existing(request.caller.customerID, request.ticket_id())
    return application.tickets.ask(request.caller.customerID, ticketID)


def _changed(application: Application, request: Request, ticket: Ticket) -> Reply:
    return Reply.empty(ETag=entity_tag(ticket)) if request.wants_no_body else _ticket(application, request, ticket)


def _ticket(application: Application, request: Request, ticket: Ticket) -> Reply:
    return Reply.of(application.labels.view(ticket, request.caller), ETag=entity_tag(ticket))


lambda_handler = LambdaHandler(api.handle)
