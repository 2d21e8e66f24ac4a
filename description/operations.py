"""What neither the route nor the handler's text tells of each operation: bodies, replies, refusals, examples."""

import json
from http import HTTPStatus
from pathlib import Path

from pydantic import BaseModel

from description.headers import IDEMPOTENCY_KEY_HEADER, IDEMPOTENCY_UUID, IF_MATCH, IF_NONE_MATCH, ORIGIN, PREFER
from description.operation import JSON, Body, Json, Operation, Success
from description.schemas import name_of, reference
from functions.calls.app import FORWARD
from functions.messages.app import LIST_PARAMETERS as MESSAGE_PARAMETERS
from ticketing.bulk.request import BulkResult, BulkUpdateRequest
from ticketing.calls.call import AssignDraft, AssignedView
from ticketing.calls.recordings import Playable
from ticketing.errors import (
    AlreadyAssigned,
    ChannelMismatch,
    ChannelNotAllowed,
    Conflict,
    DuplicateCall,
    Forbidden,
    InvalidCursor,
    KeyInUse,
    KeyReused,
    NotFound,
    PageTooDeep,
    PatchTestFailed,
    RecordingNotFound,
    TooManyRequests,
    TooManyToSort,
    Unavailable,
)
from ticketing.history.summary import HistorySummary
from ticketing.http import routes
from ticketing.http.list_query import LIST_PARAMETERS
from ticketing.http.routes import Route
from ticketing.tickets.messages import MessageDraft, MessagePage, MessageView
from ticketing.tickets.model import TicketDraft, TicketPage, TicketView
from ticketing.webchat.chat import ChatDraft, ChatView

TAGS = {
    "Tickets": "Conversations with end users, one ticket each: list, read, create, change, delete.",
    "Messages": "What was said in a ticket.",
    "Calls": "Tickets that are phone calls: take them, hear them.",
    "Webchat": "What a widget on a customer's own site uses, without a token.",
    "Service": "The API itself.",
}
"""The groups of operations, in the order in which readers meet them."""

EXAMPLES: Json = json.loads(Path(__file__).with_name("examples.json").read_text())
"""Bodies on the demo world, by what they are."""


def _body(model: type[BaseModel], examples: Json, required: bool = True) -> Body:
    return Body({JSON: (reference(name_of(model)), examples)}, model, required)


def _page(item: str, **fields: object) -> Json:
    """Return the example of a page that holds one example."""
    return {"items": [EXAMPLES[item]], "totalCount": 1, "totalPages": 1, "pageNumber": 1, "pageSize": 10} | fields


_CLOSE = [
    {"op": "replace", "path": "/isClosed", "value": True},
    {"op": "add", "path": "/summary", "value": "The parcel arrived."},
]
_JSON_PATCH = (reference("TicketJsonPatch"), {"Close it": _CLOSE})
_MERGE_PATCH = (reference("TicketMergePatch"), {"Reopen it": {"status": "Open", "summary": None}})
_TICKET = EXAMPLES["draft"] | TicketView.model_validate(EXAMPLES["ticket"]).model_dump()
"""A ticket in which each field that the example leaves out has its default."""
_CHANGED = (
    Success("The ticket as it is after the change.", model=TicketView, headers=("ETag",), example=_TICKET),
    Success("The change is made; no body was wanted.", HTTPStatus.NO_CONTENT, headers=("ETag",)),
)
_UNCHANGED = Success("Nothing changed.", HTTPStatus.NOT_MODIFIED, headers=("ETag", "Cache-Control"))
_OK = {"type": "string", "enum": ["ok"]}
_CURSOR = "WyI0ZDk5IiwgIjIwMjYtMDEtMzFUMDk6MzA6MDAuMDAwWiIsIDEwMV0"

