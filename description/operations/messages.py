"""Operations of messages: bodies, replies, refusals, examples."""

from description import headers
from description.operation import Operation
from description.operations.parts import EXAMPLES, KEY_REFUSALS, PHONE_REFUSALS, body, page, reply
from functions.messages.app import LIST_PARAMETERS as MESSAGE_PARAMETERS
from ticketing import errors
from ticketing.http import routes
from ticketing.http.reply import REPLAYED
from ticketing.http.routes import Route
from ticketing.tickets.messages import MessageDraft, MessagePage, MessageView

OPERATIONS: dict[Route, Operation] = {
    routes.LIST_MESSAGES: Operation(
        reply("A page of messages.", MessagePage, page("message")),
        query=MESSAGE_PARAMETERS,
        refusals=(errors.NotFound, errors.Forbidden, errors.PageTooDeep),
    ),
    routes.ADD_MESSAGE: Operation(
        reply("The message as it was added.", MessageView, EXAMPLES["message"], REPLAYED, status=201),
        headers=(headers.IDEMPOTENCY,),
        body=body(MessageDraft, EXAMPLES["messages"]),
        refusals=(*PHONE_REFUSALS, *KEY_REFUSALS, errors.NotFound, errors.Conflict),
    ),
}
