"""Hooks: which actions run, in which order, what each does, and what becomes of a run that fails half-way."""

import json
from typing import Any

import pytest

from functions.worker import app
from tests.builders import ACME, ANN, BOB, INACTIVE, acme
from tests.bulk.test_bulk import NOW, bulk, ticket
from tests.learning.fakes import Call
from tests.world import World
from ticketing.directory.hooks import HookAction
from ticketing.jobs.job import ExecuteActions, Job

URL = "https://hooks.example/tickets?from=acme"


def bind(world: World, *actions: dict[str, Any], **settings: Any) -> None:
    """Binds actions, numbered from 1, to PostTopicDetection unless they say otherwise."""
    sound = [{"actionID": n, "hookName": "PostTopicDetection"} | action for n, action in enumerate(actions, 1)]
    world.directory.load(acme(actions=[HookAction.model_validate(action) for action in sound], **settings))


def called(world: World) -> list[str]:
    """The hooks whose calls were taken, in their order."""
    return [call.secret.split("/")[1] for call in world.webhooks.taken]


def run(world: World, hook: str = "PostTopicDetection") -> list[Job]:
    """Asks for the hook's actions on ticket 1; gives the jobs that failed."""
    answer = bulk(world, "executeactions", hookName=hook).as_expected(200)
    assert answer.json["queued"] == [1]
    return world.work()


EFFECTS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "Close"}, {"isClosed": True, "status": "Closed", "closeDate": NOW}),
    ({"type": "MarkSpam"}, {"isSpam": True, "isClosed": True, "taughtSpam": None}),
    ({"type": "SetImportant"}, {"isImportant": True}),
    ({"type": "Assign", "customerRepID": BOB}, {"customerRepID": BOB}),
    ({"type": "Assign", "customerRepID": 0}, {"customerRepID": None}),
    ({"type": "SetTopics", "topicIDs": [2]}, {"topicIDs": [2], "taughtTopicIDs": None}),
    ({"type": "SetTopics", "topicIDs": []}, {"topicIDs": []}),
    ({"type": "SetTopics", "topicIDs": [2, 1, 2]}, {"topicIDs": [2, 1]}),
    ({"type": "DeleteAtCleanup"}, {"isClosed": True, "removeAt": 1_781_524_800 + 30 * 86_400}),
]


@pytest.mark.parametrize(("action", "fields"), EFFECTS, ids=str)
def test_what_an_action_does(world: World, action: dict[str, Any], fields: dict[str, Any]) -> None:
    bind(world, action)
    world.keep(customerRepID=ANN, topicIDs=[1])
    assert run(world) == []
    assert {name: getattr(ticket(world), name) for name in fields} == fields


def test_not_spam_reopens_what_spam_closed(world: World) -> None:
    bind(world, {"type": "NotSpam"})
    world.keep(isSpam=True, status="Closed", closedAsSpam=True)
    assert run(world) == []
    assert (ticket(world).isSpam, ticket(world).isClosed) == (False, False)


@pytest.mark.parametrize(("kind", "days"), [("Delete", 30), ("DeleteAtCleanup", 0)])
def test_deleting_ends_the_run(world: World, kind: str, days: int) -> None:
    bind(world, {"type": kind}, {"type": "ApiCall", "url": URL}, cleanupDays=days)
    world.keep()
    assert run(world) == []
    assert not world.store.kept
    assert world.webhooks.taken == []


def test_an_api_call_sends_the_ticket_as_it_is_read(world: World) -> None:
    bind(world, {"type": "SetImportant"}, {"type": "ApiCall", "url": URL})
    world.keep()
    assert run(world) == []
    (call,) = world.webhooks.taken
    assert call.body == world.call("GET", "/api/Tickets/1").text
    assert (call.url, call.secret) == (URL, "1/PostTopicDetection/2")


def test_an_api_call_sends_no_notes(world: World) -> None:
    bind(world, {"type": "ApiCall", "url": URL})
    world.keep(aiFeedbackComments=["Wrong answer."])
    note = {"ticketID": 1, "body": "Between ourselves", "direction": "Note"}
    world.call("POST", "/api/TicketMessages", body=note).as_expected(201)
    assert run(world) == []
    (call,) = world.webhooks.taken
    assert json.loads(call.body)["aiFeedbackComments"] == []
    assert "ourselves" not in call.body


def test_actions_run_in_the_order_of_their_priority(world: World) -> None:
    topics = [{"type": "SetTopics", "topicIDs": [1]}, {"type": "SetTopics", "topicIDs": [2]}]
    bind(world, topics[0] | {"priority": 2}, topics[1] | {"priority": 1})
    world.keep()
    run(world)
    assert ticket(world).topicIDs == [1]
    bind(world, topics[0], topics[1])
    run(world)
    assert ticket(world).topicIDs == [2]


def test_a_condition_is_asked_of_the_ticket_when_its_turn_comes(world: World) -> None:
    set_topics = {"type": "SetTopics", "topicIDs": [2]}
    bind(world, {"type": "SetImportant", "topicID": 2}, set_topics, {"type": "Close", "topicID": 2})
    world.keep(topicIDs=[1])
    run(world)
    assert (ticket(world).isImportant, ticket(world).isClosed) == (False, True)