OPERATIONS: dict[Route, Operation] = {
    routes.LIST_TICKETS: Operation(
        "Tickets",
        (
            Success(
                "A page of tickets.",
                model=TicketPage,
                example=_page("ticket", totalCount=11, totalPages=2, nextCursor=_CURSOR),
            ),
        ),
        query=LIST_PARAMETERS,
        refusals=(InvalidCursor, PageTooDeep, TooManyToSort),
    ),
    routes.CREATE_TICKET: Operation(
        "Tickets",
        (
            Success(
                "The ticket that was made.",
                HTTPStatus.CREATED,
                TicketView,
                headers=("Location", "ETag", "Idempotent-Replayed"),
                example=_TICKET,
            ),
        ),
        headers=(IDEMPOTENCY_KEY_HEADER,),
        body=_body(TicketDraft, {"An e-mail": EXAMPLES["draft"], "A call": EXAMPLES["callDraft"]}),
        refusals=(Forbidden, ChannelMismatch, NotFound, DuplicateCall, KeyReused, KeyInUse, Conflict),
    ),
    routes.READ_TICKET: Operation(
        "Tickets",
        (
            Success("The ticket.", model=TicketView, headers=("ETag",), example=_TICKET),
            Success("The ticket still has the ETag.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        ),
        headers=(IF_NONE_MATCH,),
        refusals=(NotFound,),
        ticket=1,
    ),
    routes.REPLACE_TICKET: Operation(
        "Tickets",
        _CHANGED,
        headers=(IF_MATCH, PREFER),
        body=_body(TicketDraft, {"Escalated": EXAMPLES["draft"] | {"status": "Escalated", "escalated": True}}),
        refusals=(NotFound, DuplicateCall, Conflict),
        ticket=1,
    ),
    routes.PATCH_TICKET: Operation(
        "Tickets",
        _CHANGED,
        headers=(IF_MATCH, PREFER),
        body=Body(
            {
                "application/json-patch+json": _JSON_PATCH,
                JSON: _JSON_PATCH,
                "application/merge-patch+json": _MERGE_PATCH,
            }
        ),
        refusals=(NotFound, Forbidden, ChannelMismatch, DuplicateCall, PatchTestFailed, Conflict),
        ticket=1,
    ),
    routes.DELETE_TICKET: Operation(
        "Tickets",
        (Success("The ticket is gone.", HTTPStatus.NO_CONTENT),),
        headers=(IF_MATCH,),
        refusals=(NotFound, Conflict),
        ticket=300,
    ),
    routes.UPDATE_MANY: Operation(
        "Tickets",
        (
            Success(
                "What became of each ticket; every id asked for stands in exactly one of the three lists.",
                model=BulkResult,
                headers=("Idempotent-Replayed",),
                example=EXAMPLES["bulkResult"],
            ),
        ),
        headers=(IDEMPOTENCY_KEY_HEADER,),
        body=_body(
            BulkUpdateRequest,
            {
                "Close two": {"ticketIDs": [5, 6], "action": "close"},
                "Assign to Ann": {"ticketIDs": [7], "action": "open", "customerRepID": 13},
                "Set topics": {"ticketIDs": [7], "action": "updatetopics", "topicIds": [1, 2]},
                "Run actions": {"ticketIDs": [7], "action": "executeactions", "hookName": "PostTopicDetection"},
            },
        ),
        refusals=(KeyReused, KeyInUse),
    ),
    routes.SUMMARISE: Operation(
        "Tickets",
        (Success("What is known.", model=HistorySummary, example=EXAMPLES["historySummary"]),),
        refusals=(NotFound, Forbidden, ChannelMismatch),
        ticket=1,
    ),
    routes.ASSIGN_TICKET: Operation(
        "Calls",
        (
            Success(
                "The ticket, which is yours, and what became of its call.",
                model=AssignedView,
                headers=("ETag", "Idempotent-Replayed"),
                example=_TICKET | {"callForward": "notApplicable"},
            ),
        ),
        query=(FORWARD,),
        headers=(IF_MATCH, IDEMPOTENCY_KEY_HEADER),
        body=_body(AssignDraft, {"Nothing": {}}, required=False),
        refusals=(NotFound, AlreadyAssigned, KeyInUse, Conflict),
        ticket=4,
    ),
    routes.PLAY_RECORDING: Operation(
        "Calls",
        (
            Success("Where the recording is, as JSON.", model=Playable, example=EXAMPLES["playable"]),
            Success("The recording is at Location.", HTTPStatus.FOUND, headers=("Location",)),
        ),
        refusals=(NotFound, RecordingNotFound),
        ticket=1,
    ),
    routes.CREATE_CHAT_TICKET: Operation(
        "Webchat",
        (
            Success(
                "The ticket, as far as a visitor may know it.",
                HTTPStatus.CREATED,
                ChatView,
                headers=("Idempotent-Replayed",),
                example=EXAMPLES["chat"],
            ),
        ),
        headers=(ORIGIN, IDEMPOTENCY_UUID),
        body=_body(ChatDraft, {"A visitor writes": EXAMPLES["chatDraft"]}),
        refusals=(ChannelNotAllowed, NotFound, KeyReused, KeyInUse, Conflict, TooManyRequests, Unavailable),
    ),
    routes.LIST_MESSAGES: Operation(
        "Messages",
        (Success("A page of messages.", model=MessagePage, example=_page("message")),),
        query=MESSAGE_PARAMETERS,
        refusals=(NotFound, Forbidden, PageTooDeep),
    ),
    routes.ADD_MESSAGE: Operation(
        "Messages",
        (
            Success(
                "The message as it was added.",
                HTTPStatus.CREATED,
                MessageView,
                headers=("Idempotent-Replayed",),
                example=EXAMPLES["message"],
            ),
        ),
        headers=(IDEMPOTENCY_KEY_HEADER,),
        body=_body(
            MessageDraft,
            {"A representative answers": EXAMPLES["answer"], "An end user's mail": EXAMPLES["mail"]},
        ),
        refusals=(NotFound, Forbidden, ChannelMismatch, KeyReused, KeyInUse, Conflict),
    ),
    routes.READ_DESCRIPTION: Operation(
        "Service",
        (
            Success("The description.", headers=("ETag", "Cache-Control"), content={JSON: {"type": "object"}}),
            _UNCHANGED,
        ),
        headers=(IF_NONE_MATCH,),
    ),
    routes.SHOW_PAGE: Operation(
        "Service",
        (
            Success(
                "The page.",
                headers=("ETag", "Cache-Control", "Content-Security-Policy"),
                content={"text/html": {"type": "string"}},
            ),
            _UNCHANGED,
        ),
        headers=(IF_NONE_MATCH,),
    ),
    routes.READ_HEALTH: Operation(
        "Service",
        (
            Success(
                "It is.",
                headers=("Cache-Control",),
                content={JSON: {"type": "object", "properties": {"status": _OK}, "required": ["status"]}},
                example={"status": "ok"},
            ),
        ),
    ),
}
