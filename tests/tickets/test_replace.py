"""PUT /api/Tickets/{id}."""

from typing import Any

import pytest

from tests.builders import A_CALL, A_MOMENT, ACME, ANN, ANOTHER_CALL, BOB, INACTIVE, a_body
from tests.world import Answer, World

PATH = "/api/Tickets/1"
FULL: dict[str, Any] = {
    "status": "Closed",
    "customerRepID": ANN,
    "channelID": 3,
    "escalated": True,
    "isSpam": True,
    "isImportant": True,
    "closeDate": A_MOMENT,
    "endDate": A_MOMENT,
    "followUpDate": A_MOMENT,
    "lastMessageDate": A_MOMENT,
    "uid": "u",
    "preview": "p",
    "summary": "s",
    "twilio_CallSid": A_CALL,
    "fromNumber": "1",
    "toNumber": "2",
    "topicIDs": [1],
    "aiFeedbackComments": ["good"],
    "lastEndUserMessageID": 4,
}


def put(world: World, by: str = "rep-11", path: str = PATH, headers: dict[str, str] | None = None, **f: Any) -> Answer:
    return world.call("PUT", path, by, a_body(**f), **headers or {})


def test_what_get_returned_can_be_put_back_and_changes_nothing(world: World) -> None:
    world.keep(**FULL)
    read = world.call("GET", PATH)
    for _ in range(2):
        answer = world.call("PUT", PATH, body=read.json).as_expected(200)
        assert answer.json == read.json
        assert answer.headers["ETag"] == read.headers["ETag"] == '"1"'


def test_a_change_is_a_new_version(world: World) -> None:
    world.keep()
    answer = put(world, subject="new").as_expected(200)
    assert (answer.json["subject"], answer.headers["ETag"]) == ("new", '"2"')
    assert world.call("GET", PATH).json == answer.json


def test_what_is_omitted_is_reset_but_for_what_is_kept(world: World) -> None:
    world.keep(**FULL)
    ticket = put(world, status="Closed").as_expected(200).json
    kept = ("isProcessed", "lastMessageDate", "preview", "closeDate", "isClosed")
    assert {name: ticket[name] for name in kept} == {
        "isProcessed": True,
        "lastMessageDate": A_MOMENT,
        "preview": "p",
        "closeDate": A_MOMENT,
        "isClosed": True,
    }
    flags = ("escalated", "isSpam", "isImportant")
    assert {name: ticket[name] for name in flags} == dict.fromkeys(flags, False)
    nulls = ("customerRepID", "channelID", "endDate", "followUpDate", "uid", "summary", "twilio_CallSid", "fromNumber")
    assert {name: ticket[name] for name in nulls} == dict.fromkeys(nulls)


def test_what_only_the_service_may_set_is_kept(world: World) -> None:
    world.store.recordings.add((ACME, A_CALL))
    world.keep(**FULL, hasRecording=True)
    before = world.call("GET", PATH).json
    after = put(world, twilio_CallSid=A_CALL, hasRecording=False, topics=[], token="x").as_expected(200).json
    service = ("ticketID", "token", "dateCreated", "topics", "aiFeedbackComments", "hasRecording")
    assert {name: after[name] for name in service} == {name: before[name] for name in service}
    assert after["lastEndUserMessageID"] == 4


def test_an_unprocessed_ticket_stays_unprocessed(world: World) -> None:
    world.keep(isProcessed=False)
    assert put(world).as_expected(200).json["isProcessed"] is False


def test_closing_and_reopening(world: World) -> None:
    world.keep()
    closed = put(world, status="Closed").as_expected(200).json
    assert (closed["isClosed"], closed["closeDate"]) == (True, "2026-06-15T12:00:00.000Z")
    world.clock.pass_(60)
    again = put(world, status="Closed", subject="x").as_expected(200).json
    assert again["closeDate"] == closed["closeDate"]
    reopened = put(world, status="Pending").as_expected(200).json
    assert (reopened["isClosed"], reopened["closeDate"]) == (False, None)
    follows = put(world, status="Pending", isClosed=True).as_expected(200).json
    assert (follows["status"], follows["isClosed"]) == ("Closed", True)


def test_contradicting_the_ticket_twice_is_refused(world: World) -> None:
    world.keep(status="Pending")
    put(world, status="Open", isClosed=True).refused(400, "InvalidRequest", ["/isClosed"])
    assert world.call("GET", PATH).headers["ETag"] == '"1"'


