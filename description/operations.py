"""What neither the route nor the handler's text tells of each operation: bodies, replies, refusals, examples."""

import json
from http import HTTPStatus
from pathlib import Path

from pydantic import BaseModel

from description import headers
from description.operation import JSON, Body, Json, Operation, Success
from description.schemas import name_of, reference
from functions.calls.app import FORWARD
from functions.changes.app import FEED_PARAMETERS, HISTORY_PARAMETERS
from functions.directory.app import END_USER_PARAMETERS, PAGE_PARAMETERS
from functions.messages.app import LIST_PARAMETERS as MESSAGE_PARAMETERS
from functions.webchat.app import AFTER as CHAT_AFTER
from ticketing import errors
from ticketing.bulk.request import BulkResult, BulkUpdateRequest
from ticketing.calls.recordings import Playable
from ticketing.calls.views import AssignDraft, AssignedView
from ticketing.directory.views import AssignablePage, ChannelPage, EndUserPage, MeView, TopicPage
from ticketing.errors import TicketingError
from ticketing.feed.view import FeedPage
from ticketing.history.view import ChangePage
from ticketing.http import routes
from ticketing.http.list_query import LIST_PARAMETERS
from ticketing.http.parameters import QueryParameter
from ticketing.http.reply import REPLAYED
from ticketing.http.routes import Route
from ticketing.summary.summary import HistorySummary
from ticketing.tickets.messages import MessageDraft, MessagePage, MessageView
from ticketing.tickets.model import TicketDraft
from ticketing.tickets.ticket_view import TicketPage, TicketView
from ticketing.webchat.chat import ChatDraft, ChatMessageDraft, ChatMessages, ChatView, SentView

TAG_OF = {
    "messages": "Messages",
    "changes": "Changes",
    "calls": "Calls",
    "webchat": "Webchat",
    "directory": "Directory",
    "docs": "Service",
}
"""The group of each function's operations; `Tickets` where none is named."""

EXAMPLES: Json = json.loads(Path(__file__).with_name("examples.json").read_text())
"""Bodies of the demo data, by what they are."""


def _body(model: type[BaseModel], examples: Json, required: bool = True) -> Body:
    return Body({JSON: (reference(name_of(model)), examples)}, model, required)


def _reply(text: str, model: type[BaseModel], example: object, *headers: str, status: int = 200) -> Success:
    return Success(text, HTTPStatus(status), model, headers, example)


def _page(item: str, **fields: object) -> Json:
    return {"items": [EXAMPLES[item]], "totalCount": 1, "totalPages": 1, "pageNumber": 1, "pageSize": 10} | fields


def _names(item: str) -> Json:
    return _page(item, pageSize=100)


