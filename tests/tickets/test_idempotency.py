"""Idempotency-Key on POST /api/Tickets: a request sent again has its effect once."""

from typing import Any

import pytest

from tests.builders import A_CALL, a_body
from tests.world import Answer, World
from ticketing.directory.model import Rep
from ticketing.kernel.ports import LIFETIME, AlreadyDone, Contended

PATH = "/api/Tickets"


def post(world: World, body: Any = None, key: str = "k", by: str = "rep-11") -> Answer:
    return world.call("POST", PATH, by, body or a_body(), idempotency_key=key)


def test_the_same_again_makes_nothing_new(world: World) -> None:
    first = post(world).as_expected(201)
    again = post(world).as_expected(201)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json == first.json
    assert {name: again.headers[name] for name in ("Location", "ETag")} == {
        name: first.headers[name] for name in ("Location", "ETag")
    }
    assert len(world.store.kept) == 1


@pytest.mark.parametrize(
    "body",
    [
        '{"channelType":"Email","subject":"Where is my parcel?","status":"Open"}',
        '{ "status" : "Open", "subject":"Where is my p\\u0061rcel?",\n"channelType":"Email"}',
    ],
)
def test_bodies_are_compared_as_json_values(world: World, body: str) -> None:
    post(world).as_expected(201)
    assert post(world, body).as_expected(201).headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize(
    "body", [a_body(subject="other"), a_body(uid=None), a_body(isSpam=False), a_body(ticketID=1), a_body(channelID=1)]
)
def test_another_body_is_refused(world: World, body: Any) -> None:
    post(world).as_expected(201)
    post(world, body).refused(422, "KeyReused", ["Idempotency-Key"])
    assert len(world.store.kept) == 1


def test_true_is_not_1(world: World) -> None:
    post(world, a_body(topics=True)).as_expected(201)
    post(world, a_body(topics=1)).refused(422, "KeyReused")


def test_a_replay_shows_the_ticket_as_it_is_now(world: World) -> None:
    post(world).as_expected(201)
    world.call("PATCH", f"{PATH}/1", body=[{"op": "add", "path": "/subject", "value": "new"}]).as_expected(200)
    again = post(world).as_expected(201)
    assert (again.json["subject"], again.headers["ETag"]) == ("new", '"2"')


def test_a_replay_of_what_has_been_deleted_is_not_found(world: World) -> None:
    post(world).as_expected(201)
    world.call("DELETE", f"{PATH}/1").as_expected(204)
    post(world).refused(404, "NotFound")
    assert not world.store.kept


def test_a_key_counts_for_24_hours(world: World) -> None:
    post(world).as_expected(201)
    world.tokens.known["rep-11"] = {**world.tokens.known["rep-11"], "exp": world.clock.seconds() + 2 * LIFETIME}
    world.clock.pass_(LIFETIME - 1)
    assert post(world).as_expected(201).json["ticketID"] == 1
    world.clock.pass_(1)
    again = post(world, a_body(subject="other")).as_expected(201)
    assert again.json["ticketID"] == 2
    assert "Idempotent-Replayed" not in again.headers


def test_a_key_is_its_principals_own(world: World) -> None:
    tickets = [
        post(world, by=by).as_expected(201).json for by in ("rep-11", "rep-12", "rep-21", "channel-3", "channel-4")
    ]
    assert [ticket["ticketID"] for ticket in tickets] == [1, 2, 1, 3, 4]


@pytest.mark.parametrize("key", ["k", "x" * 255, " ~!", "0b8f6f0e-9c57-4f0e-8c52-111111111111"])
def test_a_key_is_any_printable_ascii(world: World, key: str) -> None:
    post(world, key=key).as_expected(201)
    assert post(world, key=key).headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\tb", "\x7f", "\n"])
def test_a_malformed_key_is_refused(world: World, key: str) -> None:
    post(world, key=key).refused(400, "InvalidRequest", ["Idempotency-Key"])


def test_what_is_refused_uses_no_key_up(world: World) -> None:
    post(world, a_body(subject="")).refused(400, "InvalidRequest")
    world.keep(twilio_CallSid=A_CALL)
    post(world, a_body(twilio_CallSid=A_CALL)).refused(409, "DuplicateCall")
    assert not world.receipts.kept
    assert "Idempotent-Replayed" not in post(world).as_expected(201).headers


def test_without_a_key_the_same_again_is_another(world: World) -> None:
    ids = [world.call("POST", PATH, body=a_body()).json["ticketID"] for _ in range(2)]
    assert ids == [1, 2]


def test_a_key_stays_with_a_rep_whose_role_changes(world: World) -> None:
    post(world, by="rep-13").as_expected(201)
    world.directory.kept[1, "rep#13"] = Rep(repID=13, name="Ann", role="Supervisor")
    world.tokens.known["promoted"] = {**world.tokens.known["rep-13"], "role": "Supervisor"}
    assert post(world, by="promoted").as_expected(201).headers["Idempotent-Replayed"] == "true"


def test_whoever_loses_a_race_gets_the_winners_answer(world: World) -> None:
    world.store.before_next_write(lambda: post(world).as_expected(201))
    answer = post(world).as_expected(201)
    assert answer.headers["Idempotent-Replayed"] == "true"
    assert len(world.store.kept) == 1


def test_whoever_loses_a_race_with_another_body_is_refused(world: World) -> None:
    world.store.before_next_write(lambda: post(world, a_body(subject="other")).as_expected(201))
    post(world).refused(422, "KeyReused")
    assert len(world.store.kept) == 1


def test_whoever_cannot_wait_for_the_winner_is_told_that_the_key_is_in_use(world: World) -> None:
    def won() -> None:
        raise AlreadyDone

    world.store.interfere = won
    world.patience = 1
    assert post(world).refused(409, "KeyInUse").headers["Retry-After"]


def test_whoever_loses_to_others_until_the_deadline_is_a_conflict_with_a_key_too(world: World) -> None:
    def contend() -> None:
        raise Contended

    world.store.interfere = contend
    world.patience = 1
    assert post(world).refused(409, "Conflict").headers["Retry-After"]
    assert world.call("POST", PATH, body=a_body()).refused(409, "Conflict").headers["Retry-After"]
