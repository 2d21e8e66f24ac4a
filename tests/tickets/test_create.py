"""POST /api/Tickets."""

from typing import Any
from uuid import UUID

import pytest

from tests.builders import A_CALL, ADMIN, ANN, BOB, INACTIVE, RIK, a_body
from tests.world import World
from ticketing.tickets.ticket_view import TicketView

PATH = "/api/Tickets"


NOW = "2026-06-15T12:00:00.000Z"


def created(world: World, by: str = "rep-11", **fields: Any) -> dict[str, Any]:
    document: dict[str, Any] = world.call("POST", PATH, by, a_body(**fields)).as_expected(201).json
    return document


def test_a_new_ticket_is_answered_as_it_is_read(world: World) -> None:
    answer = world.call("POST", PATH, "rep-11", a_body()).as_expected(201)
    assert answer.headers["Location"] == "/api/Tickets/1"
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Idempotent-Replayed" not in answer.headers
    read = world.call("GET", answer.headers["Location"]).as_expected(200)
    assert read.json == answer.json
    assert read.headers["ETag"] == answer.headers["ETag"]


def test_every_field_is_present_and_null_when_empty(world: World) -> None:
    ticket = created(world)
    token = ticket.pop("token")
    assert str(UUID(token)) == token
    assert ticket.keys() == TicketView.model_fields.keys() - {"token"}
    flags = dict.fromkeys(("escalated", "isSpam", "isImportant", "isClosed", "hasRecording", "unread"), False)
    given = {"ticketID": 1, "dateCreated": NOW, **a_body(), **flags, "isProcessed": True}
    lists: dict[str, Any] = {name: [] for name in ("aiFeedbackComments", "endUsers", "topics")}
    assert ticket == dict.fromkeys(ticket) | given | lists


def test_every_field_comes_back_as_it_was_sent(world: World) -> None:
    body = a_body(
        status="closed",
        subject=" \u202eÜ\t\n ß\N{GRINNING FACE}e\u0301 ",
        channelType="Carrier pigeon",
        customerRepID=ANN,
        channelID=3,
        escalated=True,
        isSpam=True,
        isImportant=True,
        isClosed=True,
        isProcessed=False,
        closeDate="2026-01-01T00:00:00.001Z",
        endDate="2026-01-02T00:00:00.000Z",
        followUpDate="9999-12-31T23:59:59.999Z",
        lastMessageDate="1970-01-01T00:00:00.000Z",
        uid="jane@doe.example",
        preview="",
        summary="s" * 10_000,
        twilio_CallSid=A_CALL,
        fromNumber="+3225550131",
        toNumber="anonymous",
    )
    ticket = created(world, **body)
    assert {name: ticket[name] for name in body} == body
    assert (ticket["customerRepName"], ticket["channelName"]) == ("Ann Agent", "Phone 3")
    assert ticket["endUsers"] == [{"endUserID": 31, "name": "Jane Doe", "uids": ["jane@doe.example", "+3225550131"]}]


def test_ids_rise_per_customer_from_1(world: World) -> None:
    assert [created(world)["ticketID"] for _ in range(3)] == [1, 2, 3]
    assert created(world, by="rep-21")["ticketID"] == 1


def test_the_customer_comes_from_the_token_only(world: World) -> None:
    world.call("POST", PATH, "rep-11", a_body(customerID=2)).refused(400, "InvalidRequest", ["/customerID"])
    created(world, by="rep-21")
    assert [key for key, _ in world.store.kept.items()] == [(2, 1)]


def test_dates_are_kept_in_utc_to_the_millisecond(world: World) -> None:
    assert created(world, endDate="2026-01-31T09:30:00.98765+01:00")["endDate"] == "2026-01-31T08:30:00.987Z"


def test_read_only_fields_are_ignored(world: World) -> None:
    ticket = created(world, ticketID=999, token="x", hasRecording=True, topics=["x"], dateCreated="2001-01-01")
    assert (ticket["ticketID"], ticket["hasRecording"], ticket["topics"], ticket["dateCreated"]) == (1, False, [], NOW)


