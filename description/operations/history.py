"""What is written of the history of an end user."""

from description.operation import Json, Operation, Success
from ticketing.errors import ChannelMismatch, Forbidden, NotFound
from ticketing.history.summary import HistorySummary

_SUMMARY: Json = {
    "ticketID": 101,
    "uid": "jane@doe.example",
    "endUsers": [{"endUserID": 31, "name": "Jane Doe", "uids": ["jane@doe.example", "+3225550131"]}],
    "ticketCount": 2,
    "openCount": 1,
    "firstContact": "2025-11-03T14:05:00.000Z",
    "lastContact": "2026-01-12T08:20:00.000Z",
    "channels": {"Email": 1, "Phone": 1},
    "topics": [{"name": "Billing", "count": 2}],
    "recentTickets": [
        {
            "ticketID": 87,
            "subject": "I was charged twice.",
            "status": "Open",
            "channelType": "Phone",
            "dateCreated": "2026-01-12T08:15:00.000Z",
            "closeDate": None,
            "summary": None,
            "topics": ["Billing"],
        }
    ],
    "summary": "This end user has 2 other tickets, with contact between 2025-11-03 and 2026-01-12, through Email (1) "
    "and Phone (1). 1 of them is still open. The most frequent topic is Billing, in 2 tickets.",
}

OPERATIONS = {
    "GET /api/Tickets/{id}/history-summary": Operation(
        tag="Tickets",
        summary="What is known of a ticket's end user",
        text="Summarises the other processed tickets that the customer has with the ticket's `uid`, and with every "
        "other address of its end users; spam does not count.\n\n"
        "Whoever may read the ticket may see the whole history, also what lies in tickets that they may not read. A "
        "phone line's token may ask about tickets of its own channel. Without a `uid` there is no history: zeros, "
        "nulls and empty lists.",
        ticket=1,
        successes=(Success("What is known.", model=HistorySummary, example=_SUMMARY),),
        refusals=(NotFound, Forbidden, ChannelMismatch),
    ),
}
