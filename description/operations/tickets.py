"""Operations of tickets, one or many: bodies, replies, refusals, examples."""

from http import HTTPStatus

from description import headers
from description.operation import JSON, Body, Operation, Success
from description.operations.parts import EXAMPLES, KEY_REFUSALS, PHONE_REFUSALS, TICKET, body, page, reply
from description.schemas import reference
from ticketing import errors
from ticketing.bulk.request import BulkResult, BulkUpdateRequest
from ticketing.http import routes
from ticketing.http.list_query import LIST_PARAMETERS
from ticketing.http.reply import REPLAYED
from ticketing.http.routes import Route
from ticketing.lists import cursor
from ticketing.summary.summary import HistorySummary
from ticketing.tickets.model import TicketDraft
from ticketing.tickets.order import Position
from ticketing.tickets.ticket_view import TicketPage, TicketView

_CHANGED = (
    reply("The ticket as it is after the change.", TicketView, TICKET, "ETag"),
    Success("The change is made; no body was wanted.", HTTPStatus.NO_CONTENT, headers=("ETag",)),
)
_JSON_PATCH = (reference("TicketJsonPatch"), {"Close it": EXAMPLES["jsonPatch"]})
_MERGE_PATCH = (reference("TicketMergePatch"), {"Reopen it": {"status": "Open", "summary": None}})
_PATCHES = {"application/json-patch+json": _JSON_PATCH, JSON: _JSON_PATCH, "application/merge-patch+json": _MERGE_PATCH}
_CURSOR = cursor.encode(Position("2026-01-31T09:30:00.000Z", 101), "4d99")

OPERATIONS: dict[Route, Operation] = {
    routes.LIST_TICKETS: Operation(
        reply("A page of tickets.", TicketPage, page("ticket", totalCount=11, totalPages=2, nextCursor=_CURSOR)),
        query=LIST_PARAMETERS,
        refusals=(errors.InvalidCursor, errors.PageTooDeep, errors.TooManyToSort),
    ),
    routes.CREATE_TICKET: Operation(
        reply("The ticket that was made.", TicketView, TICKET, "Location", "ETag", REPLAYED, status=201),
        headers=(headers.IDEMPOTENCY,),
        body=body(TicketDraft, EXAMPLES["drafts"]),
        refusals=(*PHONE_REFUSALS, errors.NotFound, errors.DuplicateCall, *KEY_REFUSALS, errors.Conflict),
    ),
    routes.READ_TICKET: Operation(
        reply("The ticket.", TicketView, TICKET, "ETag"),
        Success("The ticket still has the ETag.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        headers=(headers.IF_NONE_MATCH,),
        refusals=(errors.NotFound,),
        ticket=1,
    ),
    routes.REPLACE_TICKET: Operation(
        *_CHANGED,
        headers=(headers.IF_MATCH, headers.PREFER),
        body=body(TicketDraft, EXAMPLES["replacements"]),
        refusals=(errors.NotFound, errors.DuplicateCall, errors.Conflict),
        ticket=1,
    ),
    routes.PATCH_TICKET: Operation(
        *_CHANGED,
        headers=(headers.IF_MATCH, headers.PREFER),
        body=Body(_PATCHES),
        refusals=(*PHONE_REFUSALS, errors.NotFound, errors.DuplicateCall, errors.PatchTestFailed, errors.Conflict),
        ticket=1,
    ),
    routes.DELETE_TICKET: Operation(
        Success("The ticket is gone.", HTTPStatus.NO_CONTENT),
        headers=(headers.IF_MATCH,),
        refusals=(errors.NotFound, errors.Conflict),
        ticket=300,
    ),
    routes.UPDATE_MANY: Operation(
        reply(
            "What became of each ticket; every id asked for stands in exactly one of the three lists.",
            BulkResult,
            EXAMPLES["bulkResult"],
            REPLAYED,
        ),
        headers=(headers.IDEMPOTENCY,),
        body=body(BulkUpdateRequest, EXAMPLES["bulkRequests"]),
        refusals=KEY_REFUSALS,
    ),
    routes.SUMMARISE: Operation(
        reply("What is known.", HistorySummary, EXAMPLES["historySummary"]),
        refusals=(*PHONE_REFUSALS, errors.NotFound),
        ticket=1,
    ),
}