@pytest.mark.parametrize("off", [{"active": False}, {"hookName": "OnClose"}, {"topicID": 2}])
def test_what_is_off_elsewhere_or_for_another_topic_does_not_run(world: World, off: dict[str, Any]) -> None:
    bind(world, {"type": "Close"} | off)
    world.keep(topicIDs=[1])
    assert run(world) == []
    assert ticket(world).version == 1


def test_the_hook_that_is_named_is_run(world: World) -> None:
    bind(world, {"type": "Close"}, {"type": "SetImportant", "hookName": "UserTriggered"})
    world.keep()
    run(world, "UserTriggered")
    assert (ticket(world).isClosed, ticket(world).isImportant) == (False, True)


def test_another_customers_actions_are_theirs(world: World) -> None:
    bind(world, {"type": "Close"})
    world.keep(customerID=2)
    world.jobs.send([ExecuteActions(customerID=2, ticketID=1, jobID="j", hookName="PostTopicDetection")])
    assert world.work() == []
    assert ticket(world, customerID=2).version == 1


def test_after_topics_are_detected_the_hook_runs_on_what_was_found(world: World) -> None:
    world.topics.script = {"parcel": {1: 900}}
    bind(world, {"type": "SetImportant", "topicID": 1}, {"type": "Close", "topicID": 2})
    world.keep()
    bulk(world, "detecttopics").as_expected(200)
    assert world.work() == []
    assert (ticket(world).topicIDs, ticket(world).isImportant, ticket(world).isClosed) == ([1], True, False)


def test_a_detector_that_knew_nothing_is_not_asked_again(world: World) -> None:
    """Whoever has set the topics meanwhile may have taught it."""
    bind(world, {"type": "ApiCall", "url": URL})
    world.keep()
    world.webhooks.refuses = lambda _: True
    bulk(world, "detecttopics").as_expected(200)
    assert len(world.work()) == 1
    bulk(world, "updatetopics", topicIds=[2]).as_expected(200)
    world.topics.script = {"parcel": {1: 900}}
    world.webhooks.refuses = lambda _: False
    assert world.work() == []
    assert ticket(world).topicIDs == [2]


def test_a_run_that_fails_goes_on_where_it_failed(world: World) -> None:
    bind(world, {"type": "ApiCall", "url": URL}, {"type": "Close"}, {"type": "ApiCall", "url": URL}, {"type": "Delete"})
    world.keep()
    world.webhooks.refuses = lambda call: call.secret.endswith("/3")
    (failed,) = run(world)
    assert ticket(world).isClosed
    bulk(world, "open").as_expected(200)
    assert world.work() == [failed]
    assert not ticket(world).isClosed
    world.webhooks.refuses = lambda _: False
    assert world.work() == []
    assert [call.secret[-1] for call in world.webhooks.taken] == ["1", "3"]
    assert not world.store.kept


def test_an_action_that_changed_nothing_is_not_done_later(world: World) -> None:
    """A representative takes back what the customer's action found there."""
    bind(world, {"type": "SetImportant"}, {"type": "ApiCall", "url": URL})
    world.keep(isImportant=True)
    world.webhooks.refuses = lambda _: True
    assert len(run(world)) == 1
    assert ticket(world).version == 1
    patch = {"isImportant": False}
    world.call("PATCH", "/api/Tickets/1", body=patch, content_type="application/merge-patch+json").as_expected(200)
    world.webhooks.refuses = lambda _: False
    assert world.work() == []
    assert not ticket(world).isImportant


def test_no_action_begins_when_time_is_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    bind(world, {"type": "Close"})
    world.keep()
    monkeypatch.setattr(app, "PATIENCE", 0.0)
    assert len(run(world)) == 1
    assert ticket(world).version == 1


def test_a_call_that_is_tried_again_has_the_same_delivery(world: World) -> None:
    bind(world, {"type": "ApiCall", "url": URL})
    world.keep()
    refused: list[str] = []

    def refuse(call: Call) -> bool:
        refused.append(call.delivery)
        return True

    world.webhooks.refuses = refuse
    (job,) = run(world)
    world.webhooks.refuses = lambda _: False
    assert world.work() == []
    world.jobs.sent = [job]
    assert world.work() == []
    assert [call.delivery for call in world.webhooks.taken] == refused
    assert run(world) == []
    assert len({call.delivery for call in world.webhooks.taken}) == 2


@pytest.mark.parametrize(
    "action", [{"type": "Assign", "customerRepID": INACTIVE}, {"type": "SetTopics", "topicIDs": [1, 5]}], ids=str
)
def test_an_action_that_names_what_does_not_exist_fails(world: World, action: dict[str, Any]) -> None:
    bind(world, action)
    world.keep()
    assert len(run(world)) == 1
    assert ticket(world).version == 1


def test_the_ticket_is_another_customers_for_nobody(world: World) -> None:
    bind(world, {"type": "Close"})
    world.keep(customerRepID=BOB)
    assert run(world) == []
    assert (ticket(world).isClosed, ticket(world).customerID) == (True, ACME)
