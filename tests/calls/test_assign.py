"""PUT /api/Tickets/{id}/assign: who may take which ticket, and what comes of two who want the same."""

from typing import Any

import pytest

from tests.builders import ADMIN, ANN, BOB, RIK, SUPERVISOR
from tests.world import Answer, World

PATH = "/api/Tickets/1/assign"
MERGE = "application/merge-patch+json"
REPS = {"rep-11": ADMIN, "rep-12": SUPERVISOR, "rep-13": ANN}


def assign(world: World, by: str = "rep-13", **headers: str) -> Answer:
    return world.call("PUT", PATH, by, **headers)


def give(world: World, repID: int | None) -> Answer:
    fields = {"customerRepID": repID}
    return world.call("PATCH", "/api/Tickets/1", "rep-11", fields, content_type=MERGE).as_expected(200)


@pytest.mark.parametrize(("by", "repID"), REPS.items())
def test_a_free_ticket_goes_to_the_caller(world: World, by: str, repID: int) -> None:
    world.keep()
    answer = assign(world, by).as_expected(200)
    read = world.call("GET", "/api/Tickets/1")
    assert answer.json == {**read.json, "callForward": "notApplicable"}
    assert answer.json["customerRepID"] == repID
    assert answer.json["customerRepName"]
    assert answer.headers["ETag"] == read.headers["ETag"] == '"2"'
    assert "Idempotent-Replayed" not in answer.headers


@pytest.mark.parametrize("by", REPS)
def test_taking_what_one_has_changes_nothing(world: World, by: str) -> None:
    world.keep(customerRepID=REPS[by])
    assert assign(world, by).as_expected(200).headers["ETag"] == '"1"'


def test_a_closed_ticket_may_be_taken(world: World) -> None:
    world.keep(status="Closed")
    assert assign(world).as_expected(200).json["isClosed"] is True


@pytest.mark.parametrize("by", ["rep-11", "rep-12"])
def test_an_administrator_or_supervisor_takes_over(world: World, by: str) -> None:
    world.keep(customerRepID=BOB)
    assert assign(world, by).as_expected(200).json["customerRepID"] == REPS[by]


def test_an_agent_does_not_take_from_another(world: World) -> None:
    world.keep(customerRepID=BOB)
    assign(world).refused(409, "AlreadyAssigned", [])
    assert world.store.kept[1, 1].customerRepID == BOB


def test_an_agent_who_sees_every_ticket_does_not_take_from_another_either(world: World) -> None:
    world.keep(customerID=2, customerRepID=21)
    assign(world, "rep-22").refused(409, "AlreadyAssigned", [])


@pytest.mark.parametrize("holder", [None, BOB, ADMIN])
def test_a_restricted_representative_takes_nothing(world: World, holder: int | None) -> None:
    world.keep(customerRepID=holder)
    assign(world, "rep-15").refused(403, "Forbidden", [])


def test_a_restricted_representative_keeps_their_own(world: World) -> None:
    world.keep(customerRepID=RIK)
    assert assign(world, "rep-15").as_expected(200).json["customerRepID"] == RIK


@pytest.mark.parametrize("by", ["rep-13", "rep-11"])
def test_of_two_who_race_for_a_free_ticket_one_gets_it(world: World, by: str) -> None:
    world.keep()
    world.store.before_next_write(lambda: assign(world, "rep-14").as_expected(200))
    assign(world, by).refused(409, "AlreadyAssigned", [])
    assert world.store.kept[1, 1].customerRepID == BOB


def test_who_takes_over_does_so_whoever_has_it_by_then(world: World) -> None:
    world.keep(customerRepID=BOB)
    world.store.before_next_write(lambda: give(world, RIK))
    assert assign(world, "rep-11").as_expected(200).json["customerRepID"] == ADMIN


def test_what_others_change_meanwhile_is_kept(world: World) -> None:
    world.keep()
    fields = {"subject": "theirs"}
    world.store.before_next_write(lambda: world.call("PATCH", "/api/Tickets/1", body=fields, content_type=MERGE))
    answer = assign(world).as_expected(200)
    assert (answer.json["subject"], answer.json["customerRepID"], answer.headers["ETag"]) == ("theirs", ANN, '"3"')


