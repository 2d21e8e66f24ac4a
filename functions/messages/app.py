"""GET and POST /api/TicketMessages: the messages of one ticket."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application
from ticketing.http import Api, Reply, Request
from ticketing.http.parameters import MAX_DEPTH, QueryParameter, after_message, paging, require_depth
from ticketing.http.request import ticket_id
from ticketing.http.routes import ADD_MESSAGE, LIST_MESSAGES
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.kernel.validation import validated
from ticketing.lambda_handler import LambdaHandler
from ticketing.tickets.conversations import PageRequest
from ticketing.tickets.messages import MessageDraft

TICKET = QueryParameter(
    "ticketId",
    "The ticket; what is no id is answered with 404.",
    {"type": "integer", "minimum": 1, "maximum": MAX_INTEGER},
    example=1,
    required=True,
)
PAGE_NUMBER, PAGE_SIZE = paging(
    f"pageNumber × pageSize may reach {MAX_DEPTH:,}; `after`, oldest first, has no such limit."
)
SORT_ORDER = QueryParameter(
    "sortOrder", "Oldest first, or newest.", {"type": "string", "enum": ["asc", "desc"], "default": "asc"}
)
AFTER = after_message("Only messages with a greater messageID, in either order; totals and pages count within them.")
LIST_PARAMETERS = (TICKET, AFTER, SORT_ORDER, PAGE_NUMBER, PAGE_SIZE)

api = Api()


@api.serves(LIST_MESSAGES)
def list_messages(application: Application, request: Request) -> Reply:
    """List a ticket's messages.

    The messages of one ticket, page by page, oldest first or newest. Whoever may read the ticket may read them, Notes
    among them. A page holds 4 MB at most: one that would be larger is refused, and names `pageSize`.
    """
    parameters = request.parameters
    ticket = parameters.required(TICKET.name)
    number, size = parameters.read(PAGE_NUMBER), parameters.read(PAGE_SIZE)
    wanted = PageRequest(number, size, parameters.read(AFTER), parameters.read(SORT_ORDER) == "desc")
    parameters.require_sound()
    require_depth(number, size, "use after, with sortOrder=asc")
    return Reply.of(application.conversations.page(request.caller, ticket_id(ticket), wanted))


@api.serves(ADD_MESSAGE)
def add_message(application: Application, request: Request) -> Reply:
    """Add a message to a ticket.

    Adds a message, and in one step with it changes its ticket: `lastMessageDate` becomes the message's date if that is
    later, `preview` its first 200 characters, and for a message of an end user `lastEndUserMessageID` its id. A message
    of an end user reopens a closed ticket, unless that is spam.

    What a representative adds is theirs: `direction` is `Representative` where it is left out, and whatever it is the
    reply names them. A phone line's is an end user's where it is left out.

    A `Note` is for representatives alone: no visitor and no phone line ever sees it, it changes neither preview nor
    dates and reopens nothing, and is found by `search` as other messages are. With `feedbackOn` it is about a message
    of the AI on the same ticket, and becomes one of the ticket's `aiFeedbackComments`.

    Whoever may read the ticket may add to it; a phone line's token to tickets of its own channel. Within five seconds
    the message's words are found by `search`.
    """
    body, draft = request.body_as(partial(validated, MessageDraft))
    key = request.idempotency_key(body)
    added = application.conversations.add(request.caller, draft, key, request.deadline)
    return Reply.of(added.message, HTTPStatus.CREATED).marked(added.replayed)


lambda_handler = LambdaHandler(api.handle)