def _read(
    text: str,
    model: type[BaseModel],
    example: object,
    query: tuple[QueryParameter, ...] = (),
    *refusals: type[TicketingError],
) -> Operation:
    """Return an operation that shows a part of the directory, in pages where it has a query."""
    return Operation(
        _reply(text, model, example, "ETag"),
        Success("It still has the ETag.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        query=query,
        headers=(headers.IF_NONE_MATCH,),
        refusals=(*((errors.PageTooDeep,) if query else ()), *refusals),
    )


_TICKET = TicketView.model_validate(EXAMPLES["ticket"]).model_dump()
"""A ticket in which each field that the example leaves out has its default."""
_CHANGED = (
    _reply("The ticket as it is after the change.", TicketView, _TICKET, "ETag"),
    Success("The change is made; no body was wanted.", HTTPStatus.NO_CONTENT, headers=("ETag",)),
)
_UNCHANGED = Success("Nothing changed.", HTTPStatus.NOT_MODIFIED, headers=("ETag", "Cache-Control"))
_JSON_PATCH = (reference("TicketJsonPatch"), {"Close it": EXAMPLES["jsonPatch"]})
_MERGE_PATCH = (reference("TicketMergePatch"), {"Reopen it": {"status": "Open", "summary": None}})
_PATCHES = {"application/json-patch+json": _JSON_PATCH, JSON: _JSON_PATCH, "application/merge-patch+json": _MERGE_PATCH}
_CURSOR = "WyI0ZDk5IiwgIjIwMjYtMDEtMzFUMDk6MzA6MDAuMDAwWiIsIDEwMV0"
_FEED = {
    "items": [
        {"ticketID": 101, "version": 4, "ticket": _TICKET},
        {"ticketID": 57, "version": 3, "ticket": None},
    ],
    "next": "7MmJpHqHVndbMSwxMSwiQWRtaW5pc3RyYXRvciIsZmFsc2UsMTc5NTcyMjY4MTk2NiwwLG51bGwsMTc5NTcyMjY4MV0",
    "isUpToDate": True,
}
_OK = {"type": "object", "properties": {"status": {"type": "string", "enum": ["ok"]}}, "required": ["status"]}
_KEY_REFUSALS = (errors.KeyReused, errors.KeyInUse)
_PHONE_REFUSALS = (errors.Forbidden, errors.ChannelMismatch)

OPERATIONS: dict[Route, Operation] = {
    routes.LIST_TICKETS: Operation(
        _reply("A page of tickets.", TicketPage, _page("ticket", totalCount=11, totalPages=2, nextCursor=_CURSOR)),
        query=LIST_PARAMETERS,
        refusals=(errors.InvalidCursor, errors.PageTooDeep, errors.TooManyToSort),
    ),
    routes.CREATE_TICKET: Operation(
        _reply("The ticket that was made.", TicketView, _TICKET, "Location", "ETag", REPLAYED, status=201),
        headers=(headers.IDEMPOTENCY,),
        body=_body(TicketDraft, EXAMPLES["drafts"]),
        refusals=(*_PHONE_REFUSALS, errors.NotFound, errors.DuplicateCall, *_KEY_REFUSALS, errors.Conflict),
    ),
    routes.READ_TICKET: Operation(
        _reply("The ticket.", TicketView, _TICKET, "ETag"),
        Success("The ticket still has the ETag.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        headers=(headers.IF_NONE_MATCH,),
        refusals=(errors.NotFound,),
        ticket=1,
    ),
    routes.REPLACE_TICKET: Operation(
        *_CHANGED,
        headers=(headers.IF_MATCH, headers.PREFER),
        body=_body(TicketDraft, EXAMPLES["replacements"]),
        refusals=(errors.NotFound, errors.DuplicateCall, errors.Conflict),
        ticket=1,
    ),
    routes.PATCH_TICKET: Operation(
        *_CHANGED,
        headers=(headers.IF_MATCH, headers.PREFER),
        body=Body(_PATCHES),
        refusals=(*_PHONE_REFUSALS, errors.NotFound, errors.DuplicateCall, errors.PatchTestFailed, errors.Conflict),
        ticket=1,
    ),
    routes.DELETE_TICKET: Operation(
        Success("The ticket is gone.", HTTPStatus.NO_CONTENT),
        headers=(headers.IF_MATCH,),
        refusals=(errors.NotFound, errors.Conflict),
        ticket=300,
    ),
    routes.UPDATE_MANY: Operation(
        _reply(
            "What became of each ticket; every id asked for stands in exactly one of the three lists.",
            BulkResult,
            EXAMPLES["bulkResult"],
            REPLAYED,
        ),
        headers=(headers.IDEMPOTENCY,),
        body=_body(BulkUpdateRequest, EXAMPLES["bulkRequests"]),
        refusals=_KEY_REFUSALS,
    ),
    routes.SUMMARISE: Operation(
        _reply("What is known.", HistorySummary, EXAMPLES["historySummary"]),
        refusals=(*_PHONE_REFUSALS, errors.NotFound),
        ticket=1,
    ),
    routes.ASSIGN_TICKET: Operation(
        _reply(
            "The ticket, which is yours, and what became of its call.",
            AssignedView,
            _TICKET | {"callForward": "notApplicable"},
            "ETag",
            REPLAYED,
        ),
        query=(FORWARD,),
        headers=(headers.IF_MATCH, headers.IDEMPOTENCY),
        body=_body(AssignDraft, {"Nothing": {}}, required=False),
        refusals=(errors.NotFound, errors.AlreadyAssigned, errors.KeyInUse, errors.Conflict),
        ticket=4,
    ),
    routes.PLAY_RECORDING: Operation(
        _reply("Where the recording is, as JSON.", Playable, EXAMPLES["playable"]),
        Success("The recording is at Location.", HTTPStatus.FOUND, headers=("Location",)),
        refusals=(errors.NotFound, errors.RecordingNotFound),
        ticket=1,
    ),
    routes.CREATE_CHAT_TICKET: Operation(
        _reply("The ticket, as far as a visitor may know it.", ChatView, EXAMPLES["chat"], REPLAYED, status=201),
        headers=(headers.ORIGIN, headers.IDEMPOTENCY_UUID),
        body=_body(ChatDraft, EXAMPLES["chats"]),
        refusals=(
            *_KEY_REFUSALS,
            errors.ChannelNotAllowed,
            errors.NotFound,
            errors.Conflict,
            errors.TooManyRequests,
            errors.Unavailable,
        ),
    ),
    routes.READ_CHAT: Operation(
        _reply("What was said.", ChatMessages, EXAMPLES["said"], "ETag"),
        Success("Nothing was said since.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        query=(CHAT_AFTER,),
        headers=(headers.IF_NONE_MATCH,),
    ),
    routes.WRITE_CHAT: Operation(
        _reply("The message as it was sent.", SentView, EXAMPLES["sent"], REPLAYED, status=201),
        headers=(headers.ORIGIN, headers.IDEMPOTENCY_UUID),
        body=_body(ChatMessageDraft, EXAMPLES["chatMessages"]),
        refusals=(
            *_KEY_REFUSALS,
            errors.ChannelNotAllowed,
            errors.Conflict,
            errors.TooManyRequests,
        ),
    ),
    routes.LIST_MESSAGES: Operation(
        _reply("A page of messages.", MessagePage, _page("message")),
        query=MESSAGE_PARAMETERS,
        refusals=(errors.NotFound, errors.Forbidden, errors.PageTooDeep),
    ),
    routes.ADD_MESSAGE: Operation(
        _reply("The message as it was added.", MessageView, EXAMPLES["message"], REPLAYED, status=201),
        headers=(headers.IDEMPOTENCY,),
        body=_body(MessageDraft, EXAMPLES["messages"]),
        refusals=(*_PHONE_REFUSALS, *_KEY_REFUSALS, errors.NotFound, errors.Conflict),
    ),
    routes.READ_ME: _read("You.", MeView, EXAMPLES["me"]),
    routes.LIST_ASSIGNABLE: _read("A page of representatives.", AssignablePage, _names("customerRep"), PAGE_PARAMETERS),
    routes.LIST_CHANNELS: _read("A page of channels.", ChannelPage, _names("channel"), PAGE_PARAMETERS),
    routes.LIST_TOPICS: _read("A page of topics.", TopicPage, _names("topic"), PAGE_PARAMETERS),
    routes.SEARCH_END_USERS: _read(
        "A page of end users.", EndUserPage, _names("endUser"), END_USER_PARAMETERS, errors.TooManyToSort
    ),
    routes.READ_HISTORY: Operation(
        _reply("A page of the history.", ChangePage, {"items": EXAMPLES["changes"], "nextCursor": None}),
        query=HISTORY_PARAMETERS,
        refusals=(errors.InvalidCursor, errors.NotFound),
        ticket=1,
    ),
    routes.FOLLOW_CHANGES: Operation(
        _reply("What changed since.", FeedPage, _FEED, "ETag"),
        Success("Nothing changed.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        query=FEED_PARAMETERS,
        headers=(headers.IF_NONE_MATCH,),
        refusals=(errors.InvalidCursor, errors.Gone),
    ),
    routes.READ_DESCRIPTION: Operation(
        Success("The description.", headers=("ETag", "Cache-Control"), content={JSON: {"type": "object"}}),
        _UNCHANGED,
        headers=(headers.IF_NONE_MATCH,),
    ),
    routes.SHOW_PAGE: Operation(
        Success(
            "The page.",
            headers=("ETag", "Cache-Control", "Content-Security-Policy"),
            content={"text/html": {"type": "string"}},
        ),
        _UNCHANGED,
        headers=(headers.IF_NONE_MATCH,),
    ),
    routes.READ_HEALTH: Operation(
        Success("It is.", headers=("Cache-Control",), content={JSON: _OK}, example={"status": "ok"}),
    ),
}
