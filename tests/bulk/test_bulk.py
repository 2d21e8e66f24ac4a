"""PUT /api/Tickets/bulk: what each action does, and what is answered."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import A_CALL, A_MOMENT, ACME, a_body, acme
from tests.world import Answer, World
from ticketing.jobs.job import Teach
from ticketing.tickets.model import Ticket

PATH = "/api/Tickets/bulk"
NOW = "2026-06-15T12:00:00.000Z"


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


def test_close_closes_and_open_reopens(world: World) -> None:
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


def test_delete_removes_the_ticket_and_frees_its_call(world: World) -> None:
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
    "message": lambda world: world.call(
        "POST", "/api/TicketMessages", body={"ticketID": 1, "body": "Hello?", "direction": "EndUser"}
    ),
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
