"""What is written of the operation on many tickets."""

from description.headers import IDEMPOTENCY_KEY_HEADER
from description.operation import JSON, Body, Json, Operation, Success
from description.schemas import name_of, reference
from ticketing.bulk.request import MAX_TICKETS, BulkResult, BulkUpdateRequest
from ticketing.errors import KeyInUse, KeyReused

_RESULT: Json = {
    "action": "close",
    "succeeded": [5, 6],
    "queued": [],
    "failed": [{"ticketID": 999999, "status": 404, "code": "NotFound", "detail": "There is no such ticket."}],
}

OPERATIONS = {
    "PUT /api/Tickets/bulk": Operation(
        tag="Tickets",
        summary="Change many tickets",
        text=f"Does one action to up to {MAX_TICKETS} tickets, and says of each what became of it. Those that are "
        "missing or that you may not change fail, the others are done.\n\n"
        "- `close`, `open`, `invertstate`: closes, reopens, or does to each the one that it is not.\n"
        "- `spam`, `notspam`: sets or clears isSpam (spam closes too, notspam reopens what spam closed), and teaches "
        "the customer's spam filter.\n"
        "- `read`: marks the messages so far as read.\n"
        "- `delete`: as DELETE. `deletecleanup`: closes, and removes when the customer's `cleanupDays` have passed; "
        "any reopening takes that back.\n"
        "- `updatetopics`: sets the topics to `topicIds`, none to clear them, and teaches the topic detector.\n"
        "- `detectspam`, `detecttopics`, `executeactions`: in the background. The first two ask the spam filter and "
        "the topic detector, the last runs the actions of `hookName`.\n\n"
        "`customerRepID` is applied together with the action: left out or null it keeps the assignment, 0 means "
        "nobody. An assignment that your role may not make changes nothing.\n\n"
        "What is not reached in time is in `failed` with 503: ask for it again, with a new key.",
        headers=(IDEMPOTENCY_KEY_HEADER,),
        body=Body(
            {JSON: reference(name_of(BulkUpdateRequest))},
            {
                JSON: {
                    "Close two": {"ticketIDs": [5, 6], "action": "close"},
                    "Assign to Ann": {"ticketIDs": [7], "action": "open", "customerRepID": 13},
                    "Set topics": {"ticketIDs": [7], "action": "updatetopics", "topicIds": [1, 2]},
                    "Run actions": {"ticketIDs": [7], "action": "executeactions", "hookName": "PostTopicDetection"},
                }
            },
            BulkUpdateRequest,
        ),
        successes=(
            Success(
                "What became of each ticket; every id asked for stands in exactly one of the three lists.",
                model=BulkResult,
                headers=("Idempotent-Replayed",),
                example=_RESULT,
            ),
        ),
        refusals=(KeyReused, KeyInUse),
    ),
}
