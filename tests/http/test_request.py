"""Checks what a request tells its handler, and what it refuses to."""

import pytest

from tests.gateway import an_event
from tests.world import World
from ticketing.errors import InternalError
from ticketing.http.request import Request
from ticketing.http.routes import matched
from ticketing.kernel.deadline import Deadline


def test_a_public_request_has_no_caller_to_ask_for() -> None:
    route, parameters = matched("GET", "/api/health")
    request = Request(an_event("GET", "/api/health"), route, parameters, None, Deadline(0), {})
    with pytest.raises(InternalError):
        _ = request.caller
    with pytest.raises(InternalError):
        _ = request.representative


def test_a_client_may_write_the_names_of_headers_in_any_case(world: World) -> None:
    ticket = world.keep()
    event = an_event("GET", f"/api/Tickets/{ticket.ticketID}")
    event["headers"] = {"Host": "api.example", "AUTHORIZATION": "Bearer rep-11", "If-None-Match": f'"{ticket.version}"'}
    assert world.invoke("tickets", event).status == 304
