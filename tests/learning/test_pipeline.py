"""The pipeline: what a ticket that is created unprocessed runs through, and what becomes of a step that fails."""

from typing import Any

import pytest

from tests.bulk.test_bulk import bulk, ticket
from tests.hooks.test_hooks import bind, called
from tests.learning.new_tickets import ARRIVALS, CALLS, change, create, script
from tests.world import World
from ticketing.errors import Unavailable
from ticketing.jobs.job import FireHook, RunPipeline
from ticketing.jobs.steps import PATIENT_DELIVERIES

LATE = PATIENT_DELIVERIES + 1


@pytest.fixture(autouse=True)
def scripted(world: World) -> None:
    script(world)


def listed(world: World) -> list[int]:
    return [item["ticketID"] for item in world.call("GET", "/api/Tickets").json["items"]]


def test_the_history_tells_who_did_what(world: World) -> None:
    bind(world, {"type": "SetImportant", "hookName": "PreSpam"})
    create(world)
    assert world.work() == []
    entries = world.call("GET", "/api/Tickets/1/changes").json["items"]
    told = [(entry["by"]["kind"], entry["by"]["name"], entry.get("score"), entry["changes"]) for entry in entries]
    assert told[:-1] == [
        ("system", None, None, {"isProcessed": [False, True]}),
        ("filter", None, {"Delivery": 0.7}, {"topics": [[], ["Delivery"]]}),
        ("filter", None, 0.012, {}),
        ("hook", "PreSpam", None, {"isImportant": [False, True]}),
    ]
    assert told[-1][0] == "rep"


def test_a_ticket_is_listed_once_it_has_run_through(world: World) -> None:
    bind(world, *CALLS)
    create(world)
    assert listed(world) == []
    assert world.work() == []
    assert listed(world) == [1]
    now = ticket(world)
    assert (now.isProcessed, now.spamScore, now.topicIDs, now.isClosed) == (True, 12, [2], False)
    assert called(world) == ["PreSpam", "PostTopicDetection"]
    assert world.jobs.sent == []


def test_spam_is_closed_and_ends_the_run(world: World) -> None:
    bind(world, *CALLS)
    create(world, subject="You won the lottery")
    assert world.work() == []
    now = ticket(world)
    assert (now.isProcessed, now.isSpam, now.isClosed, now.topicIDs) == (True, True, True, [])
    assert called(world) == ["PreSpam", "PostSpam"]
    assert now.taughtSpam is None


def test_a_hook_can_find_spam_before_the_filter_is_asked(world: World) -> None:
    bind(world, {"type": "MarkSpam", "hookName": "PreSpam"}, *CALLS)
    create(world)
    assert world.work() == []
    assert (ticket(world).isSpam, world.spam.asked) == (True, [])
    assert called(world) == ["PreSpam", "PostSpam"]


def test_what_was_known_to_be_spam_is_closed_too(world: World) -> None:
    bind(world, *CALLS)
    create(world, isSpam=True)
    assert world.work() == []
    now = ticket(world)
    assert (now.isProcessed, now.isSpam, now.isClosed, now.status) == (True, True, True, "Closed")
    assert (world.spam.asked, called(world)) == ([], ["PreSpam", "PostSpam"])


