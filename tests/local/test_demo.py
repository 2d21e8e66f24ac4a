"""The demo data: as the contract describes it, realistic, and the same each time."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.demo import HERE, RECORDED_CALL, directory, tickets, tickets_over_time
from ticketing.directory.model import Customer
from ticketing.tickets.model import TicketDraft

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NUMBER = re.compile(r"(?<![\w-])\+?\d[\d ]{7,}\d")
"""Texts that look like a phone number; parts of a UUID do not."""
ACME, GLOBEX = 1, 2


def draft_of(ticket: dict[str, Any]) -> TicketDraft:
    return TicketDraft.model_validate({k: v for k, v in ticket.items() if k in TicketDraft.model_fields})


@pytest.fixture(params=[ACME, GLOBEX])
def customer(request: pytest.FixtureRequest) -> Customer:
    return next(Customer.model_validate(each) for each in directory() if each["customerID"] == request.param)


def test_the_directory_is_the_contracts() -> None:
    acme, globex = map(Customer.model_validate, directory())
    assert [(rep.repID, rep.role, rep.name) for rep in acme.reps] == [
        (11, "Administrator", "Ada Admin"),
        (12, "Supervisor", "Sam Super"),
        (13, "Agent", "Ann Agent"),
        (14, "Agent", "Bob Agent"),
        (15, "Restricted", "Rik Restricted"),
        (16, "Agent", "Ina Inactive"),
    ]
    assert [rep.repID for rep in acme.reps if not rep.active] == [16]
    assert [(channel.channelID, channel.type, channel.name) for channel in acme.channels] == [
        (1, "Email", "Support"),
        (2, "Chat", "Webshop"),
        (3, "Phone", "Hotline"),
        (4, "Phone", "Sales"),
        (5, "WhatsApp", "WhatsApp"),
        (6, "Teams", "Teams"),
        (7, "Chat", "Closed"),
    ]
    assert (globex.agentScope, globex.cleanupDays) == ("All", 0)
    assert [(channel.channelID, channel.type) for channel in globex.channels] == [(8, "Chat"), (9, "Phone")]


def test_acme_has_hundreds_of_tickets_and_globex_a_few() -> None:
    assert len(tickets(ACME, NOW)) >= 300
    assert 0 < len(tickets(GLOBEX, NOW)) <= 20


def test_the_tickets_are_always_the_same(customer: Customer) -> None:
    assert tickets(customer.customerID, NOW) == tickets(customer.customerID, NOW)


def test_every_ticket_obeys_the_rules(customer: Customer) -> None:
    channels = {channel.channelID: channel for channel in customer.channels}
    reps = {rep.repID for rep in customer.reps if rep.active}
    for ticket in tickets(customer.customerID, NOW):
        draft = draft_of(ticket)
        assert draft.isClosed == (draft.status == "Closed") == (draft.closeDate is not None)
        assert draft.channelID
        assert channels[draft.channelID].active
        assert channels[draft.channelID].type == draft.channelType
        assert draft.customerRepID is None or draft.customerRepID in reps
        assert (draft.twilio_CallSid is not None) == (draft.channelType == "Phone")
        assert draft.toNumber == channels[draft.channelID].phone


def test_no_moment_of_a_ticket_lies_before_the_one_it_follows(customer: Customer) -> None:
    for ticket in tickets(customer.customerID, NOW):
        moments = [message["dateCreated"] for message in ticket["messages"]]
        assert (ticket["dateCreated"], ticket["lastMessageDate"]) == (moments[0], moments[-1])
        assert moments == sorted(moments)
        assert ticket["dateCreated"] >= (NOW - timedelta(days=90)).isoformat()
        assert ticket["lastMessageDate"] <= ticket.get("closeDate", "9999")
        assert (
            max(ticket["lastMessageDate"], ticket.get("closeDate", ""), ticket.get("endDate", ""))
            <= "2026-03-01T12:00:00.000Z"
        )


def test_the_tickets_are_spread_over_all_that_they_can_be_filtered_by() -> None:
    drafts = [draft_of(ticket) for ticket in tickets(ACME, NOW)]
    assert set(Counter(draft.customerRepID for draft in drafts)) == {None, 11, 12, 13, 14, 15}
    assert {draft.channelID for draft in drafts} == {1, 2, 3, 4, 5, 6}
    assert {draft.status for draft in drafts} == {"Open", "Pending", "Escalated", "Closed"}
    assert {draft.isSpam for draft in drafts} == {draft.isImportant for draft in drafts} == {True, False}
    assert any(draft.followUpDate and draft.followUpDate > NOW.isoformat() for draft in drafts)
    assert {"jane@doe.example", "+3225550131", "john@roe.example"} <= {draft.uid for draft in drafts}
    assert len({ticket["dateCreated"][:10] for ticket in tickets(ACME, NOW)}) > 60


def test_no_call_has_two_tickets() -> None:
    calls = [ticket["twilio_CallSid"] for ticket in tickets(ACME, NOW) if "twilio_CallSid" in ticket]
    assert calls
    assert len(calls) == len(set(calls))


def test_one_call_can_be_heard() -> None:
    (recorded,) = (ticket for ticket in tickets(ACME, NOW) if ticket.get("hasRecording"))
    assert (recorded["twilio_CallSid"], recorded["channelType"]) == (RECORDED_CALL, "Phone")
    (sound,) = (HERE / "recordings").iterdir()
    assert sound.name == f"{RECORDED_CALL}.mp3"
    assert sound.read_bytes()[:2] == b"\xff\xf3"  # an MP3 frame
    assert sound.stat().st_size < 150_000


def test_no_phone_number_is_a_real_one(customer: Customer) -> None:
    texts = [str({**ticket, "twilio_CallSid": ""}) for ticket in tickets(customer.customerID, NOW)]
    numbers = {number for text in [*texts, str(directory())] for number in NUMBER.findall(text)}
    assert numbers
    assert {number for number in numbers if not re.fullmatch(r"\+3225550\d{3}", number)} == set()


def test_many_tickets_are_up_to_now_each_with_its_own_order_and_unlike_the_worlds_own() -> None:
    many = list(tickets_over_time(ACME, 1_000, NOW))[:1_000]
    assert len({ticket["messages"][0]["body"] for ticket in many}) == 1_000
    assert not [ticket for ticket in many if ticket["twilio_CallSid"]]
    assert max(ticket["dateCreated"] for ticket in many[-300:]) <= NOW.isoformat().replace("+00:00", ".000Z")
    assert many[0]["dateCreated"] < many[-1]["dateCreated"]
    for ticket in many:
        draft_of(ticket)
