"""PUT /api/Tickets/bulk: what each action does, and what is answered."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import A_CALL, A_MOMENT, ACME, ADMIN, ANN, BOB, GLOBEX, INACTIVE, RIK, a_body, acme
from tests.functions.world import Answer, World
from ticketing.domain.jobs import DetectSpam, DetectTopics, ExecuteActions, Job, Teach
from ticketing.domain.ticket import Ticket
from ticketing.errors import Unavailable

PATH = "/api/Tickets/bulk"
NOW = "2026-06-15T12:00:00.000Z"
SYNCHRONOUS = ["close", "open", "invertstate", "spam", "notspam", "read", "delete", "deletecleanup", "updatetopics"]
BACKGROUND = ["detectspam", "detecttopics", "executeactions"]


def bulk(
    world: World, action: str, ids: list[int] | None = None, by: str = "rep-11", key: str | None = None, **fields: Any
) -> Answer:
    body = {"ticketIDs": [1] if ids is None else ids, "action": action, **fields}
    return world.call("PUT", PATH, by, body, **({"idempotency_key": key} if key else {}))


def done(world: World, action: str, ids: list[int] | None = None, **fields: Any) -> Answer:
    """The answer to an action that is done to every ticket."""
    answer = bulk(world, action, ids, **fields).as_expected(200)
    expected = {"action": action, "succeeded": [1] if ids is None else ids, "queued": [], "failed": []}
    assert answer.json == expected
    return answer


def ticket(world: World, ticketID: int = 1, customerID: int = ACME) -> Ticket:
    return world.store.kept[customerID, ticketID]


def state(world: World) -> tuple[bool, str, str | None]:
    now = ticket(world)
    return now.isClosed, now.status, now.closeDate


def test_close_and_open(world: World) -> None:
    world.keep(status="Pending")
    done(world, "close")
    assert state(world) == (True, "Closed", NOW)
    done(world, "open")
    assert state(world) == (False, "Open", None)


@pytest.mark.parametrize(("action", "status"), [("close", "cLOSED"), ("open", "Escalated")])
def test_what_is_so_already_stays_as_it_is(world: World, action: str, status: str) -> None:
    world.keep(status=status)
    done(world, action)
    assert (ticket(world).status, ticket(world).version) == (status, 1)


def test_invertstate_turns_each_ticket_over(world: World) -> None:
    world.keep()
    world.keep(status="Closed")
    done(world, "invertstate", [2, 1])
    assert [ticket(world, each).isClosed for each in (1, 2)] == [True, False]


def test_spam_closes_and_notspam_reopens_what_spam_closed(world: World) -> None:
    world.keep()
    done(world, "spam")
    assert (ticket(world).isSpam, *state(world)) == (True, True, "Closed", NOW)
    done(world, "notspam")
    assert (ticket(world).isSpam, *state(world)) == (False, False, "Open", None)


def test_notspam_leaves_closed_what_was_closed_otherwise(world: World) -> None:
    world.keep(status="Closed")
    done(world, "spam")
    done(world, "notspam")
    assert (ticket(world).isSpam, *state(world)) == (False, True, "Closed", A_MOMENT)


def test_what_was_reopened_and_closed_again_was_not_closed_by_spam(world: World) -> None:
    world.keep()
    for action in ("spam", "open", "close", "notspam"):
        done(world, action)
    assert ticket(world).isClosed


def test_spam_and_notspam_teach_once(world: World) -> None:
    world.keep()
    done(world, "spam")
    done(world, "spam")
    assert (ticket(world).taughtSpam, world.jobs.sent) == (True, [Teach(customerID=ACME, ticketID=1)])
    done(world, "notspam")
    assert (ticket(world).taughtSpam, len(world.jobs.sent)) == (False, 2)


def test_a_put_sets_the_flag_only(world: World) -> None:
    world.keep()
    world.call("PUT", "/api/Tickets/1", body=a_body(isSpam=True)).as_expected(200)
    assert (ticket(world).isClosed, ticket(world).taughtSpam, world.jobs.sent) == (False, None, [])


def test_read_marks_the_messages_so_far(world: World) -> None:
    world.keep(lastMessageID=3)
    done(world, "read")
    assert ticket(world).readUpTo == 3


def test_delete(world: World) -> None:
    world.keep(twilio_CallSid=A_CALL)
    done(world, "delete")
    world.call("GET", "/api/Tickets/1").refused(404, "NotFound")
    assert not world.store.calls


def test_deletecleanup_closes_and_sets_the_day(world: World) -> None:
    world.keep()
    done(world, "deletecleanup")
    assert state(world) == (True, "Closed", NOW)
    assert ticket(world).removeAt == world.clock.moment + 30 * 24 * 60 * 60


def test_the_customers_own_days_count(world: World) -> None:
    world.directory.load(acme(cleanupDays=7))
    world.keep()
    done(world, "deletecleanup")
    assert ticket(world).removeAt == world.clock.moment + 7 * 24 * 60 * 60


def test_no_days_delete_at_once(world: World) -> None:
    world.directory.load(acme(cleanupDays=0))
    world.keep()
    done(world, "deletecleanup")
    assert not world.store.kept


REOPENINGS: dict[str, Callable[[World], Answer]] = {
    "PUT": lambda world: world.call("PUT", "/api/Tickets/1", body=a_body()),
    "PATCH": lambda world: world.call(
        "PATCH", "/api/Tickets/1", body={"isClosed": False}, content_type="application/merge-patch+json"
    ),
    "open": lambda world: bulk(world, "open"),
    "invertstate": lambda world: bulk(world, "invertstate"),
    "message": lambda world: world.call("POST", "/api/TicketMessages", body={"ticketID": 1, "body": "Hello?"}),
}


@pytest.mark.parametrize("way", REOPENINGS)
def test_any_reopening_takes_the_mark_back(world: World, way: str) -> None:
    world.keep()
    done(world, "deletecleanup")
    assert REOPENINGS[way](world).status < 300
    assert (ticket(world).isClosed, ticket(world).removeAt) == (False, None)


def test_a_change_that_leaves_it_closed_leaves_the_mark(world: World) -> None:
    world.keep()
    done(world, "deletecleanup")
    world.call("PUT", "/api/Tickets/1", body=a_body(status="Closed", subject="x")).as_expected(200)
    done(world, "close")
    assert ticket(world).removeAt is not None


def test_updatetopics_sets_and_clears_the_topics_and_teaches(world: World) -> None:
    world.keep()
    done(world, "updatetopics", topicIds=[2, 1, 2])
    assert (ticket(world).topicIDs, ticket(world).taughtTopicIDs) == ([2, 1], [2, 1])
    assert world.call("GET", "/api/Tickets/1").json["topics"] == ["Delivery", "Billing"]
    done(world, "updatetopics", topicIds=[])
    assert (ticket(world).topicIDs, ticket(world).taughtTopicIDs) == ([], [])
    assert world.jobs.sent == [Teach(customerID=ACME, ticketID=1)] * 2


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
