"""The operator's command: what is missing comes back, what others write stays, and a second run finds nothing."""

import pytest

from bundle.errors import CannotContinue
from deploy.restore.command import adapters_of
from deploy.restore.tickets import LEAP
from tests.builders import A_CALL, ACME, GLOBEX, a_ticket, acme
from tests.deploy.loss import BEFORE, CONVERSATION, Live
from tests.history.entries import an_entry
from tests.tickets.stored import a_message, changed
from ticketing.directory.model import Rep
from ticketing.kernel.ports import Receipt
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket


def test_a_ticket_comes_back_with_its_messages_as_a_version_that_nobody_has_seen(live: Live) -> None:
    ticket = live.conversation()
    live.remember()
    for _ in range(7):
        before, ticket = ticket, changed(ticket, subject=f"{ticket.subject}!")
        live.adapters.tickets.replace(before, ticket)
    live.delete(ticket)
    live.restore()
    assert live.now() == a_ticket(ticketID=1, lastMessageID=CONVERSATION, version=1 + CONVERSATION + LEAP)
    assert live.now().version > ticket.version + 1
    assert [message.messageID for message in live.adapters.messages.between(ACME, 1, 1, 99)] == [1, 2]


def test_a_second_run_finds_nothing_to_do(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = live.conversation(twilio_CallSid=A_CALL)
    live.remember()
    live.delete(ticket)
    live.restore()
    once = live.everything()
    capsys.readouterr()
    live.restore()
    assert live.everything() == once
    said = capsys.readouterr().out
    assert "tickets: 2 there already" in said
    assert "messages: 2 there already" in said
    assert f"aws dynamodb delete-table --table-name TicketsTable-{BEFORE}" in said


def test_what_was_changed_or_made_since_stays(live: Live) -> None:
    live.conversation(1)
    live.remember()
    live.adapters.tickets.replace(live.now(1), changed(live.now(1), subject="Changed since"))
    live.conversation(2)
    live.directory.put(ACME, "rep#99", Rep(repID=99, name="New", role="Agent"))
    before = live.everything()
    live.restore()
    assert live.everything() == before


def test_with_overwrite_a_ticket_is_set_back_as_a_new_version_and_keeps_newer_messages(live: Live) -> None:
    ticket = live.conversation()
    live.remember()
    after = changed(ticket, subject="Garbled", lastMessageID=3, preview="Hello again")
    live.adapters.tickets.replace(ticket, after, a_message(after, 3))
    live.restore("--overwrite")
    assert live.now() == changed(after, subject=ticket.subject)
    once = live.everything()
    live.restore("--overwrite")
    assert live.everything() == once


def test_with_overwrite_a_ticket_still_knows_who_wrote_it_since(live: Live) -> None:
    ticket = live.conversation(messages=0)
    live.remember()
    for subject in ("Garbled", "Garbled more"):
        live.adapters.tickets.replace(live.now(), changed(live.now(), subject=subject))
    since = live.now().writers
    live.restore("--overwrite")
    assert (live.now().subject, live.now().writers[1:]) == (ticket.subject, since)


def test_with_overwrite_a_ticket_that_was_due_for_removal_and_is_in_use_again_stays(
    live: Live, capsys: pytest.CaptureFixture[str]
) -> None:
    due = live.conversation(messages=0, status="Closed", removeAt=1_000)
    live.remember()
    live.adapters.tickets.replace(due, changed(due, status="Open", removeAt=None))
    live.restore("--overwrite")
    assert live.now() == changed(due, status="Open", removeAt=None)
    assert "1 left: due for removal" in capsys.readouterr().out


def test_with_overwrite_an_entry_of_the_directory_is_set_back(live: Live) -> None:
    live.remember()
    live.directory.put(ACME, "rep#13", Rep(repID=13, name="Garbled", role="Administrator"))
    live.restore()
    assert live.directory.everything(ACME) != dict(acme().entries())
    live.restore("--overwrite")
    assert live.directory.everything(ACME) == dict(acme().entries())


class Overtaken(DynamoTicketStore):
    """A store in which somebody else is always a moment ahead."""

    def replace(
        self, before: Ticket, after: Ticket, message: Message | None = None, receipt: Receipt | None = None
    ) -> None:
        current = self.get(before.customerID, before.ticketID)
        assert current
        super().replace(current, changed(current, subject="Another's"))
        super().replace(before, after, message, receipt)


def test_a_change_that_comes_between_reading_and_overwriting_wins(
    live: Live, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = live.conversation()
    live.remember()
    live.adapters.tickets.replace(ticket, changed(ticket, subject="Garbled"))
    names = live.tables.names
    kept_in = (names["tickets"], names["messages"], names["calls"], names["ephemera"])
    live.adapters.tickets = Overtaken(live.adapters.dynamodb, *kept_in)
    live.restore("--overwrite")
    assert live.now().subject == "Another's"
    assert "1 left: changed at the same time" in capsys.readouterr().out


def test_a_counter_is_never_set_back(live: Live) -> None:
    live.remember()
    for _ in range(4):
        live.adapters.tickets.next_id(ACME)
    live.restore("--overwrite")
    assert live.adapters.tickets.next_id(ACME) == 6


def test_a_counter_that_was_lost_gives_no_id_again(live: Live) -> None:
    live.remember()
    live.adapters.tickets.next_id(ACME)
    live.set_counter(None)
    for _ in range(2):
        live.restore()
    assert live.adapters.tickets.next_id(ACME) == 1 + LEAP + 1


def test_messages_that_a_ticket_left_behind_are_not_in_the_way_of_its_next(live: Live) -> None:
    ticket = live.conversation()
    live.remember()
    after = changed(ticket, lastMessageID=3)
    live.adapters.tickets.replace(ticket, after, a_message(after, 3))
    live.delete(after, cleaned_up=False)
    live.restore()
    after = changed(live.now(), lastMessageID=live.now().lastMessageID + 1)
    live.adapters.tickets.replace(live.now(), after, a_message(after, after.lastMessageID))
    assert [message.messageID for message in live.adapters.messages.between(ACME, 1, 1, 99)] == [1, 2, 3, 4]


def test_one_customer_alone(live: Live) -> None:
    tickets = [live.conversation(customerID=customerID) for customerID in (ACME, GLOBEX, 10 * ACME)]
    live.remember()
    for ticket in tickets:
        live.delete(ticket)
    live.restore("--customer", "1")
    assert live.now(1).customerID == ACME
    assert {item["customerTicket"] for item in live.scanned("messages")} == {"1#1"}
    assert live.adapters.tickets.get(GLOBEX, 1) is None


def test_some_tables_alone(live: Live) -> None:
    ticket = live.conversation()
    live.remember()
    live.delete(ticket)
    live.directory.remove(ACME, "rep#13")
    live.restore("--tables", "messages", "tickets")
    assert len(live.scanned("messages")) == CONVERSATION
    assert "rep#13" not in live.directory.everything(ACME)


def test_the_history_of_a_ticket_comes_back_with_it_and_of_no_other(live: Live) -> None:
    histories = live.adapters.histories
    ticket, gone = live.conversation(1), live.conversation(2)
    histories.keep([an_entry(1), an_entry(2), an_entry(1, ticketID=2)])
    live.remember()
    for each in (ticket, gone):
        live.delete(each)
        histories.delete_some(each.customerID, each.ticketID)
    live.restore("--tables", "tickets")
    live.adapters.tickets.delete(live.now(2))
    live.restore("--tables", "history")
    assert [entry.version for entry in histories.newest(ACME, 1, None, 10)[0]] == [2, 1]
    assert histories.newest(ACME, 2, None, 10) == ([], False)


def test_lessons_and_their_log_come_back_and_sums_are_left_to_be_made_again(live: Live) -> None:
    entries = ("ticket#1", "log#000000000000001#1#1", "sum", "part#a#000")
    for entry in entries:
        _lesson(live, entry)
    live.remember()
    for entry in entries:
        key = live.typed({"customerSubject": "1#spam", "entry": entry})
        live.adapters.dynamodb.call("delete_item", TableName=live.tables.names["lessons"], Key=key)
    live.restore()
    assert [item["entry"] for item in live.scanned("lessons") if "recount" not in item] == sorted(entries[:2])


def _lesson(live: Live, entry: str) -> None:
    item = live.typed({"customerSubject": "1#spam", "entry": entry, "features": b"abc"})
    live.adapters.dynamodb.call("put_item", TableName=live.tables.names["lessons"], Item=item)


def test_a_dry_run_counts_and_writes_nothing(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = live.conversation()
    live.remember()
    live.delete(ticket)
    before = live.everything()
    live.restore("--dry-run")
    assert live.everything() == before
    said = capsys.readouterr().out
    assert "tickets: 1 restored, 1 there already" in said
    assert "messages: 2 restored" in said
    assert "Nothing was written." in said


@pytest.mark.parametrize("behind_by", [1, None], ids=["behind", "lost"])
def test_a_dry_run_counts_a_counter_that_would_be_raised(
    live: Live, capsys: pytest.CaptureFixture[str], behind_by: int | None
) -> None:
    live.set_counter(7)
    live.remember()
    live.set_counter(behind_by and 7 - behind_by)
    before = live.everything()
    live.restore("--dry-run", "--tables", "tickets")
    assert live.everything() == before
    assert "tickets: 1 restored\n" in capsys.readouterr().out


def test_nothing_is_done_without_a_yes(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    deleted_since = live.conversation()
    live.remember()
    live.delete(deleted_since)
    before = live.everything()
    monkeypatch.setattr("builtins.input", lambda _: "")
    with pytest.raises(CannotContinue, match=r"Nothing was changed\."):
        live.restore_asking()
    assert live.everything() == before


def test_the_adapters_are_those_of_the_stack() -> None:
    outputs = {"TicketsTable": "t", "JobsQueue": "q", "RecordingsBucket": "r", "ApiUrl": "u"}
    settings = adapters_of(outputs).settings
    assert (settings.TICKETS_TABLE, settings.JOBS_QUEUE, settings.RECORDINGS_BUCKET) == ("t", "q", "r")
