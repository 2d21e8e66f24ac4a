"""PUT /api/Tickets/bulk: what is queued, assigned, refused, and not reached."""

from typing import Any

import pytest

from tests.builders import ACME, ADMIN, ANN, BOB, GLOBEX, INACTIVE, RIK
from tests.bulk.test_bulk import PATH, bulk, done, ticket
from tests.world import World
from ticketing.errors import MAX_FAULTS, Unavailable
from ticketing.jobs.job import DetectSpam, DetectTopics, ExecuteActions, Job

SYNCHRONOUS = ["close", "open", "invertstate", "spam", "notspam", "read", "delete", "deletecleanup", "updatetopics"]
BACKGROUND = ["detectspam", "detecttopics", "executeactions"]


@pytest.mark.parametrize(
    ("action", "fields", "job"),
    [
        ("detectspam", {}, DetectSpam),
        ("detecttopics", {}, DetectTopics),
        ("executeactions", {"hookName": "UserTriggered"}, ExecuteActions),
    ],
)
def test_three_actions_are_queued(world: World, action: str, fields: dict[str, Any], job: type[Job]) -> None:
    world.keep()
    world.keep(customerID=GLOBEX)
    answer = bulk(world, action, [1, 2], **fields).as_expected(200)
    assert (answer.json["succeeded"], answer.json["queued"]) == ([], [1])
    assert [failure["ticketID"] for failure in answer.json["failed"]] == [2]
    (sent,) = world.jobs.sent
    assert isinstance(sent, job)
    assert (sent.customerID, sent.ticketID) == (ACME, 1)
    assert ticket(world).version == 1


@pytest.mark.parametrize("given", [{}, {"hookName": None}, {"hookName": "PostTopicDetection"}])
def test_the_hook_is_post_topic_detection_by_default(world: World, given: dict[str, Any]) -> None:
    world.keep()
    bulk(world, "executeactions", **given).as_expected(200)
    (sent,) = world.jobs.sent
    assert isinstance(sent, ExecuteActions)
    assert sent.hookName == "PostTopicDetection"


def test_what_cannot_be_queued_is_failed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise Unavailable("The job queue is busy.")

    world.keep()
    monkeypatch.setattr(world.jobs, "send", refuse)
    answer = bulk(world, "detectspam").as_expected(200)
    assert answer.json["queued"] == []
    assert [(failure["status"], failure["code"]) for failure in answer.json["failed"]] == [(503, "Unavailable")]


CLAMPED: list[tuple[str, int | None, int | None, int | None]] = [
    ("rep-11", ANN, None, ANN),
    ("rep-11", ANN, 0, None),
    ("rep-12", ANN, BOB, BOB),
    ("rep-13", None, ANN, ANN),
    ("rep-13", None, BOB, None),
    ("rep-13", ANN, 0, None),
    ("rep-13", ANN, BOB, ANN),
    ("rep-15", RIK, 0, RIK),
    ("rep-15", RIK, ADMIN, RIK),
]


@pytest.mark.parametrize("case", CLAMPED, ids=str)
@pytest.mark.parametrize("action", [*SYNCHRONOUS[:6], *BACKGROUND])
def test_an_assignment_goes_with_the_action_as_the_role_may_make_it(
    world: World, action: str, case: tuple[str, int | None, int | None, int | None]
) -> None:
    by, held, wanted, holds = case
    world.keep(customerRepID=held)
    answer = bulk(world, action, by=by, customerRepID=wanted).as_expected(200)
    assert answer.json["failed"] == []
    assert ticket(world).customerRepID == holds


def test_each_ticket_stands_in_exactly_one_list(world: World) -> None:
    world.keep(customerRepID=ANN)
    world.keep(customerRepID=BOB)
    world.keep(customerID=GLOBEX, ticketID=7)
    answer = bulk(world, "close", [9, 2, 7, 1, 9, 1], by="rep-13").as_expected(200)
    assert (answer.json["succeeded"], answer.json["queued"]) == ([1], [])
    failed = answer.json["failed"]
    assert [(failure["ticketID"], failure["status"], failure["code"]) for failure in failed] == [
        (9, 404, "NotFound"),
        (2, 403, "Forbidden"),
        (7, 404, "NotFound"),
    ]
    assert failed[0]["detail"] == failed[2]["detail"]
    assert not ticket(world, 7, GLOBEX).isClosed


