"""POST /api/Tickets/createchatticket: a visitor of a customer's own site begins a ticket, without any token."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application, LambdaHandler
from ticketing.http import Api, Reply, Request
from ticketing.http.routes import CREATE_CHAT_TICKET
from ticketing.kernel.idempotency import IdempotencyKey
from ticketing.kernel.validation import validated
from ticketing.webchat.admission import Visit
from ticketing.webchat.chat import ChatDraft, chat_view

api = Api()


@api.serves(CREATE_CHAT_TICKET)
def create_chat_ticket(application: Application, request: Request) -> Reply:
    """Begin a chat.

    Creates a ticket for a visitor of a customer's own site, without a token: the channel's public token and the site's
    address say whose it is. `message` becomes the ticket's first message; `subject` defaults to its first line.

    - The channel must be an active chat, and the browser's `Origin` (without it, the `Referer`'s) an https address of
      one of the channel's hostnames. An unknown token and a wrong site are answered alike.
    - 20 chats at once and 20 a minute from one address, and 300 a minute in one channel: beyond that 429, with
      `Retry-After`. What is refused, and what is replayed, does not count.
    """
    body, draft = request.body_as(partial(validated, ChatDraft))
    uuid = request.idempotency_uuid()
    visit = Visit(request.headers.get("origin"), request.headers.get("referer"), request.source_address)
    chat = application.webchat.channel(draft.channelToken, visit)
    key = IdempotencyKey.of(chat, request.path, uuid, body) if uuid else None
    created = application.webchat.begin(chat, draft, visit, key, request.deadline)
    replayed = {"Idempotent_Replayed": "true"} if created.replayed else {}
    return Reply.of(chat_view(chat, created.ticket), HTTPStatus.CREATED, **replayed)


lambda_handler = LambdaHandler(api.handle)