def test_an_agent_takes_what_was_given_back_meanwhile(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: (give(world, BOB), give(world, None)))
    assert assign(world).as_expected(200).json["customerRepID"] == ANN


def test_a_ticket_that_is_deleted_meanwhile_is_not_found(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: world.call("DELETE", "/api/Tickets/1").as_expected(204))
    assign(world).refused(404, "NotFound", [])


@pytest.mark.parametrize("body", ["{}", " {} ", None])
def test_there_is_no_body_or_an_empty_object(world: World, body: str | None) -> None:
    world.keep()
    world.call("PUT", PATH, "rep-13", body).as_expected(200)


def test_without_a_body_its_media_type_does_not_count(world: World) -> None:
    world.keep()
    assign(world, content_type="text/plain").as_expected(200)


@pytest.mark.parametrize(
    ("body", "pointers"),
    [("[]", [""]), ("null", [""]), ('{"customerRepID":14,"forward":false}', ["/customerRepID", "/forward"]), ("x", [])],
)
def test_any_other_body_is_refused(world: World, body: str, pointers: list[str]) -> None:
    world.keep()
    world.call("PUT", PATH, "rep-13", body).refused(400, "InvalidRequest", pointers)


@pytest.mark.parametrize("query", ["forward=no", "forward=TRUE", "forward=1", "forward=false&forward=true"])
def test_forward_is_true_or_false(world: World, query: str) -> None:
    world.keep()
    world.call("PUT", PATH, "rep-13", query=query).refused(400, "InvalidRequest", ["forward"])


@pytest.mark.parametrize("query", ["", "forward=", "forward=true", "forward=false", "other=1"])
def test_other_parameters_do_not_count(world: World, query: str) -> None:
    world.keep()
    world.call("PUT", PATH, "rep-13", query=query).as_expected(200)


def test_a_condition_is_kept(world: World) -> None:
    world.keep()
    assign(world, if_match='"2"').refused(412, "PreconditionFailed", ["If-Match"])
    assign(world, if_match='W/"1"').refused(412, "PreconditionFailed", ["If-Match"])
    assign(world, if_match="1").refused(400, "InvalidRequest", ["If-Match"])
    assign(world, if_match='"1"').as_expected(200)
    assign(world, if_match="*").as_expected(200)


def test_a_condition_is_looked_at_anew_with_every_version(world: World) -> None:
    world.keep()
    fields = {"subject": "theirs"}
    world.store.before_next_write(lambda: world.call("PATCH", "/api/Tickets/1", body=fields, content_type=MERGE))
    assign(world, if_match='"1"').refused(412, "PreconditionFailed", ["If-Match"])


def test_what_is_refused_first(world: World) -> None:
    world.keep(customerRepID=BOB)
    world.keep(customerID=2)
    stale: dict[str, Any] = {"if_match": '"9"'}
    world.call("PUT", PATH, None).refused(401, "Unauthorized")
    world.call("PUT", PATH, "channel-3").refused(403, "Forbidden")
    world.call("PUT", "/api/Tickets/x/assign", "rep-13", "[]").refused(400, "InvalidRequest")
    world.call("PUT", "/api/Tickets/x/assign", "rep-13", if_match="x").refused(400, "InvalidRequest")
    world.call("PUT", "/api/Tickets/x/assign", "rep-13", idempotency_key="").refused(400, "InvalidRequest")
    world.call("PUT", PATH, "rep-13", "{}", content_encoding="gzip").refused(415, "UnsupportedMediaType")
    world.call("PUT", PATH, "rep-13", "{}", content_type="text/plain").refused(415, "UnsupportedMediaType")
    for ticketID in ("0", "2", "01", "1.0", "x", "9007199254740992"):
        world.call("PUT", f"/api/Tickets/{ticketID}/assign", "rep-13", **stale).refused(404, "NotFound")
    assign(world, "rep-15", **stale).refused(403, "Forbidden")
    assign(world, **stale).refused(412, "PreconditionFailed")
    assign(world).refused(409, "AlreadyAssigned")
