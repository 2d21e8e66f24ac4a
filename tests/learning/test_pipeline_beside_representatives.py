"""The pipeline beside representatives: what they say of a ticket before its run or during it stays."""

from typing import Any

import pytest

from tests.builders import a_body
from tests.bulk.test_bulk import bulk, done, ticket
from tests.hooks.test_hooks import bind, called
from tests.learning.new_tickets import ARRIVALS, CALLS, change, create, script
from tests.world import World


@pytest.fixture(autouse=True)
def scripted(world: World) -> None:
    script(world)


def test_what_a_representative_marks_as_spam_before_its_run_is_left_as_it_is(world: World) -> None:
    bind(world, *CALLS, detectOnArrival=True)
    path, token, body = ARRIVALS["visitor"]
    world.call("POST", path, token, body, Origin="https://shop.example").as_expected(201)
    change(world, isSpam=True)
    assert world.work() == []
    now = ticket(world)
    assert (now.isProcessed, now.isSpam, now.isClosed) == (True, True, False)
    assert (world.spam.asked, called(world)) == ([], ["PreSpam", "PostSpam"])


def test_what_a_representative_teaches_before_its_run_stays(world: World) -> None:
    create(world, subject="You won the lottery")
    done(world, "notspam")
    done(world, "updatetopics", topicIds=[2])
    assert world.work() == []
    now = ticket(world)
    assert (now.isProcessed, now.isSpam, now.isClosed, now.topicIDs) == (True, False, False, [2])


def test_what_a_representative_teaches_while_it_runs_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    create(world)
    ask = world.topics.topics

    def overtaken(*asked: Any) -> Any:
        done(world, "updatetopics", topicIds=[1])
        return ask(*asked)

    monkeypatch.setattr(world.topics, "topics", overtaken)
    assert world.work() == []
    assert ticket(world).topicIDs == [1]


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_what_a_representative_edits_to_be_no_spam_before_its_run_stays(world: World, method: str) -> None:
    create(world, isSpam=True, subject="You won the lottery")
    if method == "PATCH":
        change(world, isSpam=False)
    else:
        world.call("PUT", "/api/Tickets/1", body=a_body(subject="You won the lottery")).as_expected(200)
    assert world.work() == []
    now = ticket(world)
    assert (now.isProcessed, now.isSpam, now.isClosed) == (True, False, False)


@pytest.mark.parametrize("isSpam", [True, False])
def test_what_a_representative_edits_while_it_runs_stays(
    world: World, monkeypatch: pytest.MonkeyPatch, isSpam: bool
) -> None:
    create(world, subject="You won the lottery")
    ask = world.spam.verdict

    def overtaken(*asked: Any) -> Any:
        change(world, isSpam=True)
        change(world, isSpam=isSpam)
        return ask(*asked)

    monkeypatch.setattr(world.spam, "verdict", overtaken)
    assert world.work() == []
    now = ticket(world)
    assert (now.isProcessed, now.isSpam, now.isClosed) == (True, isSpam, isSpam)


def test_an_edit_teaches_nothing_and_yields_to_a_filter_that_is_asked_by_hand(world: World) -> None:
    world.keep(isSpam=True, subject="You won the lottery")
    change(world, isSpam=False)
    assert (ticket(world).taughtSpam, world.jobs.sent) == (None, [])
    bulk(world, "detectspam").as_expected(200)
    assert world.work() == []
    assert ticket(world).isSpam


def test_an_edit_of_something_else_leaves_the_filter_its_say(world: World) -> None:
    create(world, subject="You won the lottery")
    change(world, summary="A prize")
    assert world.work() == []
    assert ticket(world).isSpam


def test_what_a_representative_does_meanwhile_stays(world: World) -> None:
    bind(world, {"type": "SetImportant", "hookName": "PreSpam"})
    create(world)
    rep = {"subject": "Another", "isProcessed": True}
    patch = {"Content_Type": "application/merge-patch+json"}
    world.store.before_next_write(lambda: world.call("PATCH", "/api/Tickets/1", body=rep, **patch).as_expected(200))
    assert world.work() == []
    now = ticket(world)
    assert (now.subject, now.isImportant, now.isProcessed) == ("Another", True, True)
