"""Checks what is taught and asked of a ticket."""

from tests.builders import A_MOMENT, a_ticket
from ticketing.learning.ticket_text import text_of
from ticketing.tickets.messages import Direction, Message


def test_the_text_of_a_ticket_is_its_subject_and_what_the_end_user_wrote() -> None:
    spoken = [(Direction.EndUser, "Hello"), (Direction.Representative, "How are you?"), (Direction.EndUser, "Fine")]
    messages = [
        Message(customerID=1, ticketID=101, messageID=n, dateCreated=A_MOMENT, direction=direction, body=body)
        for n, (direction, body) in enumerate(spoken, 1)
    ]
    assert text_of(a_ticket(subject="A question"), messages) == "A question\nHello\nFine"
    assert text_of(a_ticket(subject="A question"), []) == "A question"
