"""POST /api/Tickets/createchatticket: a visitor of a customer's own site begins a ticket, without any token."""

from functools import partial
from http import HTTPStatus

from ticketing.application import Application, LambdaHandler
from ticketing.http import Api, Reply, Request
from ticketing.kernel.idempotency import IdempotencyKey
from ticketing.tickets.draft import validated
from ticketing.webchat.admission import Visit
from ticketing.webchat.chat import ChatDraft, chat_view

api = Api("webchat")


@api.serves("POST /api/Tickets/createchatticket")
def create_chat_ticket(application: Application, request: Request) -> Reply:
    """A new chat ticket; with an Idempotency-Key, at most one."""
    body, draft = request.body_as(partial(validated, ChatDraft))
    uuid = request.idempotency_uuid()
    visit = Visit(request.headers.get("origin"), request.headers.get("referer"), request.source_address)
    chat = application.webchat.channel(draft.channelToken, visit)
    key = IdempotencyKey.of(chat, request.path, uuid, body) if uuid else None
    created = application.webchat.begin(chat, draft, visit, key, request.deadline)
    replayed = {"Idempotent_Replayed": "true"} if created.replayed else {}
    return Reply.of(chat_view(chat, created.ticket), HTTPStatus.CREATED, **replayed)


lambda_handler = LambdaHandler(api.handle)