def test_what_was_closed_as_spam_and_reopened_is_not_closed_by_another_delivery(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(world, isSpam=True)
    with monkeypatch.context() as patched:
        patched.setattr(world.receipts, "keep_first", _fail)
        assert len(world.work()) == 1
    assert ticket(world).isClosed
    change(world, status="Open")
    assert world.work(2) == []
    assert (ticket(world).isSpam, ticket(world).isClosed) == (True, False)


def test_a_run_keeps_to_its_way_whatever_its_actions_change(world: World) -> None:
    """What PostSpam takes for no spam after all is still not asked about its topics at the next delivery."""
    bind(world, {"type": "NotSpam", "hookName": "PostSpam"}, *CALLS)
    create(world, subject="You won the lottery")
    world.webhooks.refuses = lambda call: "PostSpam" in call.secret
    assert len(world.work()) == 1
    assert not ticket(world).isSpam
    world.webhooks.refuses = lambda _: False
    assert world.work(2) == []
    assert (ticket(world).isProcessed, ticket(world).topicIDs) == (True, [])
    assert called(world) == ["PreSpam", "PostSpam"]


def test_only_creation_starts_a_run(world: World) -> None:
    world.keep()
    change(world, isProcessed=False)
    assert (world.jobs.sent, listed(world)) == ([], [])


@pytest.mark.parametrize("by", ARRIVALS)
@pytest.mark.parametrize("is_on", [True, False])
def test_what_arrives_runs_through_where_the_customer_wants_it_listed_meanwhile(
    world: World, by: str, is_on: bool
) -> None:
    bind(world, *CALLS, detectOnArrival=is_on)
    path, token, body = ARRIVALS[by]
    world.call("POST", path, token, body, Origin="https://shop.example").as_expected(201)
    assert listed(world) == [1]
    assert world.work() == []
    is_run = is_on and by != "rep"
    assert called(world) == (["PreSpam", "PostTopicDetection"] if is_run else [])
    assert ticket(world).topicIDs == ([2] if is_run else [])


def test_what_is_asked_of_the_filter_by_hand_runs_no_hook_of_the_pipeline(world: World) -> None:
    bind(world, *CALLS)
    world.keep(subject="You won the lottery")
    bulk(world, "detectspam").as_expected(200)
    assert world.work() == []
    assert (ticket(world).isSpam, called(world)) == (True, [])


def test_a_ticket_that_is_deleted_meanwhile_ends_its_run(world: World) -> None:
    bind(world, {"type": "Delete", "hookName": "PreSpam"}, *CALLS)
    create(world)
    assert world.work() == []
    assert (world.store.kept, called(world), world.spam.asked) == ({}, [], [])


def test_a_run_that_fails_goes_on_where_it_failed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    bind(world, *CALLS)
    create(world)
    with monkeypatch.context() as patched:
        patched.setattr(world.topics, "topics", _fail)
        assert len(world.work()) == 1
    assert (ticket(world).isProcessed, ticket(world).spamScore, listed(world)) == (False, 12, [])
    assert world.work(2) == []
    assert called(world) == ["PreSpam", "PostTopicDetection"]
    assert len(world.spam.asked) == 1
    assert (ticket(world).isProcessed, ticket(world).topicIDs) == (True, [2])


@pytest.mark.parametrize("delivery", [LATE, LATE + 1])
def test_whatever_fails_a_late_delivery_processes_the_ticket(
    world: World, monkeypatch: pytest.MonkeyPatch, delivery: int
) -> None:
    bind(world, *CALLS, {"type": "SetImportant"})
    create(world)
    world.webhooks.refuses = lambda _: True
    with monkeypatch.context() as patched:
        patched.setattr(world.spam, "verdict", _fail)
        patched.setattr(world.topics, "topics", _fail)
        assert len(world.work(delivery - 1 if delivery == LATE else 1)) == 1
        assert not ticket(world).isProcessed
        (job,) = world.work(delivery)
    assert isinstance(job, RunPipeline)  # set aside with what it lacks, for an operator to bring again
    assert (ticket(world).isProcessed, ticket(world).isImportant, listed(world)) == (True, True, [1])


def test_a_job_that_is_brought_again_does_what_was_passed_over_and_nothing_else(world: World) -> None:
    bind(world, *CALLS, {"type": "SetImportant"})
    create(world)
    world.webhooks.refuses = lambda call: "PreSpam" in call.secret
    assert len(world.work(LATE)) == 1
    before = ticket(world)
    world.webhooks.refuses = lambda _: False
    assert world.work() == []
    assert ticket(world) == before
    assert called(world) == ["PostTopicDetection", "PreSpam"]


def test_even_a_directory_that_cannot_be_read_does_not_keep_a_ticket_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(world)
    with monkeypatch.context() as patched:
        patched.setattr(world.directory, "beginning", _fail)
        assert len(world.work(LATE)) == 1
    assert ticket(world).isProcessed


def test_a_run_that_is_told_twice_is_one(world: World) -> None:
    bind(world, *CALLS)
    create(world)
    (job,) = world.jobs.sent
    world.jobs.sent = [job, job]
    assert world.work() == []
    before = ticket(world)
    world.jobs.sent = [job]
    assert world.work() == []
    assert ticket(world) == before
    assert called(world) == ["PreSpam", "PostTopicDetection"]


def test_spam_that_is_found_on_the_way_is_a_ticket_that_was_closed(world: World) -> None:
    bind(world, {"type": "SetImportant", "hookName": "OnClose"})
    create(world, subject="You won the lottery")
    assert world.work() == []
    (job,) = world.jobs.sent
    assert isinstance(job, FireHook)
    assert world.work() == []
    assert ticket(world).isImportant


def _fail(*_: object) -> Any:
    raise Unavailable("It is busy.")
