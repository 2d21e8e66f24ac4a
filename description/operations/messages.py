"""What is written of the operations on messages."""

from http import HTTPStatus

from description.headers import IDEMPOTENCY_KEY_HEADER
from description.operation import JSON, Body, Json, Operation, Query, Success
from description.operations.paging import page_number, page_size
from description.schemas import name_of, reference
from functions.messages.app import MAX_PAGE_SIZE
from ticketing.errors import ChannelMismatch, Conflict, Forbidden, KeyInUse, KeyReused, NotFound, PageTooDeep
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.lists.query import MAX_DEPTH
from ticketing.tickets.messages import MessageDraft, MessagePage, MessageView

_ANSWER: Json = {"ticketID": 1, "body": "It will be there tomorrow."}
_NOTED: Json = {
    "ticketID": 1,
    "direction": "EndUser",
    "body": "Hello, my parcel should have come on Monday.",
    "from": "jane@doe.example",
}
_MESSAGE: Json = {
    **_ANSWER,
    "direction": "Representative",
    "from": None,
    "to": None,
    "subject": None,
    "messageID": 3,
    "dateCreated": "2026-01-31T09:30:00.000Z",
    "isRead": False,
    "customerRepID": 11,
    "customerRepName": "Ada Admin",
    "pageUrl": None,
    "lang": None,
}
_PAGE: Json = {"items": [_MESSAGE], "totalCount": 1, "totalPages": 1, "pageNumber": 1, "pageSize": 10}

OPERATIONS = {
    "GET /api/TicketMessages": Operation(
        tag="Messages",
        summary="List a ticket's messages",
        text="The messages of one ticket, page by page, oldest first. Whoever may read the ticket may read them.",
        query=(
            Query(
                "ticketId",
                "The ticket; what is no id is answered with 404.",
                1,
                required=True,
                schema={"type": "integer", "minimum": 1, "maximum": MAX_INTEGER},
            ),
            page_number(f"pageNumber × pageSize may reach {MAX_DEPTH:,}."),
            page_size(MAX_PAGE_SIZE),
        ),
        successes=(Success("A page of messages.", model=MessagePage, example=_PAGE),),
        refusals=(NotFound, Forbidden, PageTooDeep),
    ),
    "POST /api/TicketMessages": Operation(
        tag="Messages",
        summary="Add a message to a ticket",
        text="Adds a message, and in one step with it changes its ticket: `lastMessageDate` becomes the message's "
        "date if that is later, `preview` its first 200 characters, and for a message of an end user "
        "`lastEndUserMessageID` its id. A message of an end user reopens a closed ticket, unless that is spam.\n\n"
        "What a representative adds is theirs: `direction` is `Representative` where it is left out, and whatever it "
        "is the reply names them. A phone line's is an end user's where it is left out.\n\n"
        "Whoever may read the ticket may add to it; a phone line's token to tickets of its own channel. Within five "
        "seconds the message's words are found by `search`.",
        headers=(IDEMPOTENCY_KEY_HEADER,),
        body=Body(
            {JSON: reference(name_of(MessageDraft))},
            {
                JSON: {
                    "A representative answers": _ANSWER,
                    "An end user's mail": _NOTED,
                }
            },
            MessageDraft,
        ),
        successes=(
            Success(
                "The message as it was added.",
                HTTPStatus.CREATED,
                MessageView,
                headers=("Idempotent-Replayed",),
                example=_MESSAGE,
            ),
        ),
        refusals=(NotFound, Forbidden, ChannelMismatch, KeyReused, KeyInUse, Conflict),
    ),
}
