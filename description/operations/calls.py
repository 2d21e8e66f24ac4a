"""What is written of the operations on phone calls."""

from http import HTTPStatus

from description.headers import IDEMPOTENCY_KEY_HEADER, IF_MATCH
from description.operation import JSON, Body, Json, Operation, Query, Success
from description.operations.examples import TICKET
from description.schemas import name_of, reference
from ticketing.calls.call import AssignDraft, AssignedView
from ticketing.calls.recordings import PLAYABLE_FOR, Playable
from ticketing.errors import AlreadyAssigned, Conflict, KeyInUse, NotFound, RecordingNotFound

_PLAYABLE: Json = {
    "url": "https://recordings.s3.eu-west-1.amazonaws.com/recordings/1/CA0123456789abcdef0123456789abcdef.mp3?X-Amz-…",
    "expiresAt": "2026-01-31T09:35:00.000Z",
    "contentType": "audio/mpeg",
    "contentLength": 481824,
}

OPERATIONS = {
    "PUT /api/Tickets/{id}/assign": Operation(
        tag="Calls",
        summary="Take a ticket, and its live call",
        text="Gives the ticket to you. If it is a live phone call (`channelType` Phone, a `twilio_CallSid`, no "
        "`endDate`, not closed) and you have a phone number, the call is redirected there; `callForward` says what "
        "became of it, and a call that could not be redirected leaves the assignment standing.\n\n"
        "- Of two who race for a ticket that nobody holds one gets it; the other is answered with `AlreadyAssigned`. "
        "So is an Agent who finds it with another representative; an Administrator or Supervisor takes it over. A "
        "Restricted representative may only keep their own.\n"
        "- A closed ticket may be taken.\n"
        "- A call is redirected to you once: taking the ticket again does not dial again, unless the first attempt "
        "failed.",
        ticket=4,
        query=(
            Query(
                "forward",
                "false takes the ticket without redirecting its call.",
                schema={"default": True},
            ),
        ),
        headers=(IF_MATCH, IDEMPOTENCY_KEY_HEADER),
        body=Body({JSON: reference(name_of(AssignDraft))}, {JSON: {"Nothing": {}}}, AssignDraft, required=False),
        successes=(
            Success(
                "The ticket, which is yours, and what became of its call.",
                model=AssignedView,
                headers=("ETag", "Idempotent-Replayed"),
                example=TICKET | {"callForward": "notApplicable"},
            ),
        ),
        refusals=(NotFound, AlreadyAssigned, KeyInUse, Conflict),
    ),
    "GET /api/Tickets/{ticketId}/play": Operation(
        tag="Calls",
        summary="Play a call's recording",
        text=f"Redirects to an address from which the sound can be played for {PLAYABLE_FOR} seconds, in ranges too. "
        "With `Accept: application/json` the address is the body of the answer instead: so ask for it from a browser, "
        "where a redirected request would carry your token along. Whoever may read the ticket may hear it.",
        ticket=1,
        successes=(
            Success("Where the recording is, as JSON.", model=Playable, example=_PLAYABLE),
            Success("The recording is at Location.", HTTPStatus.FOUND, headers=("Location",)),
        ),
        refusals=(NotFound, RecordingNotFound),
    ),
}
