"""What a request tells its handler, and what it refuses to."""

import pytest

from tests.functions.events import an_event
from ticketing.errors import InternalError
from ticketing.usecases.deadline import Deadline
from ticketing.web.request import Request
from ticketing.web.routes import matched


def test_a_public_request_has_no_caller_to_ask_for() -> None:
    route, parameters = matched("GET", "/api/health")
    request = Request(an_event("GET", "/api/health"), route, parameters, None, Deadline(0))
    with pytest.raises(InternalError):
        _ = request.caller
    with pytest.raises(InternalError):
        _ = request.representative
