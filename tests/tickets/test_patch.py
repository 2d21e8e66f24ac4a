"""PATCH /api/Tickets/{id}."""

from typing import Any

import pytest

from tests.builders import ANN, BOB, HOTLINE, INACTIVE, a_body
from tests.tickets.patching import JSON_PATCH, MERGE, PATH, patch, setting
from tests.world import World


@pytest.mark.parametrize("media_type", [JSON_PATCH, "application/json", "Application/Json-Patch+JSON; charset=utf-8"])
def test_a_json_patch_is_applied(world: World, media_type: str) -> None:
    world.keep()
    operations = [setting("subject", "new"), {"op": "copy", "from": "/subject", "path": "/summary"}]
    answer = patch(world, operations, content_type=media_type).as_expected(200)
    assert (answer.json["subject"], answer.json["summary"], answer.headers["ETag"]) == ("new", "new", '"2"')


def test_without_a_content_type_it_is_a_json_patch(world: World) -> None:
    world.keep()
    world.call("PATCH", PATH, body=[setting("subject", "new")]).as_expected(200)


@pytest.mark.parametrize("media_type", [MERGE, "APPLICATION/MERGE-PATCH+JSON;charset=utf-8"])
def test_a_merge_patch_is_applied(world: World, media_type: str) -> None:
    world.keep(summary="s", uid="u")
    answer = patch(world, {"subject": "new", "summary": None}, content_type=media_type).as_expected(200)
    assert {name: answer.json[name] for name in ("subject", "summary", "uid")} == {
        "subject": "new",
        "summary": None,
        "uid": "u",
    }


def test_a_patch_sent_in_bytes_is_applied(world: World) -> None:
    world.keep()
    assert patch(world, b'[{"op":"add","path":"/subject","value":"\xc3\xa9"}]').json["subject"] == "é"


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/merge-patch", "", "x"])
def test_another_media_type_is_refused_with_those_that_are_taken(world: World, media_type: str) -> None:
    world.keep()
    refusal = patch(world, {}, content_type=media_type).refused(415, "UnsupportedMediaType")
    assert refusal.headers["Accept-Patch"].split(", ") == [JSON_PATCH, "application/json", MERGE]


def test_what_is_no_patch_names_no_media_types_of_patches(world: World) -> None:
    refusal = world.call("POST", "/api/Tickets", body=a_body(), content_type="text/plain")
    assert "Accept-Patch" not in refusal.refused(415, "UnsupportedMediaType").headers


@pytest.mark.parametrize("document", [{}, [], {"subject": "Where is my parcel?"}, {"uid": ""}, {"customerRepID": 0}])
def test_a_patch_that_changes_nothing_keeps_the_version(world: World, document: Any) -> None:
    world.keep()
    answer = patch(world, document).as_expected(200)
    assert answer.headers["ETag"] == '"1"'
    assert patch(world, document, prefer="return=minimal").as_expected(204).headers["ETag"] == '"1"'


def test_a_test_that_fails_changes_nothing(world: World) -> None:
    world.keep(isSpam=True)
    operations = [setting("subject", "new"), {"op": "test", "path": "/isSpam", "value": 1}]
    patch(world, operations).refused(409, "PatchTestFailed", ["/isSpam"])
    assert world.call("GET", PATH).headers["ETag"] == '"1"'


@pytest.mark.parametrize(
    ("document", "pointers"),
    [
        ({"ticketID": 1, "x": 2, "subject": 3}, ["/ticketID", "/x", "/subject"]),
        ({"subject": 7, "isSpam": "no", "channelID": -1}, ["/subject", "/isSpam", "/channelID"]),
        ({"subject": {"x": 1}, "endDate": "soon"}, ["/subject", "/endDate"]),
        ({"status": None}, ["/status"]),
        ({"subject": None, "channelType": None, "uid": None}, ["/subject", "/channelType"]),
        ([{"op": "remove", "path": "/subject"}], ["/subject"]),
        ([{"op": "move", "from": "/subject", "path": "/summary"}], ["/subject"]),
        ([{"op": "replace", "path": "/token", "value": "x"}], ["/0/path"]),
        ([setting("subject", "x" * 501)], ["/subject"]),
        ([setting("subject", 7), {"op": "copy", "from": "/subject", "path": "/uid"}], ["/subject", "/uid"]),
        ("{}", [""]),
    ],
)
@pytest.mark.parametrize("exists", [True, False])
def test_faults_are_named_before_the_ticket_is_looked_at(
    world: World, document: Any, pointers: list[str], exists: bool
) -> None:
    if exists:
        world.keep()
    patch(world, document).refused(400, "InvalidRequest", pointers)


