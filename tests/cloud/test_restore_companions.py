"""What belongs to a ticket comes back with it: its call, its messages; and what does not, stays away."""

import pytest

from local.errors import CannotContinue
from tests.builders import A_CALL, ACME, ANOTHER_CALL, HOTLINE
from tests.cloud.loss import CONVERSATION, command, conversation, deleted, now, remember, scanned
from tests.engines import Tables
from ticketing import wiring
from ticketing.lists.counts import Move, gone, standing_of


def test_a_ticket_takes_its_call_again(tables: Tables) -> None:
    ticket = conversation(twilio_CallSid=A_CALL, channelID=HOTLINE)
    _record(A_CALL)
    remember(tables)
    deleted(ticket)
    command(tables)
    assert now().twilio_CallSid == A_CALL
    assert now().hasRecording
    assert wiring.calls().recording(ACME, A_CALL) is not None
    assert not wiring.calls().forget(ACME, A_CALL)


def test_a_recording_that_is_gone_is_not_promised(tables: Tables) -> None:
    ticket = conversation(twilio_CallSid=ANOTHER_CALL)
    _record(ANOTHER_CALL)
    remember(tables)
    deleted(ticket)
    command(tables)
    assert now().twilio_CallSid == ANOTHER_CALL
    assert not now().hasRecording


def _record(call: str) -> None:
    key = wiring.engine().typed({"customerID": ACME, "callSid": call})
    value = wiring.engine().typed({":recording": f"recordings/{ACME}/{call}.mp3"})
    wiring.engine().call(
        "update_item",
        TableName="CallsTable",
        Key=key,
        UpdateExpression="SET recording = :recording",
        ExpressionAttributeValues=value,
    )


def test_a_call_that_another_ticket_has_now_is_left_to_it(tables: Tables, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = conversation(twilio_CallSid=A_CALL)
    remember(tables)
    deleted(ticket)
    conversation(2, twilio_CallSid=A_CALL)
    command(tables)
    assert (now(1).twilio_CallSid, now(2).twilio_CallSid) == (None, A_CALL)
    assert "1 restored without their call" in capsys.readouterr().out


def test_messages_without_their_ticket_and_tickets_due_for_removal_stay_away(tables: Tables) -> None:
    due = conversation(1, messages=0, status="Closed", removeAt=1_000)
    lost = conversation(2)
    wiring.store().delete(lost)
    remember(tables)
    wiring.store().delete(due)
    wiring.messages().delete(ACME, 2, 1, 2)
    command(tables)
    assert wiring.store().get_many(ACME, [1, 2]) == {}
    assert scanned(tables.names["messages"]) == []


def test_messages_wait_until_the_streams_know_their_ticket_again(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is known as removed, words of its messages would be taken out of the search."""
    ticket = conversation()
    remember(tables)
    deleted(ticket)
    removed = Move.of(None, gone(ACME, 1, ticket.version), 0)
    wiring.tallies().move([removed])

    def follow(_: float) -> None:
        assert scanned(tables.names["messages"]) == []
        wiring.tallies().move([Move.of(removed.after, standing_of(now(), "2026"), 0)])

    monkeypatch.setattr("cloud.restore.tickets.time.sleep", follow)
    command(tables)
    assert len(scanned(tables.names["messages"])) == CONVERSATION


def test_streams_that_stay_behind_are_a_line_to_the_reader(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = conversation()
    remember(tables)
    deleted(ticket)
    wiring.tallies().move([Move.of(None, gone(ACME, 1, ticket.version), 0)])
    monkeypatch.setattr("cloud.restore.tickets.time.sleep", lambda _: None)
    with pytest.raises(CannotContinue, match="run the same again"):
        command(tables)
