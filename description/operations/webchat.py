"""Operations of visitors' chats: bodies, replies, refusals, examples."""

from http import HTTPStatus

from description import headers
from description.operation import Operation, Success
from description.operations.parts import EXAMPLES, KEY_REFUSALS, body, reply
from functions.webchat.app import AFTER as CHAT_AFTER
from ticketing import errors
from ticketing.http import routes
from ticketing.http.reply import REPLAYED
from ticketing.http.routes import Route
from ticketing.webchat.chat import ChatDraft, ChatMessageDraft, ChatMessages, ChatView, SentView

OPERATIONS: dict[Route, Operation] = {
    routes.CREATE_CHAT_TICKET: Operation(
        reply("The ticket, as far as a visitor may know it.", ChatView, EXAMPLES["chat"], REPLAYED, status=201),
        headers=(headers.ORIGIN, headers.IDEMPOTENCY_UUID),
        body=body(ChatDraft, EXAMPLES["chats"]),
        refusals=(
            *KEY_REFUSALS,
            errors.ChannelNotAllowed,
            errors.NotFound,
            errors.Conflict,
            errors.TooManyRequests,
            errors.Unavailable,
        ),
    ),
    routes.READ_CHAT: Operation(
        reply("What was said.", ChatMessages, EXAMPLES["said"], "ETag"),
        Success("Nothing was said since.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        query=(CHAT_AFTER,),
        headers=(headers.IF_NONE_MATCH,),
    ),
    routes.WRITE_CHAT: Operation(
        reply("The message as it was sent.", SentView, EXAMPLES["sent"], REPLAYED, status=201),
        headers=(headers.ORIGIN, headers.IDEMPOTENCY_UUID),
        body=body(ChatMessageDraft, EXAMPLES["chatMessages"]),
        refusals=(
            *KEY_REFUSALS,
            errors.ChannelNotAllowed,
            errors.Conflict,
            errors.TooManyRequests,
        ),
    ),
}
