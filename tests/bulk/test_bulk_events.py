"""The events in events/bulk and events/worker, each answered as expected. In them a token is the name of its holder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders import acme
from tests.bulk.test_bulk import ticket
from tests.world import World
from ticketing.directory.hooks import ActionType, Hook, HookAction
from ticketing.learning.verdict import SpamVerdict

EVENTS = Path(__file__).parents[2] / "events"


def event(function: str, case: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EVENTS / function / f"{case}.json").read_text())
    return loaded


def missing(ticketID: int) -> dict[str, Any]:
    return {"ticketID": ticketID, "status": 404, "code": "NotFound", "detail": "There is no such ticket."}


ANSWERS: dict[str, dict[str, Any]] = {
    "close": {"action": "close", "succeeded": [1, 2], "queued": [], "failed": [missing(999)]},
    "take-and-open": {"action": "open", "succeeded": [1, 2], "queued": [], "failed": []},
    "invertstate-once": {"action": "invertstate", "succeeded": [1, 2], "queued": [], "failed": []},
    "deletecleanup": {"action": "deletecleanup", "succeeded": [1], "queued": [], "failed": []},
    "updatetopics": {"action": "updatetopics", "succeeded": [1], "queued": [], "failed": []},
    "executeactions": {"action": "executeactions", "succeeded": [], "queued": [1], "failed": []},
}


@pytest.mark.parametrize("case", ANSWERS)
def test_every_event_of_bulk_is_answered_as_expected(world: World, case: str) -> None:
    world.keep()
    world.keep()
    assert world.invoke("bulk", event("bulk", case)).as_expected(200).json == ANSWERS[case]


def test_bulk_refuses_an_unknown_action(world: World) -> None:
    world.invoke("bulk", event("bulk", "unknown-action")).refused(400, "InvalidRequest", ["/action"])


def test_bulk_takes_tickets_for_their_new_holder(world: World) -> None:
    world.keep()
    world.keep(customerRepID=13)
    world.invoke("bulk", event("bulk", "take-and-open")).as_expected(200)
    assert [ticket(world, each).customerRepID for each in (1, 2)] == [13, 13]


JOBS: dict[str, Callable[[World], bool]] = {
    "detect-spam": lambda world: ticket(world).isSpam,
    "detect-topics": lambda world: ticket(world).topicIDs == [1] and ticket(world).isImportant,
    "execute-actions": lambda world: ticket(world).isImportant,
    "fire-hook": lambda world: ticket(world).isImportant and ticket(world).ledBy == ["UserTriggered", "OnEscalate"],
    "run-pipeline": lambda world: ticket(world).isSpam and ticket(world).isProcessed,
    "teach": lambda world: world.spam.learnt.lessons[1][2] is False,
}


@pytest.mark.parametrize("case", JOBS)
def test_every_event_of_a_bulk_job_is_done(world: World, case: str) -> None:
    actions = [
        HookAction(actionID=1, hookName=hook, type=ActionType.SetImportant)
        for hook in (Hook.OnEscalate, Hook.PostTopicDetection)
    ]
    world.directory.load(acme(actions=actions))
    world.spam.script = {"lottery": SpamVerdict(isSpam=True, score=990)}
    world.topics.script = {"lottery": {1: 900}}
    world.keep(subject="You won the lottery", taughtSpam=False if case == "teach" else None)
    assert world.run("worker", event("worker", case)) == {"batchItemFailures": []}
    assert JOBS[case](world)


def test_worker_teaches_the_last_lesson_of_a_ticket_that_is_gone(world: World) -> None:
    assert world.run("worker", event("worker", "clean-up")) == {"batchItemFailures": []}
    assert world.spam.learnt.lessons[1] == (4, "You won the lottery", True)


def test_worker_names_what_is_no_job(world: World) -> None:
    world.keep(taughtSpam=True)
    answer = world.run("worker", event("worker", "one-of-two-is-no-job"))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m2"}]}
    assert world.spam.learnt.lessons[1][2] is True


def test_every_event_is_tried() -> None:
    cases = {f"{path.parent.name}/{path.stem}" for path in EVENTS.glob("*/*.json")}
    tried = {f"bulk/{case}" for case in [*ANSWERS, "unknown-action"]}
    tried |= {f"worker/{case}" for case in [*JOBS, "clean-up", "one-of-two-is-no-job"]}
    assert {case for case in cases if case.startswith(("bulk/", "worker/"))} == tried
