"""The operator's command: what is missing comes back, what others write stays, and a second run finds nothing."""

from argparse import ArgumentParser
from typing import Any

import pytest

from cloud.restore.command import add_options, restore
from cloud.restore.tickets import LEAP
from local.errors import CannotContinue
from tests.builders import A_CALL, ACME, GLOBEX, a_ticket, acme
from tests.cloud.loss import BEFORE, CONVERSATION, command, conversation, deleted, everything, now, remember, scanned
from tests.engines import Tables
from tests.fakes import InlineExecutor
from tests.tickets.stored import a_message, changed
from ticketing import wiring
from ticketing.directory.model import Rep
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import Outdated


def test_a_ticket_comes_back_with_its_messages_as_a_version_that_nobody_has_seen(tables: Tables) -> None:
    ticket = conversation()
    remember(tables)
    for _ in range(7):
        before, ticket = ticket, changed(ticket, subject=f"{ticket.subject}!")
        wiring.store().replace(before, ticket)
    deleted(ticket)
    command(tables)
    assert now() == a_ticket(ticketID=1, lastMessageID=CONVERSATION, version=1 + CONVERSATION + LEAP)
    assert now().version > ticket.version + 1
    assert [message.messageID for message in wiring.messages().between(ACME, 1, 1, 99)] == [1, 2]


