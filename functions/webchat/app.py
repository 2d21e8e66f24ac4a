"""POST /api/Tickets/createchatticket, GET and POST /api/Tickets/chatmessages: a visitor of a customer's own site begins
a ticket, without any token, and goes on with it by its visitorKey."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application
from ticketing.http import Api, Reply, Request
from ticketing.http.parameters import after_message
from ticketing.http.routes import CREATE_CHAT_TICKET, READ_CHAT, WRITE_CHAT
from ticketing.kernel.idempotency import IdempotencyKey
from ticketing.kernel.validation import validated
from ticketing.lambda_handler import LambdaHandler
from ticketing.webchat.admission import Visit
from ticketing.webchat.chat import ChatDraft, ChatMessageDraft, chat_view

AFTER = after_message("Only messages with a greater messageID.")

api = Api()


@api.serves(CREATE_CHAT_TICKET)
def create_chat_ticket(application: Application, request: Request) -> Reply:
    """Begin a chat.

    Creates a ticket for a visitor of a customer's own site, without a token: the channel's public token and the site's
    address say whose it is. `message` becomes the ticket's first message; `subject` defaults to its first line.

    - The channel must be an active chat, and the browser's `Origin` (without it, the `Referer`'s) an https address of
      one of the channel's hostnames. An unknown token and a wrong site are answered alike.
    - 20 chats at once and 20 a minute from one address, and 300 a minute in one channel: beyond that 429, with
      `Retry-After`. What is refused before that, and what is replayed, does not count; what the channel's limit
      refuses counts for the address.
    - `visitorKey` is the only thing that opens the chat from outside, and is told here only: the visitor keeps it.
    """
    body, draft = request.body_as(partial(validated, ChatDraft))
    uuid = request.idempotency_uuid()
    visit = _visit(request)
    chat = application.webchat.channel(draft.channelToken, visit)
    request.logged.update(customerID=chat.customerID, channelID=chat.channel.channelID)
    key = IdempotencyKey.of(chat, request.path, uuid, body) if uuid else None
    created = application.webchat.begin(chat, draft, visit, key, request.deadline)
    return Reply.of(chat_view(chat, created.ticket), HTTPStatus.CREATED).marked(created.replayed)


@api.serves(READ_CHAT)
def read_chat(application: Application, request: Request) -> Reply:
    """Read a chat as its visitor.

    What was said in the chat that the visitorKey opens, oldest first: the visitor's own messages and the answers to
    them, never a Note. A page of any site may ask. Ask again with the `ETag`, and `after` the last message that is
    there: what has not changed is a 304.

    A key opens its chat until 30 days after the last message, as long as the channel in which it began is active. Every
    key that opens nothing is answered alike.
    """
    request.logged.update(channelID=request.visitor.channel.channel.channelID)
    parameters = request.parameters
    after = parameters.read(AFTER)
    parameters.require_sound()
    said = application.chats.messages(request.visitor, after)
    return Reply.unless_known(said, request.headers.get("if-none-match"))


@api.serves(WRITE_CHAT)
def write_chat(application: Application, request: Request) -> Reply:
    """Write to a chat as its visitor.

    Adds a message of the visitor. As any end user's message it reopens a closed ticket, unless that is spam.

    - The browser's `Origin` (without it, the `Referer`'s) must be one of the channel's, as when the chat was begun.
    - 60 messages at once and 60 a minute in one chat, and 3,000 a minute in one channel: beyond that 429, with
      `Retry-After`. What is refused before that, and what is replayed, does not count; what the channel's limit
      refuses counts for the chat.
    """
    visitor = request.visitor
    request.logged.update(channelID=visitor.channel.channel.channelID)
    body, draft = request.body_as(partial(validated, ChatMessageDraft))
    uuid = request.idempotency_uuid()
    key = IdempotencyKey.of(visitor, request.path, uuid, body) if uuid else None
    sent = application.chats.send(visitor, draft.message, _visit(request), key, request.deadline)
    return Reply.of(sent.message, HTTPStatus.CREATED).marked(sent.replayed)


def _visit(request: Request) -> Visit:
    return Visit(request.headers.get("origin"), request.headers.get("referer"), request.source_address)


lambda_handler = LambdaHandler(api.handle)
