"""Checks what fails behind the API, and what it says then: never an internal, never a 500 for what will pass."""

import io
import json
import urllib.request
from collections.abc import Callable
from email.message import Message
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.gateway import an_event
from tests.world import World
from ticketing.calls.twilio import Account
from ticketing.directory.issuer import fetch_jwks
from ticketing.directory.jwt import UNCHECKED, SharedSecret
from ticketing.directory.key_sets import parse_jwks
from ticketing.errors import TicketingError, Unavailable
from ticketing.telemetry import logger


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Return what the functions log."""
    stream = io.StringIO()
    monkeypatch.setattr(logger().registered_handler, "stream", stream)
    return stream


def failing(error: Exception) -> Any:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


def test_a_dependency_that_does_not_answer_is_unavailable(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.store, "get", failing(Unavailable("The store does not answer.")))
    answer = world.call("GET", "/api/Tickets/1").refused(503, "Unavailable", [])
    assert int(answer.headers["Retry-After"]) > 0


def test_the_log_names_the_call_that_failed_and_the_client_does_not_learn_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    refused = Unavailable("The store does not answer.", about="GetItem of TicketsTable: AccessDeniedException")
    monkeypatch.setattr(world.store, "get", failing(refused))
    answer = world.call("GET", "/api/Tickets/1").refused(503, "Unavailable", [])
    assert "GetItem of TicketsTable: AccessDeniedException" in log.getvalue()
    assert "GetItem" not in str(answer.text)


SECRET = "nobody-may-read-this"


def refuse(*_: object, **__: object) -> None:
    raise HTTPError(f"https://id.example/{SECRET}", 401, SECRET, Message(), None)


FAULTS_OF_THE_HOUSE: dict[str, tuple[Callable[[], object], str]] = {
    "a secret of tokens that is too short": (lambda: SharedSecret(lambda: SECRET).key({}), "fewer than 32 bytes"),
    "a key set that is none": (lambda: parse_jwks(json.dumps({"keys": SECRET}), "RS256"), "no JWKS: AttributeError"),
    "a key set that is refused": (lambda: fetch_jwks(f"https://id.example/{SECRET}"), "cannot be read: 401"),
    "malformed telephony credentials": (lambda: Account.parsed(json.dumps({"sid": SECRET})), "are malformed"),
}


@pytest.mark.parametrize("fault", FAULTS_OF_THE_HOUSE)
def test_the_operators_own_fault_is_told_to_the_log_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, fault: str
) -> None:
    raising, reason = FAULTS_OF_THE_HOUSE[fault]
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr(world.directory, "entries", lambda *_: raising())
    answer = world.call("GET", "/api/Tickets/1").refused(503, "Unavailable", [])
    assert answer.json["detail"] in (UNCHECKED, "Telephony does not answer.")
    assert reason in log.getvalue()
    assert reason not in str(answer.text)
    assert SECRET not in log.getvalue() + str(answer.text)


def test_a_failure_without_another_reason_is_logged_by_its_detail(
    world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    monkeypatch.setattr(world.store, "get", failing(Unavailable("The store is busy.")))
    world.call("GET", "/api/Tickets/1").refused(503, "Unavailable", [])
    assert "Unavailable The store is busy." in log.getvalue()


def test_a_directory_that_does_not_answer_lets_nobody_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.directory, "entries", failing(Unavailable("The store does not answer.")))
    world.call("GET", "/api/Tickets/1").refused(503, "Unavailable", [])


def test_a_defect_tells_nothing_but_the_request_it_happened_in(
    world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    monkeypatch.setattr(world.store, "get", failing(RuntimeError("secret of the house")))
    answer = world.call("GET", "/api/Tickets/1").refused(500, "InternalError", [])
    assert "secret" not in str(answer.text)
    assert "test_failures.py" in log.getvalue()
    assert "secret of the house" not in log.getvalue()


def test_what_is_logged_holds_no_bodies_tokens_or_queries(world: World, log: io.StringIO) -> None:
    body = {"status": "Open", "subject": "my-subject", "channelType": "Email", "uid": "my-uid", "x": "my-unknown"}
    world.call("POST", "/api/Tickets", body=body)
    world.call("POST", "/api/Tickets", body={name: value for name, value in body.items() if name != "x"})
    world.call("GET", "/api/Tickets", query="uid=my-uid")
    logged = log.getvalue()
    assert "my-" not in logged
    assert "Bearer" not in logged
    lines = [json.loads(line) for line in logged.splitlines()]
    assert [line["status"] for line in lines] == [400, 201, 200]
    assert all(line["requestId"] and line["customerID"] == 1 for line in lines)


@pytest.mark.parametrize("error", TicketingError.__subclasses__(), ids=lambda error: error.__name__)
def test_every_refusal_is_a_problem(world: World, monkeypatch: pytest.MonkeyPatch, error: type[TicketingError]) -> None:
    world.is_described = False  # most of these a read never meets
    refusal = error.__new__(error)
    TicketingError.__init__(refusal, "Because.")  # some word themselves
    monkeypatch.setattr(world.store, "get", failing(refusal))
    world.call("GET", "/api/Tickets/1").refused(error.status, error.__name__, [])


def test_a_clients_request_id_is_ignored(world: World) -> None:
    world.call("GET", "/api/Tickets/1", x_request_id="mine").refused(404, "NotFound")


def test_an_event_without_a_body_a_query_or_an_encoding_is_answered(world: World) -> None:
    event = an_event("GET", "/api/Tickets", headers={"authorization": "Bearer rep-11"})
    del event["rawQueryString"], event["isBase64Encoded"]
    world.invoke("tickets", event).as_expected(200)
