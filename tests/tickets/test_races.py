"""Changes that meet another's: none is lost, and whoever cannot win in time is told so."""

from typing import Any

import pytest

from tests.builders import A_CALL, BOB, a_body
from tests.world import Answer, World
from ticketing.kernel.ports import Contended

PATH = "/api/Tickets/1"
MERGE = "application/merge-patch+json"


def patch(world: World, by: str = "rep-11", headers: dict[str, str] | None = None, **fields: Any) -> Answer:
    return world.call("PATCH", PATH, by, fields, content_type=MERGE, **headers or {})


def test_a_patch_is_applied_to_the_newest_version(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: patch(world, summary="theirs").as_expected(200))
    answer = patch(world, preview="ours").as_expected(200)
    assert (answer.json["summary"], answer.json["preview"], answer.headers["ETag"]) == ("theirs", "ours", '"3"')


def test_a_patch_with_a_condition_does_not_overrun_another(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: patch(world, summary="theirs").as_expected(200))
    patch(world, headers={"if_match": '"1"'}, preview="ours").refused(412, "PreconditionFailed")


def test_a_put_replaces_whatever_the_newest_version_holds(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: patch(world, summary="theirs").as_expected(200))
    answer = world.call("PUT", PATH, body=a_body(subject="ours")).as_expected(200)
    assert (answer.json["summary"], answer.json["subject"], answer.headers["ETag"]) == (None, "ours", '"3"')


def test_what_another_has_done_already_is_not_done_again(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: patch(world, summary="same").as_expected(200))
    assert patch(world, summary="same").as_expected(200).headers["ETag"] == '"2"'


def test_a_permission_that_is_lost_meanwhile_is_lost(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: patch(world, customerRepID=BOB).as_expected(200))
    patch(world, "rep-13", summary="mine").refused(403, "Forbidden")
    world.call("PATCH", PATH, body={"customerRepID": None}, content_type=MERGE).as_expected(200)
    world.store.before_next_write(lambda: patch(world, customerRepID=BOB).as_expected(200))
    world.call("DELETE", PATH, "rep-13").refused(403, "Forbidden")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_ticket_that_is_deleted_meanwhile_is_not_found(world: World, method: str) -> None:
    world.keep()
    world.store.before_next_write(lambda: world.call("DELETE", PATH).as_expected(204))
    body = {"PUT": a_body(subject="x"), "PATCH": [{"op": "add", "path": "/subject", "value": "x"}]}.get(method)
    world.call(method, PATH, body=body).refused(404, "NotFound")


def test_a_deletion_takes_the_newest_version_with_it(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: patch(world, summary="theirs").as_expected(200))
    world.call("DELETE", PATH).as_expected(204)
    assert not world.store.kept


def test_a_deletion_with_a_condition_spares_a_newer_version(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: patch(world, summary="theirs").as_expected(200))
    world.call("DELETE", PATH, if_match='"1"').refused(412, "PreconditionFailed")
    assert world.store.kept


def test_of_two_who_want_one_call_one_gets_it(world: World) -> None:
    world.keep()
    world.keep()
    body = a_body(twilio_CallSid=A_CALL)
    world.store.before_next_write(lambda: world.call("PUT", "/api/Tickets/2", body=body).as_expected(200))
    world.call("PUT", PATH, body=body).refused(409, "DuplicateCall")


def test_a_change_that_is_contended_for_a_moment_is_made(world: World) -> None:
    def contended() -> None:
        raise Contended

    world.keep()
    world.store.before_next_write(contended)
    patch(world, summary="ours").as_expected(200)
    world.store.before_next_write(contended)
    world.call("DELETE", PATH).as_expected(204)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_change_that_loses_for_its_whole_deadline_says_so(world: World, method: str) -> None:
    def overtake() -> None:
        ticket = world.store.kept[1, 1]
        world.store.kept[1, 1] = ticket.model_copy(update={"version": ticket.version + 1})

    world.keep()
    world.store.interfere = overtake
    world.patience = 1.05
    body = {"PUT": a_body(subject="x"), "PATCH": [{"op": "add", "path": "/subject", "value": "x"}]}.get(method)
    assert int(world.call(method, PATH, body=body).refused(409, "Conflict").headers["Retry-After"]) > 0
