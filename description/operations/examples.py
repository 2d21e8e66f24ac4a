"""Examples of the demo world that several operations show."""

from description.operation import Json
from ticketing.tickets.model import TicketView

DRAFT: Json = {
    "status": "Open",
    "subject": "Where is my parcel?",
    "channelType": "Email",
    "channelID": 1,
    "customerRepID": 13,
    "uid": "jane@doe.example",
}
TICKET: Json = (
    DRAFT
    | TicketView.model_validate(
        DRAFT
        | {
            "lastMessageDate": "2026-01-31T09:30:00.000Z",
            "preview": "Hello, my parcel should have come on Monday.",
            "ticketID": 101,
            "token": "0b8f6f0e-9c57-4f0e-8c52-2f4a1c3b8e6d",
            "dateCreated": "2026-01-31T09:30:00.000Z",
            "customerRepName": "Ann Agent",
            "channelName": "Support",
            "aiFeedbackComments": [],
            "endUsers": [{"endUserID": 31, "name": "Jane Doe", "uids": ["jane@doe.example", "+3225550131"]}],
            "topics": ["Delivery"],
            "hasRecording": False,
            "lastEndUserMessageID": 1,
        }
    ).model_dump()
)
"""A ticket; a field that is not named has its default, so a new field needs no line here."""
