"""A ticket or message that cannot be read, in the copy or where it serves, is named and counted, and keeps nothing else
back."""

import pytest
from pydantic import ValidationError

from tests.builders import A_CALL, ACME
from tests.deploy.loss import Live
from tests.tickets.stored import a_message, changed

UNREADABLE = "left: cannot be read"


def damage(live: Live, ticketID: int) -> None:
    """Put a ticket of which little is left in the place of another."""
    item = live.typed({"customerID": ACME, "ticketID": ticketID, "status": "Open", "summary": "private"})
    live.adapters.dynamodb.call("put_item", TableName=live.tables.names["tickets"], Item=item)


def damage_message(live: Live, ticketID: int, messageID: int) -> None:
    """Put a message of which little is left in the place of another."""
    item = live.typed({"customerTicket": f"{ACME}#{ticketID}", "messageID": messageID, "body": "private"})
    live.adapters.dynamodb.call("put_item", TableName=live.tables.names["messages"], Item=item)


def lose_messages(live: Live, ticketID: int) -> None:
    live.adapters.messages.delete(ACME, ticketID, 1, 2)


def messageIDs(live: Live) -> list[int]:
    """Return the ids of the first ticket's messages, read as requests read them."""
    return [message.messageID for message in live.adapters.messages.between(ACME, 1, 1, 9)]


def test_one_that_cannot_be_read_in_the_copy(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = live.conversation()
    damage(live, 7)
    live.remember()
    live.delete(ticket)
    live.restore()
    shown = capsys.readouterr()
    assert f"tickets: 1 {UNREADABLE}, 1 restored" in shown.out
    assert f"Copied ticket (customerID {ACME}, ticketID 7) cannot be read: channelType" in shown.err
    assert "private" not in shown.err


@pytest.mark.parametrize("option", ["--overwrite", "--dry-run"])
def test_one_that_cannot_be_read_where_it_serves(live: Live, capsys: pytest.CaptureFixture[str], option: str) -> None:
    sound = live.conversation()
    live.conversation(7)
    live.remember()
    live.adapters.tickets.replace(sound, changed(sound, subject="Garbled"))
    damage(live, 7)
    live.restore("--overwrite", option)
    shown = capsys.readouterr()
    assert f"tickets: 1 {UNREADABLE}, 1 overwritten" in shown.out
    assert f"Live ticket (customerID {ACME}, ticketID 7) cannot be read: channelType" in shown.err
    assert "private" not in shown.err
    assert live.now().subject == ("Garbled" if option == "--dry-run" else sound.subject)


def test_its_messages_are_left_and_the_others_come_back(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    for ticketID in (1, 7):
        live.conversation(ticketID)
    damage(live, 7)
    live.remember()
    for ticketID in (1, 7):
        lose_messages(live, ticketID)
    live.restore()
    shown = capsys.readouterr()
    assert f"tickets: 1 {UNREADABLE}, " in shown.out
    assert "messages: 2 left: without their ticket, 2 restored" in shown.out
    assert "lessons: " in shown.out
    assert "private" not in shown.err
    assert messageIDs(live) == [1, 2]


def test_its_item_can_be_deleted_and_restored(live: Live) -> None:
    ticket = live.conversation(7)
    live.remember()
    damage(live, 7)
    key = live.typed({"customerID": ACME, "ticketID": 7})
    live.adapters.dynamodb.call("delete_item", TableName=live.tables.names["tickets"], Key=key)
    live.restore()
    assert live.now(7).subject == ticket.subject


def test_a_message_that_cannot_be_read_in_the_copy(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    live.conversation(messages=3)
    sound = live.scanned("messages")
    damage_message(live, 1, 2)
    live.remember()
    for item in sound:
        live.adapters.dynamodb.call("put_item", TableName=live.tables.names["messages"], Item=live.typed(item))
    live.adapters.messages.delete(ACME, 1, 3, 3)
    live.restore("--overwrite")
    shown = capsys.readouterr()
    assert f"messages: 1 {UNREADABLE}, 1 restored, 1 there already" in shown.out
    assert f"Copied message (customerTicket {ACME}#1, messageID 2) cannot be read: customerID" in shown.err
    assert "private" not in shown.err
    assert live.scanned("messages") == sound


def test_one_that_is_missing_where_it_serves_too_leaves_a_gap(live: Live) -> None:
    ticket = live.conversation(messages=3)
    damage_message(live, 1, 2)
    live.remember()
    live.delete(ticket)
    live.restore()
    assert (live.now().lastMessageID, messageIDs(live)) == (3, [1, 3])


@pytest.mark.parametrize(("option", "outcome"), [("--yes", f"1 {UNREADABLE}"), ("--overwrite", "1 overwritten")])
def test_a_message_that_cannot_be_read_where_it_serves(
    live: Live, capsys: pytest.CaptureFixture[str], option: str, outcome: str
) -> None:
    live.conversation()
    sound = live.scanned("messages")
    live.remember()
    damage_message(live, 1, 2)
    live.restore(option)
    shown = capsys.readouterr()
    assert f"messages: {outcome}, 1 there already" in shown.out
    is_left = option != "--overwrite"
    assert (f"Live message (customerTicket {ACME}#1, messageID 2) cannot be read: " in shown.err) == is_left
    assert any(item not in live.scanned("messages") for item in sound) == is_left


@pytest.mark.parametrize("damaged", [3, 4])
def test_a_newer_message_that_cannot_be_read_keeps_its_place(
    live: Live, capsys: pytest.CaptureFixture[str], damaged: int
) -> None:
    live.conversation(7)
    ticket = live.conversation()
    live.remember()
    for messageID in (3, 4):
        before, ticket = ticket, changed(ticket, lastMessageID=messageID)
        live.adapters.tickets.replace(before, ticket, a_message(ticket, messageID))
    damage_message(live, 1, damaged)
    live.delete(ticket, cleaned_up=False)
    live.restore()
    shown = capsys.readouterr()
    assert "tickets: 1 restored without a message that cannot be read, " in shown.out
    assert "messages: 4 there already" in shown.out
    assert f"Live message (customerTicket {ACME}#1, messageID {damaged}) cannot be read: customerID" in shown.err
    assert "private" not in shown.err
    (readable,) = {3, 4} - {damaged}
    assert (live.now().lastMessageID, live.now().lastSpokenMessageID) == (4, readable)
    with pytest.raises(ValidationError):
        messageIDs(live)
    live.adapters.messages.delete(ACME, 1, damaged, damaged)
    assert messageIDs(live) == [1, 2, readable]


def test_one_without_its_call_and_a_message_is_counted_once_and_the_message_named(
    live: Live, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = live.conversation(twilio_CallSid=A_CALL)
    live.remember()
    damage_message(live, 1, 3)
    live.delete(ticket, cleaned_up=False)
    live.adapters.calls.forget(ACME, 1, A_CALL)
    live.conversation(2, twilio_CallSid=A_CALL)
    live.restore()
    shown = capsys.readouterr()
    assert "tickets: 1 restored without their call, which another ticket has now, 1 there already" in shown.out
    assert f"Live message (customerTicket {ACME}#1, messageID 3) cannot be read: " in shown.err
