"""What is written of the operation of webchats."""

from http import HTTPStatus

from description.headers import IDEMPOTENCY_UUID, ORIGIN
from description.operation import JSON, Body, Json, Operation, Success
from description.schemas import name_of, reference
from ticketing.errors import ChannelNotAllowed, Conflict, KeyInUse, KeyReused, NotFound, TooManyRequests, Unavailable
from ticketing.webchat.chat import ChatDraft, ChatView

_CHAT: Json = {
    "channelToken": "11111111-1111-4111-8111-111111111111",
    "message": "Hello, can I still change my order?",
    "name": "Jane Doe",
    "uid": "jane@doe.example",
    "pageUrl": "https://shop.example/orders/7",
    "lang": "en",
}
_BEGUN: Json = {
    "ticketID": 341,
    "token": "0b8f6f0e-9c57-4f0e-8c52-2f4a1c3b8e6d",
    "dateCreated": "2026-01-31T09:30:00.000Z",
    "channelID": 2,
    "channelName": "Webshop",
    "status": "Open",
}

OPERATIONS = {
    "POST /api/Tickets/createchatticket": Operation(
        tag="Webchat",
        summary="Begin a chat",
        text="Creates a ticket for a visitor of a customer's own site, without a token: the channel's public token and "
        "the site's address say whose it is. `message` becomes the ticket's first message; `subject` defaults to its "
        "first line.\n\n"
        "- The channel must be an active chat, and the browser's `Origin` (without it, the `Referer`'s) an https "
        "address of one of the channel's hostnames. An unknown token and a wrong site are answered alike.\n"
        "- 20 chats at once and 20 a minute from one address, and 300 a minute in one channel: beyond that 429, with "
        "`Retry-After`. What is refused, and what is replayed, does not count.",
        headers=(ORIGIN, IDEMPOTENCY_UUID),
        body=Body({JSON: reference(name_of(ChatDraft))}, {JSON: {"A visitor writes": _CHAT}}, ChatDraft),
        successes=(
            Success(
                "The ticket, as far as a visitor may know it.",
                HTTPStatus.CREATED,
                ChatView,
                headers=("Idempotent-Replayed",),
                example=_BEGUN,
            ),
        ),
        refusals=(ChannelNotAllowed, NotFound, KeyReused, KeyInUse, Conflict, TooManyRequests, Unavailable),
    ),
}
