"""Events: one for each change of a ticket, whatever its texts within what the bus takes."""

import json
from datetime import UTC, datetime
from operator import mul
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import A_CHAT, ACME, a_ticket
from ticketing.events.event import DETAIL_LIMIT, Event, EventName, event_of
from ticketing.tickets.chat import Chat
from ticketing.tickets.model import Ticket

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
LONGEST = {"subject": 500, "uid": 254, "preview": 1000, "summary": 10_000, "status": 50, "channelType": 20}
CHARACTERS = st.sampled_from(['"', "\\", "\n", "e", "é", "漢", "🎧"])
TEXTS = st.fixed_dictionaries({name: st.builds(mul, CHARACTERS, st.just(length)) for name, length in LONGEST.items()})


def told(before: Ticket | None, after: Ticket | None) -> Event:
    event = event_of(before, after, NOW)
    assert event
    return event


def detail(event: Event) -> Any:
    return json.loads(event.detail)


def test_a_new_ticket_is_told_as_it_is() -> None:
    event = told(None, a_ticket(ticketID=7, subject="Hello"))
    assert (event.name, event.customerID, event.ticketID, event.sequence) == (EventName.TicketCreated, ACME, 7, 1)
    said = detail(event)
    assert (said["old"], said["new"]["subject"], said["changed"]) == (None, "Hello", [])


def test_an_update_is_told_with_what_was_what_is_and_the_names_of_what_differs() -> None:
    event = told(a_ticket(subject="Old", version=3), a_ticket(subject="New", isImportant=True, version=4))
    assert (event.name, event.sequence) == (EventName.TicketUpdated, 4)
    said = detail(event)
    assert (said["old"]["subject"], said["new"]["subject"]) == ("Old", "New")
    assert sorted(said["changed"]) == ["isImportant", "subject"]


def test_closing_is_one_event_of_its_own() -> None:
    event = told(a_ticket(version=1), a_ticket(status="Closed", version=2))
    assert event.name is EventName.TicketClosed
    assert sorted(detail(event)["changed"]) == ["closeDate", "isClosed", "status"]


@pytest.mark.parametrize("status", ["Closed", "Open"])
def test_a_change_that_does_not_close_is_an_update(status: str) -> None:
    event = told(a_ticket(status="Closed"), a_ticket(status=status, version=2, subject="Other"))
    assert event.name is EventName.TicketUpdated


def test_a_removal_comes_after_the_last_version() -> None:
    event = told(a_ticket(version=9), None)
    assert (event.name, event.sequence) == (EventName.TicketDeleted, 10)
    said = detail(event)
    assert (said["new"], said["old"]["subject"], said["changed"]) == (None, "Where is my parcel?", [])


def test_what_touches_the_item_and_not_the_ticket_is_not_told() -> None:
    assert event_of(a_ticket(version=2), a_ticket(version=2), NOW) is None
    assert event_of(None, None, NOW) is None


def test_nobody_is_told_the_token_of_a_ticket() -> None:
    ticket = a_ticket()
    assert ticket.token not in told(ticket, ticket.model_copy(update={"version": 2})).detail


@given(TEXTS, TEXTS)
def test_every_text_that_a_client_may_write_is_told_whole(before: dict[str, Any], after: dict[str, Any]) -> None:
    said = detail(told(a_ticket(**before), a_ticket(**after, version=2)))
    assert said["omitted"] == []
    assert {name: said["new"][name] for name in after} == after


@given(st.integers(0, 20_000), st.sampled_from(["x" * 10_000, "漢" * 10_000, '"\\' * 5_000]), st.booleans())
def test_however_large_a_ticket_has_grown_its_event_fits(count: int, summary: str, is_removed: bool) -> None:
    before = a_ticket(topicIDs=[10**15 + each for each in range(count)], summary=summary, preview="p" * 1000)
    event = told(before, None if is_removed else before.model_copy(update={"version": 2, "subject": "New"}))
    assert len(event.detail.encode()) <= DETAIL_LIMIT
    said = detail(event)
    assert said["old"].keys() | set(said["omitted"]) == detail(told(a_ticket(), None))["old"].keys()
    assert said["changed"] == ([] if is_removed else ["subject"])


def test_what_does_not_fit_is_left_out_largest_first_and_named() -> None:
    said = detail(told(a_ticket(topicIDs=[10**15 + each for each in range(20_000)]), None))
    assert said["omitted"] == ["topicIDs"]
    assert "topicIDs" not in said["old"]


def test_nobody_is_told_what_a_note_says_nor_what_opens_a_chat() -> None:
    ticket = a_ticket(aiFeedbackComments=["Wrong answer."], chat=Chat(**A_CHAT))
    for text in ("Wrong answer.", A_CHAT["secret"], "aiFeedbackComments", '"chat"'):
        assert text not in told(ticket, ticket.model_copy(update={"version": 2})).detail