def test_a_ticket_made_after_its_recording_has_it(world: World) -> None:
    world.store.recordings.add((1, A_CALL))
    assert created(world, twilio_CallSid=A_CALL)["hasRecording"]
    assert not created(world, by="rep-21", twilio_CallSid=A_CALL)["hasRecording"]


@pytest.mark.parametrize(
    ("rep", "wanted", "held"),
    [
        (11, BOB, BOB),
        (11, 0, None),
        (12, ANN, ANN),
        (13, ANN, ANN),
        (13, BOB, None),
        (13, None, None),
        (15, None, RIK),
        (15, BOB, RIK),
        (15, ADMIN, RIK),
    ],
)
def test_an_assignment_is_clamped_by_role(world: World, rep: int, wanted: int | None, held: int | None) -> None:
    assert created(world, by=f"rep-{rep}", customerRepID=wanted)["customerRepID"] == held


@pytest.mark.parametrize("by", ["rep-11", "rep-13", "rep-15", "channel-3"])
@pytest.mark.parametrize("rep", [INACTIVE, 21, 999])
def test_who_is_no_active_rep_of_the_customer_is_refused_for_everyone(world: World, by: str, rep: int) -> None:
    answer = world.call("POST", PATH, by, a_body(customerRepID=rep))
    answer.refused(400, "InvalidRequest", ["/customerRepID"])


def test_what_is_no_channel_of_the_customer_is_refused(world: World) -> None:
    body = a_body(channelID=8, customerRepID=999)
    world.call("POST", PATH, "rep-11", body).refused(400, "InvalidRequest", ["/channelID", "/customerRepID"])


def test_an_inactive_channel_is_still_a_channel(world: World) -> None:
    assert created(world, channelID=7)["channelID"] == 7


@pytest.mark.parametrize("channelID", [None, 3])
def test_a_phone_context_creates_on_its_own_channel(world: World, channelID: int | None) -> None:
    ticket = created(world, by="channel-3", channelID=channelID, customerRepID=ANN, uid="u")
    assert (ticket["channelID"], ticket["customerRepID"], ticket["uid"]) == (3, None, "u")
    assert created(world, by="channel-3")["channelID"] == 3


@pytest.mark.parametrize("channelID", [4, 1, 8, 999])
def test_a_phone_context_creates_on_no_other_channel_existing_or_not(world: World, channelID: int) -> None:
    answer = world.call("POST", PATH, "channel-3", a_body(channelID=channelID))
    answer.refused(403, "ChannelMismatch", ["/channelID"])
    assert not world.store.kept


def test_a_second_ticket_for_one_call_is_a_duplicate(world: World) -> None:
    created(world, twilio_CallSid=A_CALL)
    world.call("POST", PATH, "rep-11", a_body(twilio_CallSid=A_CALL)).refused(409, "DuplicateCall", ["/twilio_CallSid"])
    created(world, by="rep-21", twilio_CallSid=A_CALL)
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    created(world, twilio_CallSid=A_CALL)


def test_text_that_the_gateway_had_to_mend_is_refused(world: World) -> None:
    sent = b'{"status": "Open", "subject": "\xff", "channelType": "Email"}'
    mended = sent.decode("utf-8", "replace")
    world.call("POST", PATH, "rep-11", mended, Content_Length=str(len(sent))).as_expected(400)


def test_a_replacement_character_that_was_sent_as_such_is_kept(world: World) -> None:
    body = '{"status": "Open", "subject": "\ufffd", "channelType": "Email"}'
    answer = world.call("POST", PATH, "rep-11", body, Content_Length=str(len(body.encode())))
    assert answer.as_expected(201).json["subject"] == "\ufffd"


def test_a_replacement_character_in_a_body_of_unknown_length_is_refused(world: World) -> None:
    body = '{"status": "Open", "subject": "\ufffd", "channelType": "Email"}'
    world.call("POST", PATH, "rep-11", body).refused(400, "InvalidRequest")
    world.call("POST", PATH, "rep-11", body.encode()).as_expected(201)  # such a body is handed over as it was sent