def test_a_second_run_finds_nothing_to_do(tables: Tables, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = conversation(twilio_CallSid=A_CALL)
    remember(tables)
    deleted(ticket)
    command(tables)
    once = everything(tables)
    capsys.readouterr()
    command(tables)
    assert everything(tables) == once
    said = capsys.readouterr().out
    assert "tickets: 2 there already" in said
    assert "messages: 2 there already" in said
    assert f"aws dynamodb delete-table --table-name TicketsTable-{BEFORE}" in said


def test_what_was_changed_or_made_since_stays(tables: Tables) -> None:
    conversation(1)
    remember(tables)
    wiring.store().replace(now(1), changed(now(1), subject="Changed since"))
    conversation(2)
    wiring.current_directory().put(ACME, "rep#99", Rep(repID=99, name="New", role="Agent"))
    before = everything(tables)
    command(tables)
    assert everything(tables) == before


def test_with_overwrite_a_ticket_is_set_back_as_a_new_version_and_keeps_newer_messages(tables: Tables) -> None:
    ticket = conversation()
    remember(tables)
    after = changed(ticket, subject="Garbled", lastMessageID=3, preview="Hello again")
    wiring.store().replace(ticket, after, a_message(after, 3))
    command(tables, "--overwrite")
    assert now() == changed(after, subject=ticket.subject)
    once = everything(tables)
    command(tables, "--overwrite")
    assert everything(tables) == once


def test_with_overwrite_an_entry_of_the_directory_is_set_back(tables: Tables) -> None:
    remember(tables)
    wiring.current_directory().put(ACME, "rep#13", Rep(repID=13, name="Garbled", role="Administrator"))
    command(tables)
    assert wiring.current_directory().everything(ACME) != dict(acme().entries())
    command(tables, "--overwrite")
    assert wiring.current_directory().everything(ACME) == dict(acme().entries())


def test_a_change_that_comes_between_reading_and_overwriting_wins(
    tables: Tables, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = conversation()
    remember(tables)
    wiring.store().replace(ticket, changed(ticket, subject="Garbled"))
    monkeypatch.setattr(type(wiring.store()), "replace", _after_another(type(wiring.store()).replace))
    command(tables, "--overwrite")
    assert now().subject == "Another's"
    assert "1 left: changed at the same time" in capsys.readouterr().out


def _after_another(replace: Any) -> Any:
    """`replace`, which somebody else is always a moment ahead of."""

    def late(store: Any, before: Ticket, after: Ticket) -> None:
        current = store.get(before.customerID, before.ticketID)
        replace(store, current, changed(current, subject="Another's"))
        with pytest.raises(Outdated):
            replace(store, before, after)
        raise Outdated(None)

    return late


def test_a_counter_is_never_set_back(tables: Tables) -> None:
    remember(tables)
    for _ in range(4):
        wiring.store().next_id(ACME)
    command(tables, "--overwrite")
    assert wiring.store().next_id(ACME) == 6


def test_a_counter_that_was_lost_gives_no_id_again(tables: Tables) -> None:
    remember(tables)
    wiring.store().next_id(ACME)
    key = wiring.engine().typed({"customerID": ACME, "ticketID": 0})
    tables.client.delete_item(TableName=tables.names["tickets"], Key=key)
    for _ in range(2):
        command(tables)
    assert wiring.store().next_id(ACME) == 1 + LEAP + 1


def test_messages_that_a_ticket_left_behind_are_not_in_the_way_of_its_next(tables: Tables) -> None:
    ticket = conversation()
    remember(tables)
    after = changed(ticket, lastMessageID=3)
    wiring.store().replace(ticket, after, a_message(after, 3))
    deleted(after, cleaned_up=False)
    command(tables)
    after = changed(now(), lastMessageID=now().lastMessageID + 1)
    wiring.store().replace(now(), after, a_message(after, after.lastMessageID))
    assert [message.messageID for message in wiring.messages().between(ACME, 1, 1, 99)] == [1, 2, 3, 4]


def test_one_customer_alone(tables: Tables) -> None:
    tickets = [conversation(1), conversation(1, customerID=GLOBEX), conversation(1, customerID=10 * ACME)]
    remember(tables)
    for ticket in tickets:
        deleted(ticket)
    command(tables, "--customer", "1")
    assert now(1).customerID == ACME
    assert {item["customerTicket"] for item in scanned(tables.names["messages"])} == {"1#1"}
    assert wiring.store().get(GLOBEX, 1) is None


def test_some_tables_alone(tables: Tables) -> None:
    ticket = conversation()
    remember(tables)
    deleted(ticket)
    wiring.current_directory().remove(ACME, "rep#13")
    command(tables, "--tables", "messages", "tickets")
    assert len(scanned(tables.names["messages"])) == CONVERSATION
    assert "rep#13" not in wiring.current_directory().everything(ACME)


def test_lessons_and_their_log_come_back_and_sums_are_left_to_be_made_again(tables: Tables) -> None:
    entries = ("ticket#1", "log#000000000000001#1#1", "sum", "part#a#000")
    for entry in entries:
        _lesson(tables, entry)
    remember(tables)
    for entry in entries:
        key = wiring.engine().typed({"customerSubject": "1#spam", "entry": entry})
        tables.client.delete_item(TableName=tables.names["lessons"], Key=key)
    command(tables)
    assert {item["entry"] for item in scanned(tables.names["lessons"])} == set(entries[:2])


def _lesson(tables: Tables, entry: str) -> None:
    item = wiring.engine().typed({"customerSubject": "1#spam", "entry": entry, "features": b"abc"})
    tables.client.put_item(TableName=tables.names["lessons"], Item=item)


def test_a_dry_run_counts_and_writes_nothing(tables: Tables, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = conversation()
    remember(tables)
    deleted(ticket)
    before = everything(tables)
    command(tables, "--dry-run")
    assert everything(tables) == before
    said = capsys.readouterr().out
    assert "tickets: 1 restored, 1 there already" in said
    assert "messages: 2 restored" in said
    assert "Nothing was written." in said


def test_nothing_is_done_without_a_yes(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    deleted_since = conversation()
    remember(tables)
    deleted(deleted_since)
    before = everything(tables)
    monkeypatch.setattr("builtins.input", lambda _: "")
    parser = ArgumentParser()
    add_options(parser)
    names = {f"{role.capitalize()}Table": name for role, name in tables.names.items()}
    outputs = {**names, "JobsQueue": "q", "RecordingsBucket": "b"}
    with pytest.raises(CannotContinue, match=r"Nothing was changed\."):
        restore(parser.parse_args(["--stack", "s", "--from-suffix", BEFORE]), outputs, tables.client, InlineExecutor())
    assert everything(tables) == before
