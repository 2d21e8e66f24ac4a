"""DELETE /api/Tickets/{id}."""

import pytest

from tests.builders import A_CALL, a_body
from tests.world import World

PATH = "/api/Tickets/1"


def test_a_deleted_ticket_is_gone(world: World) -> None:
    world.keep(twilio_CallSid=A_CALL)
    answer = world.call("DELETE", PATH).as_expected(204)
    assert answer.text is None
    world.call("GET", PATH).refused(404, "NotFound")
    world.call("PUT", PATH, body=a_body()).refused(404, "NotFound")
    world.call("PATCH", PATH, body=[]).refused(404, "NotFound")
    world.call("DELETE", PATH).refused(404, "NotFound")
    assert world.call("GET", "/api/Tickets").json["totalCount"] == 0


def test_the_id_of_a_deleted_ticket_is_not_given_again(world: World) -> None:
    world.keep()
    world.call("DELETE", PATH).as_expected(204)
    assert world.call("POST", "/api/Tickets", body=a_body()).json["ticketID"] == 2


@pytest.mark.parametrize(("tag", "status"), [('"1"', 204), ("*", 204), ('"2"', 412), ('W/"1"', 412), ("1", 400)])
def test_a_deletion_can_have_a_condition(world: World, tag: str, status: int) -> None:
    world.keep()
    world.call("DELETE", PATH, if_match=tag).as_expected(status)
    assert (world.store.get(1, 1) is None) == (status == 204)


def test_nobody_deletes_what_does_not_exist_whatever_the_condition(world: World) -> None:
    world.call("DELETE", PATH, if_match="*").refused(404, "NotFound")
    world.call("DELETE", PATH, if_match='"1"').refused(404, "NotFound")


def test_a_body_is_not_looked_at(world: World) -> None:
    world.keep()
    world.call("DELETE", PATH, body=b"\xff", content_type="text/plain").as_expected(204)