@pytest.mark.parametrize(
    ("by", "held", "wanted", "holds"),
    [
        ("rep-11", ANN, None, None),
        ("rep-12", ANN, BOB, BOB),
        ("rep-13", None, ANN, ANN),
        ("rep-13", None, BOB, None),
        ("rep-13", ANN, None, None),
        ("rep-13", ANN, BOB, ANN),
        ("rep-15", 15, None, 15),
        ("rep-15", 15, BOB, 15),
    ],
)
def test_an_assignment_is_clamped_by_role(
    world: World, by: str, held: int | None, wanted: int | None, holds: int | None
) -> None:
    world.keep(customerRepID=held)
    fields: dict[str, Any] = {} if wanted is None else {"customerRepID": wanted}
    answer = put(world, by, subject="the rest is done", **fields).as_expected(200)
    assert (answer.json["customerRepID"], answer.json["subject"]) == (holds, "the rest is done")


def test_an_inactive_rep_and_a_lost_channel_may_stay_but_not_come(world: World) -> None:
    world.keep(customerRepID=INACTIVE, channelID=999)
    put(world, customerRepID=INACTIVE, channelID=999, subject="x").as_expected(200)
    world.keep()
    answer = put(world, path="/api/Tickets/2", customerRepID=INACTIVE, channelID=999)
    answer.refused(400, "InvalidRequest", ["/customerRepID", "/channelID"])


def test_a_call_can_be_changed_given_up_and_taken(world: World) -> None:
    world.keep(twilio_CallSid=A_CALL)
    world.keep()
    put(world, path="/api/Tickets/2", twilio_CallSid=A_CALL).refused(409, "DuplicateCall", ["/twilio_CallSid"])
    put(world, twilio_CallSid=ANOTHER_CALL).as_expected(200)
    put(world, path="/api/Tickets/2", twilio_CallSid=A_CALL).as_expected(200)
    put(world).as_expected(200)
    put(world, path="/api/Tickets/2", twilio_CallSid=ANOTHER_CALL).as_expected(200)


def test_the_recording_is_that_of_the_call(world: World) -> None:
    world.store.recordings.add((1, A_CALL))
    world.keep()
    assert put(world, twilio_CallSid=A_CALL).json["hasRecording"]
    assert not put(world, twilio_CallSid=ANOTHER_CALL).json["hasRecording"]
    assert not put(world).json["hasRecording"]


@pytest.mark.parametrize(
    "prefer",
    [
        "return=minimal",
        "respond-async, RETURN=minimal",
        "return = minimal; x=y",
        'return="minimal"',
        'RETURN = "Minimal", x',
        "return=minimal, return=representation",
    ],
)
def test_a_client_that_prefers_no_body_gets_none(world: World, prefer: str) -> None:
    world.keep()
    answer = put(world, subject="new", headers={"prefer": prefer}).as_expected(204)
    assert (answer.text, answer.headers["ETag"]) == (None, '"2"')
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize(
    "prefer",
    [
        "return=representation",
        "minimal",
        "",
        "xreturn=minimal",
        'return="minimal',
        'return="minimally"',
        "wait=5; return=minimal",
        "return=representation, return=minimal",
    ],
)
def test_another_preference_changes_nothing(world: World, prefer: str) -> None:
    world.keep()
    put(world, headers={"prefer": prefer}).as_expected(200)


@pytest.mark.parametrize("tag", ['"1"', "*", '"0", "1"'])
def test_a_ticket_is_replaced_when_its_condition_holds(world: World, tag: str) -> None:
    world.keep()
    put(world, subject="new", headers={"if_match": tag}).as_expected(200)


@pytest.mark.parametrize("tag", ['"2"', 'W/"1"', '""'])
def test_a_stale_condition_is_412(world: World, tag: str) -> None:
    world.keep()
    put(world, subject="new", headers={"if_match": tag}).refused(412, "PreconditionFailed", ["If-Match"])
    assert world.call("GET", PATH).headers["ETag"] == '"1"'


@pytest.mark.parametrize("tag", ["1", "", '"1', "W/1", '*, "1"'])
def test_what_is_no_entity_tag_is_refused(world: World, tag: str) -> None:
    world.keep()
    put(world, headers={"if_match": tag}).refused(400, "InvalidRequest", ["If-Match"])


def test_faults_of_the_body_are_named(world: World) -> None:
    world.keep()
    answer = put(world, status=None, x=1, isSpam="no")
    answer.refused(400, "InvalidRequest", ["/status", "/x", "/isSpam"])
