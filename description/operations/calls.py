"""Operations of live calls and their recordings: bodies, replies, refusals, examples."""

from http import HTTPStatus

from description import headers
from description.operation import Operation, Success
from description.operations.parts import EXAMPLES, TICKET, body, reply
from functions.calls.app import FORWARD
from ticketing import errors
from ticketing.calls.recordings import Playable
from ticketing.calls.views import AssignDraft, AssignedView
from ticketing.http import routes
from ticketing.http.reply import REPLAYED
from ticketing.http.routes import Route

OPERATIONS: dict[Route, Operation] = {
    routes.ASSIGN_TICKET: Operation(
        reply(
            "The ticket, which is yours, and what became of its call.",
            AssignedView,
            TICKET | {"callForward": "notApplicable"},
            "ETag",
            REPLAYED,
        ),
        query=(FORWARD,),
        headers=(headers.IF_MATCH, headers.IDEMPOTENCY),
        body=body(AssignDraft, {"Nothing": {}}, required=False),
        refusals=(errors.NotFound, errors.AlreadyAssigned, errors.KeyInUse, errors.Conflict),
        ticket=4,
    ),
    routes.PLAY_RECORDING: Operation(
        reply("Where the recording is, as JSON.", Playable, EXAMPLES["playable"]),
        Success("The recording is at Location.", HTTPStatus.FOUND, headers=("Location",)),
        refusals=(errors.NotFound, errors.RecordingNotFound),
        ticket=1,
    ),
}
