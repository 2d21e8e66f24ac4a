"""The worker: detecting, teaching, cleaning up. Hooks have tests of their own."""

from typing import Any

import pytest

from tests.builders import ACME, GLOBEX
from tests.bulk.test_bulk import bulk, done, ticket
from tests.world import World
from ticketing.errors import Unavailable
from ticketing.jobs.job import CleanUp, Teach
from ticketing.learning.verdict import SpamVerdict
from ticketing.tickets.ticket_view import TicketView

SPAM = {"lottery": SpamVerdict(isSpam=True, score=990), "parcel": SpamVerdict(isSpam=False, score=12)}


def say(world: World, body: str, ticketID: int = 1, direction: str = "EndUser") -> None:
    message = {"ticketID": ticketID, "body": body, "direction": direction}
    world.call("POST", "/api/TicketMessages", body=message).as_expected(201)


def queued(world: World, action: str, **fields: Any) -> None:
    assert bulk(world, action, **fields).as_expected(200).json["queued"] == [1]


def test_what_is_found_to_be_spam_is_marked_and_closed_without_teaching(world: World) -> None:
    world.spam.script = SPAM
    world.keep(subject="You won the lottery")
    queued(world, "detectspam")
    assert world.work() == []
    now = ticket(world)
    assert (now.isSpam, now.isClosed, now.spamVerdict, now.spamScore) == (True, True, True, 990)
    assert (now.taughtSpam, world.jobs.sent, world.spam.learnt.lessons) == (None, [], {})
    done(world, "notspam")
    assert not ticket(world).isClosed


def test_what_is_found_to_be_none_stays_as_it_is_but_for_the_score(world: World) -> None:
    world.spam.script = SPAM
    before = world.keep(isSpam=True)
    queued(world, "detectspam")
    world.work()
    now = ticket(world)
    assert (now.spamVerdict, now.spamScore) == (False, 12)
    assert now == before.model_copy(update={"spamVerdict": False, "spamScore": 12, "version": 2})


def test_what_is_not_known_changes_nothing(world: World) -> None:
    before = world.keep()
    for action in ("detectspam", "detecttopics"):
        queued(world, action)
    assert world.work() == []
    assert ticket(world) == before


def test_decisions_and_scores_are_not_shown() -> None:
    assert not {"spamVerdict", "spamScore", "topicScores", "taughtSpam", "removeAt"} & TicketView.model_fields.keys()


def test_the_subject_and_what_the_end_user_wrote_first_is_looked_at(world: World) -> None:
    world.keep(subject="The subject")
    for number in range(25):
        say(world, f"message {number}")
        say(world, f"answer {number}", direction="Representative")
    queued(world, "detectspam")
    world.work()
    assert world.spam.asked == ["\n".join(["The subject", *(f"message {number}" for number in range(10))])]


def test_a_text_is_cut(world: World) -> None:
    world.keep(subject="s")
    for _ in range(2):
        say(world, "b" * 50_000)
    queued(world, "detectspam")
    world.work()
    assert [len(text) for text in world.spam.asked] == [50_000]


def test_topics_that_are_found_are_set(world: World) -> None:
    world.topics.script = {"parcel": {2: 700, 1: 150, 9: 100}}
    world.keep(topicIDs=[1])
    queued(world, "detecttopics")
    assert world.work() == []
    now = ticket(world)
    assert (now.topicIDs, now.topicScores) == ([2, 1], {"2": 700, "1": 150, "9": 100})
    assert (now.taughtTopicIDs, world.jobs.sent) == (None, [])


def test_a_job_that_is_brought_again_does_nothing_more(world: World) -> None:
    world.spam.script, world.topics.script = SPAM, {"lottery": {2: 700}}
    world.keep(subject="You won the lottery")
    queued(world, "detectspam")
    queued(world, "detecttopics")
    jobs = list(world.jobs.sent)
    world.work()
    done(world, "notspam")
    done(world, "updatetopics", topicIds=[1])
    before = ticket(world)
    world.jobs.sent = jobs
    assert world.work() == []
    assert ticket(world) == before


def test_a_ticket_that_is_gone_leaves_nothing_to_do(world: World) -> None:
    world.keep()
    for action in ("detectspam", "detecttopics", "executeactions"):
        queued(world, action)
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    assert world.work() == []


def test_a_job_that_fails_is_named_and_the_others_are_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.spam.script = SPAM
    world.keep(subject="lottery")
    world.keep(subject="lottery")
    bulk(world, "detectspam", [1, 2]).as_expected(200)
    ask = world.spam.verdict

    def falter(customerID: int, text: str) -> SpamVerdict | None:
        if not world.spam.asked:
            world.spam.asked.append("")
            raise Unavailable("The model is busy.")
        return ask(customerID, text)

    with monkeypatch.context() as patched:
        patched.setattr(world.spam, "verdict", falter)
        (failed,) = world.work()
    assert [ticket(world, each).isSpam for each in (1, 2)] == [each != failed.ticketID for each in (1, 2)]
    assert world.work() == []
    assert ticket(world, 1).isSpam


@pytest.mark.parametrize("body", ["", "{}", '{"job":"unknown","customerID":1,"ticketID":1}', "[]"])
def test_what_is_no_job_fails(world: World, body: str) -> None:
    answer = world.run("worker", {"Records": [{"messageId": "m", "body": body, "messageAttributes": {}}]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m"}]}


def test_a_lesson_is_taught_with_the_ticket_as_it_is(world: World) -> None:
    world.keep(subject="Hello")
    say(world, "You won the lottery")
    done(world, "spam")
    assert world.work() == []
    text = "Hello\nYou won the lottery"
    assert world.spam.learnt.lessons == {1: (3, text, True)}
    done(world, "updatetopics", topicIds=[2])
    world.work()
    assert world.topics.learnt.lessons == {1: (4, text, [2])}


def test_a_lesson_that_comes_late_or_again_changes_nothing(world: World) -> None:
    world.keep()
    done(world, "spam")
    (job,) = world.jobs.sent
    done(world, "notspam")
    world.work()
    learnt = dict(world.spam.learnt.lessons)
    world.jobs.sent = [job]
    world.work()
    assert world.spam.learnt.lessons == learnt
    assert learnt[1][2] is False


def test_a_ticket_that_is_deleted_teaches_its_last_lesson_before_its_messages_go(world: World) -> None:
    world.keep(subject="Hello")
    say(world, "You won the lottery")
    done(world, "spam")
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    teach, clean_up = world.jobs.sent
    assert isinstance(teach, Teach)
    assert isinstance(clean_up, CleanUp)
    assert world.work() == []
    assert world.spam.learnt.lessons == {1: (4, "Hello\nYou won the lottery", True)}
    assert [*world.messages.between(ACME, 1, 1, 1)] == []


def test_a_lesson_that_was_being_taught_when_its_ticket_was_deleted_does_not_shorten_the_last_one(world: World) -> None:
    world.keep(subject="Hello")
    say(world, "You won the lottery")
    done(world, "spam")
    before = ticket(world)
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    world.work()
    world.spam.learn(before, "Hello", isSpam=True)
    assert world.spam.learnt.lessons[1][1] == "Hello\nYou won the lottery"


def test_a_deleted_ticket_without_lessons_teaches_none(world: World) -> None:
    world.keep(customerID=GLOBEX)
    world.call("DELETE", "/api/Tickets/1", "rep-21").as_expected(204)
    (clean_up,) = world.jobs.sent
    assert isinstance(clean_up, CleanUp)
    assert clean_up.lesson is None
    assert world.work() == []
    assert world.spam.learnt.lessons == {}
