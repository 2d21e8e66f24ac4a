"""A restored ticket shows what its messages made of it, those too that are newer than the moment it is taken from."""

from typing import Any

import pytest

from tests.builders import A_MOMENT, ACME, a_ticket
from tests.deploy.loss import BEFORE, Live
from tests.tickets.stored import changed
from ticketing.tickets.lifecycle import reopened
from ticketing.tickets.messages import FOLLOWS_MESSAGES, Direction, MessageDraft, next_message, with_message
from ticketing.tickets.model import Ticket

AI = {"direction": Direction.AI, "body": "It is on its way."}
SPOKEN = {"direction": Direction.EndUser, "body": "Where is it?"}
NOTE = {"direction": Direction.Note, "body": "It was not.", "feedbackOn": 1}


def say(live: Live, ticket: Ticket, said: dict[str, Any]) -> Ticket:
    """Add a message as the API does, and return the ticket as it is kept."""
    message = next_message(ticket, MessageDraft(ticketID=ticket.ticketID, **said), A_MOMENT)
    after = with_message(ticket, message)
    after = changed(after)
    live.adapters.tickets.replace(ticket, after, message)
    return after


def shown(ticket: Ticket) -> dict[str, Any]:
    """What a ticket shows of its messages."""
    return {name: getattr(ticket, name) for name in FOLLOWS_MESSAGES}


@pytest.fixture
def remembered(live: Live) -> Ticket:
    """A ticket as it was at the moment: somebody had noted something, and nobody had spoken since."""
    ticket = live.conversation(messages=0)
    for said in (AI, NOTE):
        ticket = say(live, ticket, said)
    live.remember()
    return ticket


@pytest.mark.parametrize("since", [[SPOKEN], [SPOKEN, NOTE], [NOTE], [SPOKEN, NOTE, AI, NOTE]], ids=len)
def test_a_ticket_that_is_set_back_shows_its_newer_messages(
    live: Live, remembered: Ticket, since: list[dict[str, Any]]
) -> None:
    ticket = remembered
    for said in since:
        ticket = say(live, ticket, said)
    garbled = changed(ticket, subject="Garbled")
    live.adapters.tickets.replace(ticket, garbled)
    live.restore("--overwrite")
    assert live.now().subject == remembered.subject
    assert shown(live.now()) == shown(ticket)


@pytest.mark.parametrize("since", [[], [SPOKEN], [SPOKEN, NOTE], [NOTE], [SPOKEN, NOTE, AI, NOTE]], ids=len)
def test_a_ticket_that_comes_back_before_its_newer_messages_are_gone_shows_them(
    live: Live, remembered: Ticket, since: list[dict[str, Any]]
) -> None:
    ticket = remembered
    for said in since:
        ticket = say(live, ticket, said)
    live.delete(ticket, cleaned_up=False)
    live.restore()
    assert shown(live.now()) == shown(ticket)


def test_an_end_user_who_wrote_since_has_reopened_the_ticket(live: Live) -> None:
    closed = live.conversation(messages=0, status="Closed", isClosed=True, closeDate=A_MOMENT)
    live.remember()
    live.delete(say(live, closed, SPOKEN), cleaned_up=False)
    live.restore()
    assert not live.now().isClosed


def test_of_newer_messages_that_are_half_removed_the_ticket_shows_the_rest(live: Live, remembered: Ticket) -> None:
    ticket = say(live, say(live, say(live, remembered, SPOKEN), NOTE), AI)
    live.delete(ticket, cleaned_up=False)
    live.adapters.messages.delete(ACME, 1, 1, 4)
    live.restore()
    after = live.now()
    assert (after.lastMessageID, after.lastSpokenMessageID, after.preview) == (5, 5, AI["body"])


def test_a_message_that_its_ticket_does_not_count_is_not_in_the_way_of_the_next(
    live: Live, remembered: Ticket, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where the tables beside are of different moments, such as backups."""
    ticket = say(live, remembered, SPOKEN)
    newest = live.scanned("messages")[-1]
    live.tables.boto3.put_item(TableName=f"MessagesTable-{BEFORE}", Item=live.typed(newest))
    live.delete(ticket)
    live.restore()
    assert "messages: 1 left: newer than their ticket, 2 restored" in capsys.readouterr().out
    say(live, live.now(), AI)
    assert [message.messageID for message in live.adapters.messages.between(ACME, 1, 1, 9)] == [1, 2, 3]


def test_what_a_message_makes_of_a_ticket_is_known_to_a_restore() -> None:
    before = a_ticket(status="Closed", isClosed=True, closeDate=A_MOMENT, removeAt=1)
    made = set()
    for said in (SPOKEN, AI, NOTE):
        after = with_message(before, next_message(before, MessageDraft(ticketID=1, **said), A_MOMENT))
        made |= {name for name in Ticket.model_fields if getattr(after, name) != getattr(before, name)}
    by_reopening = {name for name in Ticket.model_fields if getattr(reopened(before), name) != getattr(before, name)}
    assert made - by_reopening == set(FOLLOWS_MESSAGES)