def test_faults_that_show_on_the_ticket_are_named_at_once(world: World) -> None:
    world.keep()
    document = {"status": "Pending", "isClosed": True, "customerRepID": INACTIVE, "channelID": 999}
    patch(world, document).refused(400, "InvalidRequest", ["/isClosed", "/customerRepID", "/channelID"])


def test_a_value_that_is_overwritten_is_no_fault(world: World) -> None:
    world.keep()
    assert patch(world, [setting("subject", 7), setting("subject", "x")]).as_expected(200).json["subject"] == "x"


def test_a_fault_that_only_shows_on_the_ticket_is_named(world: World) -> None:
    world.keep(summary="s" * 501)
    patch(world, [{"op": "copy", "from": "/summary", "path": "/subject"}]).refused(400, "InvalidRequest", ["/subject"])
    patch(world, [{"op": "copy", "from": "/uid", "path": "/subject"}]).refused(400, "InvalidRequest", ["/subject"])
    patch(world, {"status": "Pending", "isClosed": True}).refused(400, "InvalidRequest", ["/isClosed"])
    patch(world, {"customerRepID": INACTIVE}).refused(400, "InvalidRequest", ["/customerRepID"])


CONTRADICTORY = [setting("uid", "u"), {"op": "test", "path": "/uid", "value": "v"}]


@pytest.mark.parametrize("exists", [True, False])
def test_a_test_that_contradicts_its_own_patch_hides_no_fault(world: World, exists: bool) -> None:
    if exists:
        world.keep()
    patch(world, [*CONTRADICTORY, setting("subject", 7)]).refused(400, "InvalidRequest", ["/subject"])
    patch(world, [setting("subject", 7), *CONTRADICTORY]).refused(400, "InvalidRequest", ["/subject"])


def test_a_test_that_contradicts_its_own_patch_fails_on_a_ticket_and_a_missing_one_is_missing(world: World) -> None:
    patch(world, CONTRADICTORY).refused(404, "NotFound")
    world.keep()
    patch(world, CONTRADICTORY).refused(409, "PatchTestFailed")


def test_101_operations_are_too_many(world: World) -> None:
    world.keep()
    patch(world, [setting("subject", "x")] * 101).refused(413, "PayloadTooLarge")
    patch(world, [setting("subject", "x")] * 100).as_expected(200)


def test_a_removed_flag_becomes_what_a_post_would_give(world: World) -> None:
    world.keep(isProcessed=False, escalated=True)
    ticket = patch(world, [{"op": "remove", "path": f"/{name}"} for name in ("isProcessed", "escalated")]).json
    assert (ticket["isProcessed"], ticket["escalated"]) == (True, False)


def test_closing_and_reopening(world: World) -> None:
    world.keep()
    closed = patch(world, {"isClosed": True}).json
    assert (closed["status"], closed["closeDate"]) == ("Closed", "2026-06-15T12:00:00.000Z")
    reopened = patch(world, [{"op": "replace", "path": "/isClosed", "value": False}]).json
    assert (reopened["status"], reopened["closeDate"]) == ("Open", None)


@pytest.mark.parametrize(
    ("by", "held", "wanted", "holds"),
    [
        ("rep-11", ANN, BOB, BOB),
        ("rep-13", None, ANN, ANN),
        ("rep-13", ANN, 0, None),
        ("rep-13", ANN, BOB, ANN),
        ("rep-15", 15, 0, 15),
        ("channel-3", None, ANN, None),
        ("channel-3", ANN, None, ANN),
    ],
)
def test_an_assignment_is_clamped_by_role(
    world: World, by: str, held: int | None, wanted: int | None, holds: int | None
) -> None:
    world.keep(customerRepID=held, channelID=HOTLINE)
    ticket = patch(world, {"customerRepID": wanted, "preview": "done"}, by).as_expected(200).json
    assert (ticket["customerRepID"], ticket["preview"]) == (holds, "done")


def test_an_agent_of_a_customer_whose_agents_see_all_still_takes_no_ticket_from_another(world: World) -> None:
    world.keep(customerID=2, ticketID=1, customerRepID=21)
    ticket = patch(world, {"customerRepID": 22, "preview": "done"}, "rep-22").as_expected(200).json
    assert (ticket["customerRepID"], ticket["preview"]) == (21, "done")


def test_a_stale_condition_is_refused_before_the_patch_is_applied(world: World) -> None:
    world.keep(version=3)
    patch(world, [{"op": "test", "path": "/subject", "value": "x"}], if_match='"2"').refused(412, "PreconditionFailed")
    patch(world, {"status": "Pending", "isClosed": True}, if_match='"2"').refused(412, "PreconditionFailed")
    patch(world, {"subject": "new"}, if_match='"3"').as_expected(200)
    patch(world, {"subject": "newer"}, if_match="3").refused(400, "InvalidRequest", ["If-Match"])
