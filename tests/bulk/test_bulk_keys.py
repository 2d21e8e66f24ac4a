"""Idempotency-Key on PUT /api/Tickets/bulk: each ticket is changed once per key, through crashes too."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tests.builders import acme
from tests.bulk.test_bulk import bulk, ticket
from tests.world import Answer, World
from ticketing.errors import Unavailable
from ticketing.kernel.idempotency import LEASE
from ticketing.kernel.ports import LIFETIME

TICKETS = [1, 2, 3, 4]


class Killed(BaseException):
    """The function ends here, whatever it was about to do."""


def four(world: World) -> None:
    for _ in TICKETS:
        world.keep()


def closed(world: World) -> list[bool]:
    return [ticket(world, each).isClosed for each in TICKETS]


def invert(world: World, key: str = "k", by: str = "rep-11", **fields: Any) -> Answer:
    return bulk(world, "invertstate", TICKETS, key=key, by=by, **fields)


def dies_before_write(world: World, number: int, action: Callable[[], object]) -> None:
    """Does something, and is killed before it writes to a ticket for the n-th time, counted from 0."""
    writes = count()

    def interfere() -> None:
        if next(writes) == number:
            raise Killed

    world.store.interfere = interfere
    with pytest.raises(Killed):
        action()
    world.store.interfere = lambda: None


def test_the_same_again_is_answered_and_not_done(world: World) -> None:
    four(world)
    first = bulk(world, "invertstate", [*TICKETS, 9], key="k").as_expected(200)
    again = bulk(world, "invertstate", [*TICKETS, 9], key="k").as_expected(200)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json == first.json
    assert closed(world) == [True] * 4


def test_another_key_is_another_request(world: World) -> None:
    four(world)
    invert(world, "k").as_expected(200)
    invert(world, "K").as_expected(200)
    assert closed(world) == [False] * 4


def test_another_callers_key_is_another_key(world: World) -> None:
    four(world)
    invert(world).as_expected(200)
    invert(world, by="rep-12").as_expected(200)
    assert closed(world) == [False] * 4


def test_another_body_is_refused(world: World) -> None:
    four(world)
    invert(world).as_expected(200)
    invert(world, customerRepID=0).refused(422, "KeyReused")


def test_a_key_counts_for_24_hours(world: World) -> None:
    four(world)
    invert(world).as_expected(200)
    world.clock.pass_(LIFETIME)
    world.tokens.known["rep-11"] = {**world.tokens.known["rep-11"], "exp": world.clock.seconds() + 60}
    invert(world).as_expected(200)
    assert closed(world) == [False] * 4


def test_while_one_is_under_way_the_key_is_in_use(world: World) -> None:
    four(world)
    world.store.before_next_write(lambda: invert(world).refused(409, "KeyInUse"))
    invert(world).as_expected(200)
    assert closed(world) == [True] * 4


@pytest.mark.parametrize("point", TICKETS)
def test_after_a_crash_a_retry_does_only_what_is_missing(world: World, point: int) -> None:
    four(world)
    dies_before_write(world, point - 1, lambda: invert(world))
    assert closed(world) == [each < point for each in TICKETS]
    assert invert(world).refused(409, "KeyInUse").headers["Retry-After"]
    world.clock.pass_(LEASE)
    assert LEASE <= 30
    retried = invert(world).as_expected(200)
    assert "Idempotent-Replayed" not in retried.headers
    assert retried.json["succeeded"] == TICKETS
    assert closed(world) == [True] * 4
    assert invert(world).as_expected(200).headers["Idempotent-Replayed"] == "true"
    assert closed(world) == [True] * 4


def test_a_retry_of_a_crashed_request_with_another_body_is_refused(world: World) -> None:
    four(world)
    dies_before_write(world, 1, lambda: invert(world))
    world.clock.pass_(LEASE)
    invert(world, customerRepID=0).refused(422, "KeyReused")


def test_what_others_do_before_the_retry_stands(world: World) -> None:
    four(world)
    dies_before_write(world, 2, lambda: invert(world))
    bulk(world, "open", [1]).as_expected(200)
    bulk(world, "invertstate", TICKETS, key="other").as_expected(200)
    world.clock.pass_(LEASE)
    invert(world).as_expected(200)
    assert closed(world) == [True, False, False, False]


def test_what_others_make_of_a_ticket_that_needed_no_change_stands(world: World) -> None:
    four(world)
    bulk(world, "close", [1]).as_expected(200)
    dies_before_write(world, 1, lambda: bulk(world, "close", TICKETS, key="k"))
    bulk(world, "open", [1]).as_expected(200)
    world.clock.pass_(LEASE)
    assert bulk(world, "close", TICKETS, key="k").as_expected(200).json["succeeded"] == TICKETS
    assert closed(world) == [False, True, True, True]


@pytest.mark.parametrize("action", ["delete", "deletecleanup"])
def test_what_a_crashed_request_has_deleted_has_succeeded(world: World, action: str) -> None:
    world.directory.load(acme(cleanupDays=0))
    four(world)
    dies_before_write(world, 2, lambda: bulk(world, action, TICKETS, key="k"))
    assert len(world.store.kept) == 2
    world.clock.pass_(LEASE)
    retried = bulk(world, action, TICKETS, key="k").as_expected(200)
    assert (retried.json["succeeded"], retried.json["failed"]) == (TICKETS, [])
    assert not world.store.kept


def test_a_retry_after_a_crash_queues_the_same_jobs_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    four(world)

    def die(_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(world.claims, "settle", die)
        with pytest.raises(Killed):
            bulk(world, "detectspam", TICKETS, key="k", customerRepID=13)
    first, world.jobs.sent = world.jobs.sent, []
    world.clock.pass_(LEASE)
    assert bulk(world, "detectspam", TICKETS, key="k", customerRepID=13).as_expected(200).json["queued"] == TICKETS
    assert world.jobs.sent == first
    assert len(first) == 4


def test_without_a_key_every_request_queues_jobs_of_its_own(world: World) -> None:
    world.keep()
    bulk(world, "detectspam").as_expected(200)
    bulk(world, "detectspam").as_expected(200)
    one, other = world.jobs.sent
    assert one != other


def test_a_request_that_fails_whole_leaves_the_key_free(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Unavailable("The store is busy.")

    four(world)
    with monkeypatch.context() as patched:
        patched.setattr(world.store, "get_many", refuse)
        invert(world).refused(503, "Unavailable")
    assert not world.claims.kept
    invert(world).as_expected(200)
    assert closed(world) == [True] * 4


def test_what_was_not_reached_is_told_again_and_not_done(world: World) -> None:
    four(world)
    world.patience = 0
    first = invert(world).as_expected(200)
    world.patience = 20
    assert invert(world).as_expected(200).json == first.json
    assert [failure["status"] for failure in first.json["failed"]] == [503] * 4
    assert closed(world) == [False] * 4
    invert(world, "new").as_expected(200)
    assert closed(world) == [True] * 4


def test_a_request_that_was_taken_for_dead_is_told_so(world: World) -> None:
    four(world)

    def be_late() -> None:
        world.clock.pass_(LEASE)
        invert(world).as_expected(200)

    world.store.before_next_write(be_late)
    invert(world).refused(409, "KeyInUse")
    assert closed(world) == [True] * 4


@pytest.mark.parametrize("key", ["", "k" * 256, "ключ"])
def test_a_malformed_key_is_refused(world: World, key: str) -> None:
    four(world)
    body = {"ticketIDs": TICKETS, "action": "invertstate"}
    world.call("PUT", "/api/Tickets/bulk", body=body, idempotency_key=key).refused(400, "InvalidRequest")
    assert closed(world) == [False] * 4
