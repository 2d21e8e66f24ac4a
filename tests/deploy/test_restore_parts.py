"""Checks that what belongs to a ticket comes back with it: its call, its messages; and what does not, stays away."""

from typing import Any

import pytest

from bundle.errors import CannotContinue
from tests.builders import A_CALL, ACME, ANOTHER_CALL, HOTLINE
from tests.deploy.loss import CONVERSATION, Live
from tests.tickets.stored import changed
from ticketing.errors import DuplicateCall
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.lists.counts import Move, counted_as, gone


def test_a_ticket_takes_its_call_again(live: Live) -> None:
    ticket = live.conversation(twilio_CallSid=A_CALL, channelID=HOTLINE)
    _record(live, A_CALL)
    live.remember()
    live.delete(ticket)
    live.restore()
    assert live.now().twilio_CallSid == A_CALL
    assert live.now().hasRecording
    assert live.adapters.calls.recording(ACME, A_CALL) is not None
    assert not live.adapters.calls.forget(ACME, 1, A_CALL)


def test_a_recording_that_is_gone_is_not_promised(live: Live) -> None:
    ticket = live.conversation(twilio_CallSid=ANOTHER_CALL)
    _record(live, ANOTHER_CALL)
    live.remember()
    live.delete(ticket)
    live.restore()
    assert live.now().twilio_CallSid == ANOTHER_CALL
    assert not live.now().hasRecording


def _record(live: Live, call: str) -> None:
    key = live.typed({"customerID": ACME, "callSid": call})
    value = live.typed({":recording": f"recordings/{ACME}/{call}.mp3"})
    live.adapters.dynamodb.call(
        "update_item",
        TableName="CallsTable",
        Key=key,
        UpdateExpression="SET recording = :recording",
        ExpressionAttributeValues=value,
    )


def test_a_call_that_another_ticket_has_now_is_left_to_it(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = live.conversation(twilio_CallSid=A_CALL)
    live.remember()
    live.delete(ticket)
    live.conversation(2, twilio_CallSid=A_CALL)
    live.restore()
    assert (live.now(1).twilio_CallSid, live.now(2).twilio_CallSid) == (None, A_CALL)
    assert "1 restored without their call" in capsys.readouterr().out


def test_a_call_that_was_lost_is_again_its_tickets(live: Live) -> None:
    ticket = live.conversation(twilio_CallSid=A_CALL)
    live.remember()
    _lose(live, A_CALL)
    live.restore()
    assert live.scanned("calls") == [{"customerID": ACME, "callSid": A_CALL, "ticketID": 1}]
    with pytest.raises(DuplicateCall):
        live.conversation(2, twilio_CallSid=A_CALL)
    live.delete(ticket)
    live.conversation(2, twilio_CallSid=A_CALL)


def test_a_call_that_was_lost_is_nobodys_where_its_ticket_has_given_it_up_since(live: Live) -> None:
    ticket = live.conversation(twilio_CallSid=A_CALL)
    live.remember()
    live.adapters.tickets.replace(ticket, changed(ticket, twilio_CallSid=None))
    _lose(live, A_CALL)
    live.restore()
    assert live.scanned("calls") == [{"customerID": ACME, "callSid": A_CALL}]


def test_a_call_that_its_ticket_gives_up_at_the_same_time_is_left(
    live: Live, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = live.conversation(twilio_CallSid=A_CALL)
    live.remember()
    _lose(live, A_CALL)
    call = Engine.call

    def overtaken(engine: Engine, operation: str, **parameters: Any) -> Any:
        if operation == "transact_write_items":
            monkeypatch.undo()
            live.adapters.tickets.replace(ticket, changed(ticket, twilio_CallSid=None))
            _lose(live, A_CALL)
        return call(engine, operation, **parameters)

    monkeypatch.setattr(Engine, "call", overtaken)
    live.restore()
    assert live.scanned("calls") == []
    assert "calls: 1 left: changed at the same time" in capsys.readouterr().out


def _lose(live: Live, call: str) -> None:
    key = live.typed({"customerID": ACME, "callSid": call})
    live.adapters.dynamodb.call("delete_item", TableName=live.tables.names["calls"], Key=key)


def test_messages_without_their_ticket_and_tickets_due_for_removal_stay_away(live: Live) -> None:
    due = live.conversation(1, messages=0, status="Closed", removeAt=1_000)
    lost = live.conversation(2)
    live.adapters.tickets.delete(lost)
    live.remember()
    live.adapters.tickets.delete(due)
    live.adapters.messages.delete(ACME, 2, 1, 2)
    live.restore()
    assert live.adapters.tickets.get_many(ACME, [1, 2]) == {}
    assert live.scanned("messages") == []


def test_messages_wait_until_the_streams_know_their_ticket_again(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is known as removed, words of its messages would be taken out of the search."""
    ticket = live.conversation()
    live.remember()
    live.delete(ticket)
    removed = Move.of(None, gone(ACME, 1, ticket.version), 0)
    live.adapters.ticket_counts.move([removed])

    def follow(_: float) -> None:
        assert live.scanned("messages") == []
        live.adapters.ticket_counts.move([Move.of(removed.after, counted_as(live.now(), "2026"), 0)])

    monkeypatch.setattr("deploy.restore.messages.time.sleep", follow)
    live.restore()
    assert len(live.scanned("messages")) == CONVERSATION


def test_streams_that_stay_behind_are_a_line_to_the_reader(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = live.conversation()
    live.remember()
    live.delete(ticket)
    live.adapters.ticket_counts.move([Move.of(None, gone(ACME, 1, ticket.version), 0)])
    monkeypatch.setattr("deploy.restore.messages.time.sleep", lambda _: None)
    with pytest.raises(CannotContinue, match="run the same again"):
        live.restore()