BAD: list[tuple[dict[str, Any], list[str]]] = [
    ({"action": "Close"}, ["/action"]),
    ({"action": None}, ["/action"]),
    ({"action": ["close"]}, ["/action"]),
    ({"ticketIDs": []}, ["/ticketIDs"]),
    ({"ticketIDs": None}, ["/ticketIDs"]),
    ({"ticketIDs": list(range(1, 502))}, ["/ticketIDs"]),
    ({"ticketIDs": [1, "2", 0, -1, True]}, [f"/ticketIDs/{n}" for n in range(1, 5)]),
    ({"hookName": "Unknown"}, ["/hookName"]),
    ({"hookName": ""}, ["/hookName"]),
    ({"customerRepID": INACTIVE}, ["/customerRepID"]),
    ({"customerRepID": 21}, ["/customerRepID"]),
    ({"customerRepID": -1}, ["/customerRepID"]),
    ({"customerRepID": "13"}, ["/customerRepID"]),
    ({"topicIds": ["1"]}, ["/topicIds/0"]),
    ({"unknown": 1, "topicIDs": [1]}, ["/topicIDs", "/unknown"]),
    ({"action": "updatetopics"}, ["/topicIds"]),
    ({"action": "updatetopics", "topicIds": None}, ["/topicIds"]),
    ({"action": "updatetopics", "topicIds": [1, 5, 2, 3]}, ["/topicIds/1", "/topicIds/3"]),
    ({"action": "updatetopics", "topicIds": [9], "customerRepID": INACTIVE}, ["/customerRepID", "/topicIds/0"]),
]


@pytest.mark.parametrize(("fields", "pointers"), BAD)
def test_a_request_that_is_wrong_is_refused_whole(world: World, fields: dict[str, Any], pointers: list[str]) -> None:
    world.keep()
    body = {"ticketIDs": [1], "action": "close"} | fields
    world.call("PUT", PATH, body=body, idempotency_key="k").refused(400, "InvalidRequest", pointers)
    assert (ticket(world).version, world.claims.kept) == (1, {})


@pytest.mark.parametrize("wrong", [0, "x", None])
@pytest.mark.parametrize("member", ["ticketIDs", "topicIds"])
def test_more_faults_than_a_reply_can_hold_are_listed_in_part_and_it_is_said_so(
    world: World, member: str, wrong: Any
) -> None:
    body = {"ticketIDs": [1], "action": "updatetopics", member: [wrong] * 40_000}
    answer = world.call("PUT", PATH, body=body)
    answer.refused(400, "InvalidRequest", [f"/{member}/{place}" for place in range(MAX_FAULTS)])
    assert "more" in answer.json["detail"]


def test_more_unknown_topics_than_a_reply_can_hold_are_listed_in_part(world: World) -> None:
    body = {"ticketIDs": [1], "action": "updatetopics", "topicIds": [99] * 60_000}
    answer = world.call("PUT", PATH, body=body)
    answer.refused(400, "InvalidRequest", [f"/topicIds/{place}" for place in range(MAX_FAULTS)])
    assert "more" in answer.json["detail"]


def test_wrong_ids_among_many_are_named_wherever_they_stand(world: World) -> None:
    body = {"ticketIDs": [*[1] * 20_000, 0, "x", 2**53 - 1], "action": "close"}
    world.call("PUT", PATH, body=body).refused(400, "InvalidRequest", ["/ticketIDs/20000", "/ticketIDs/20001"])


def test_as_many_faults_as_a_reply_lists_are_all_there(world: World) -> None:
    answer = world.call("PUT", PATH, body={"ticketIDs": [0] * MAX_FAULTS, "action": "close"})
    assert len(answer.json["errors"]) == MAX_FAULTS
    assert "more" not in answer.json["detail"]


def test_what_is_missing_is_named(world: World) -> None:
    world.call("PUT", PATH, body={}).refused(400, "InvalidRequest", ["/ticketIDs", "/action"])


def test_five_hundred_different_ids_are_taken_however_often_each_stands(world: World) -> None:
    ids = [*range(1, 501)]
    answer = bulk(world, "close", ids * 2).as_expected(200)
    assert [failure["ticketID"] for failure in answer.json["failed"]] == ids


def test_a_phone_context_is_not_admitted(world: World) -> None:
    world.call("PUT", PATH, "channel-3", {}).refused(403, "Forbidden", [])


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_another_method_is_refused_with_what_is_allowed(world: World, method: str) -> None:
    assert world.call(method, PATH).refused(405, "MethodNotAllowed").headers["Allow"] == "PUT"


@pytest.mark.parametrize("action", [*SYNCHRONOUS, *BACKGROUND])
def test_what_is_not_reached_in_time_is_failed_and_left(world: World, action: str) -> None:
    world.keep()
    world.patience = 0
    answer = bulk(world, action, topicIds=[1]).as_expected(200)
    (failure,) = answer.json["failed"]
    assert (failure["status"], failure["code"]) == (503, "Unavailable")
    assert (ticket(world).version, world.jobs.sent) == (1, [])


def test_another_change_meanwhile_is_not_lost(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: bulk(world, "close"))
    done(world, "invertstate")
    assert (ticket(world).isClosed, ticket(world).version) == (False, 3)
