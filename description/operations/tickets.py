"""What is written of the operations on tickets."""

from http import HTTPStatus

from description.headers import IDEMPOTENCY_KEY_HEADER, IF_MATCH, IF_NONE_MATCH, PREFER
from description.operation import JSON, Body, Json, Operation, Success
from description.operations.examples import DRAFT, TICKET
from description.operations.ticket_list import LIST
from description.schemas import name_of, reference
from ticketing.errors import (
    ChannelMismatch,
    Conflict,
    DuplicateCall,
    Forbidden,
    KeyInUse,
    KeyReused,
    NotFound,
    PatchTestFailed,
)
from ticketing.tickets.model import TicketDraft, TicketView

PATCH_JSON, MERGE_JSON = "application/json-patch+json", "application/merge-patch+json"
_WRITE = reference(name_of(TicketDraft))
_JSON_PATCH, _MERGE_PATCH = reference("TicketJsonPatch"), reference("TicketMergePatch")
_CLOSE: list[Json] = [
    {"op": "replace", "path": "/isClosed", "value": True},
    {"op": "add", "path": "/summary", "value": "The parcel arrived."},
]
_CHANGED = (
    Success("The ticket as it is after the change.", model=TicketView, headers=("ETag",), example=TICKET),
    Success("The change is made; no body was wanted.", HTTPStatus.NO_CONTENT, headers=("ETag",)),
)

OPERATIONS = {
    "GET /api/Tickets": LIST,
    "POST /api/Tickets": Operation(
        tag="Tickets",
        summary="Create a ticket",
        text="Creates a ticket. Fields that only replies hold are ignored, so a ticket that was read can be sent back."
        "\n\n"
        "- An assignment that your role may not make is not an error: the ticket is made, held by nobody (a Restricted "
        "representative's is always their own), and the reply shows what holds.\n"
        "- `customerRepID` and `channelID` must exist: otherwise 400.\n"
        "- `status` and `isClosed` must not contradict each other. A closed ticket without a `closeDate` gets one.\n"
        "- With a phone line's token `channelID` is that line's; any other is refused with `ChannelMismatch`.\n"
        "- A second ticket for one `twilio_CallSid` is refused with `DuplicateCall`.",
        headers=(IDEMPOTENCY_KEY_HEADER,),
        body=Body(
            {JSON: _WRITE},
            {
                JSON: {
                    "An e-mail": DRAFT,
                    "A call": {
                        "status": "Open",
                        "subject": "Wants to know when the shop opens",
                        "channelType": "Phone",
                        "channelID": 3,
                        "uid": "+3225550131",
                        "fromNumber": "+3225550131",
                        "toNumber": "+3225550100",
                    },
                }
            },
            TicketDraft,
        ),
        successes=(
            Success(
                "The ticket that was made.",
                HTTPStatus.CREATED,
                TicketView,
                headers=("Location", "ETag", "Idempotent-Replayed"),
                example=TICKET,
            ),
        ),
        refusals=(Forbidden, ChannelMismatch, NotFound, DuplicateCall, KeyReused, KeyInUse, Conflict),
    ),
    "GET /api/Tickets/{id}": Operation(
        tag="Tickets",
        summary="Read a ticket",
        text="Another customer's ticket is answered like one that does not exist: 404. One that your role may not "
        "read: 403. An Agent reads tickets of their own and of nobody (all, where the customer has set it so), a "
        "Restricted representative their own.",
        ticket=1,
        headers=(IF_NONE_MATCH,),
        successes=(
            Success("The ticket.", model=TicketView, headers=("ETag",), example=TICKET),
            Success("The ticket still has the ETag.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        ),
        refusals=(NotFound,),
    ),
    "PUT /api/Tickets/{id}": Operation(
        tag="Tickets",
        summary="Replace a ticket's editable fields",
        text="Replaces every field of TicketWriteDTO. One that is left out gets the value that a new ticket has, but "
        "`isProcessed`, `lastMessageDate`, `preview` and `closeDate`, which keep what they are, and `isClosed`, which "
        "follows the status. Fields that only replies hold are ignored, so a ticket that was read can be sent back."
        "\n\n"
        "Without `If-Match` it replaces whatever the newest version holds. A `customerRepID` that is left out means "
        "nobody; an assignment that your role may not make changes nothing. Closing sets `closeDate` if it has none, "
        "reopening clears it.",
        ticket=1,
        headers=(IF_MATCH, PREFER),
        body=Body({JSON: _WRITE}, {JSON: {"Escalated": DRAFT | {"status": "Escalated", "escalated": True}}}),
        successes=_CHANGED,
        refusals=(NotFound, DuplicateCall, Conflict),
    ),
    "PATCH /api/Tickets/{id}": Operation(
        tag="Tickets",
        summary="Change some of a ticket's fields",
        text="Takes a JSON Patch (RFC 6902; `application/json` is read as that too) or a JSON Merge Patch (RFC 7396) "
        "over the fields of TicketWriteDTO, every one of which exists: null when empty. To remove a field, or to set "
        "it to null, resets it to what a new ticket has without it. All of the patch is applied, or nothing.\n\n"
        "It is applied to the newest version, however many change the ticket at once: no change of another's is lost. "
        "A patch that changes nothing keeps the version. An assignment that your role may not make changes nothing.\n\n"
        "A phone line's token may patch tickets of its own channel; it cannot change `channelID`, and may set `uid` "
        "only where there is none.",
        ticket=1,
        headers=(IF_MATCH, PREFER),
        body=Body(
            {PATCH_JSON: _JSON_PATCH, JSON: _JSON_PATCH, MERGE_JSON: _MERGE_PATCH},
            {
                PATCH_JSON: {"Close it": _CLOSE},
                JSON: {"Close it": _CLOSE},
                MERGE_JSON: {"Reopen it": {"status": "Open", "summary": None}},
            },
        ),
        successes=_CHANGED,
        refusals=(NotFound, Forbidden, ChannelMismatch, DuplicateCall, PatchTestFailed, Conflict),
    ),
    "DELETE /api/Tickets/{id}": Operation(
        tag="Tickets",
        summary="Delete a ticket",
        text="The ticket is gone from every read at once; its messages, search entries and recording follow within "
        "seconds. To delete it again is answered with 404.",
        ticket=300,
        headers=(IF_MATCH,),
        successes=(Success("The ticket is gone.", HTTPStatus.NO_CONTENT),),
        refusals=(NotFound, Conflict),
    ),
}
