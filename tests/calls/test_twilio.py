"""Calls that are forwarded through Twilio's REST API, here a server on this machine."""

import socket
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event, Thread
from urllib.parse import parse_qs

import pytest

from tests.builders import A_CALL
from tests.hooks.services import Service, serving
from tests.local_stack import wait_until
from ticketing.calls import twilio
from ticketing.calls.assignment import LATEST_START
from ticketing.calls.twilio import Account, Twilio
from ticketing.errors import Unavailable
from ticketing.kernel.timelimit import time_left, within

ACCOUNT = Account(accountSid="AC" + "1" * 32, authToken="secret")
NUMBER = "+3225550113"


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def forward(url: str, executor: ThreadPoolExecutor, number: str = NUMBER, account: Account | None = ACCOUNT) -> None:
    Twilio(url, lambda: account, lambda: executor).forward(A_CALL, number)


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as service:
        service.status = 200
        yield service


def base(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}"


@pytest.mark.parametrize("end", ["", "/"])
def test_a_call_is_updated_as_twilio_s_api_has_it(service: Service, executor: ThreadPoolExecutor, end: str) -> None:
    forward(base(service) + end, executor)
    ((path, headers, content),) = service.seen
    assert path == f"/2010-04-01/Accounts/{ACCOUNT.accountSid}/Calls/{A_CALL}.json"
    named = {name.lower(): value for name, value in headers.items()}
    assert named["content-type"] == "application/x-www-form-urlencoded"
    scheme, _, credentials = named["authorization"].partition(" ")
    assert (scheme, b64decode(credentials).decode()) == ("Basic", f"{ACCOUNT.accountSid}:secret")
    form = parse_qs(content.decode(), strict_parsing=True)
    assert form == {"Twiml": [f"<Response><Dial>{NUMBER}</Dial></Response>"]}


def test_a_number_is_nothing_but_text(service: Service, executor: ThreadPoolExecutor) -> None:
    forward(base(service), executor, "</Dial><Redirect>https://evil.example</Redirect>&Url=x")
    form = parse_qs(service.seen[0][2].decode(), strict_parsing=True)
    assert form.keys() == {"Twiml"}
    assert form["Twiml"][0].count("<") == 4


@pytest.mark.parametrize("status", [301, 302, 400, 401, 404, 429, 500, 503])
def test_a_refusal_is_told_and_nothing_is_sent_again(
    service: Service, executor: ThreadPoolExecutor, status: int
) -> None:
    service.status = status
    with pytest.raises(Unavailable, match=f"answered {status}"):
        forward(base(service), executor)
    assert len(service.seen) == 1


def test_nothing_that_listens_is_a_failure(executor: ThreadPoolExecutor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unavailable, match="does not answer"):
        forward(f"http://127.0.0.1:{port}", executor)


def test_a_service_that_is_silent_is_not_waited_for(
    service: Service, executor: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio, "ANSWER", 0.05)
    service.silent.clear()
    with pytest.raises(Unavailable, match="does not answer: TimeoutError"):
        forward(base(service), executor)
    wait_until(lambda: len(service.seen) == 1)  # it may not have run meanwhile


@contextmanager
def dripping(answer: bytes = b"HTTP/1.1 200 OK\r\nX: " + b"x" * 40) -> Iterator[str]:
    """A service that sends a byte of its answer now and then, so that it is never silent for long."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):  # whoever asked may be gone
                connection.recv(65536)
                for byte in answer:
                    connection.sendall(bytes([byte]))
                    pause.wait(0.02)

        pause, thread = Event(), Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def test_an_answer_that_comes_in_drops_is_too_slow(
    executor: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio, "TOGETHER", 0.1)
    with dripping() as url, pytest.raises(Unavailable, match="too slow"):
        forward(url, executor)


@pytest.mark.parametrize("left", [2, 5])
def test_a_call_that_could_not_be_forwarded_and_noted_in_time_is_left_alone(
    service: Service, executor: ThreadPoolExecutor, left: float
) -> None:
    with within(left), pytest.raises(Unavailable, match="no time left"):
        forward(base(service), executor)
    assert not service.seen


def test_together_they_take_less_than_a_request_may() -> None:
    assert twilio.CONNECT == 1
    assert twilio.ANSWER <= 3
    assert twilio.TOGETHER <= 4
    assert 2 * twilio.LOOK < LATEST_START


@pytest.mark.parametrize("left", [1, 60])
def test_a_look_for_the_account_leaves_time_for_the_rest(executor: ThreadPoolExecutor, left: float) -> None:
    allowed: list[float] = []

    def account() -> Account:
        allowed.append(time_left())
        raise Unavailable("", about="GetParameter of a secret: TimeoutError")

    slow = Twilio("https://twilio.example", account, lambda: executor)
    with within(left):
        assert slow.has_account()
        with pytest.raises(Unavailable) as refusal:
            slow.forward(A_CALL, NUMBER)
    assert refusal.value.about == "GetParameter of a secret: TimeoutError"
    assert len(allowed) == 2
    assert max(allowed) <= min(left, twilio.LOOK)


def test_without_an_account_nothing_is_sent(service: Service, executor: ThreadPoolExecutor) -> None:
    assert not Twilio(base(service), lambda: None, lambda: executor).has_account()
    assert Twilio(base(service), lambda: ACCOUNT, lambda: executor).has_account()
    with pytest.raises(Unavailable):
        forward(base(service), executor, account=None)
    assert not service.seen


def test_an_account_that_cannot_be_read_is_one_for_which_no_call_is_forwarded(
    service: Service, executor: ThreadPoolExecutor
) -> None:
    twilio = Twilio(base(service), lambda: Account.parsed("no JSON"), lambda: executor)
    assert twilio.has_account()
    with pytest.raises(Unavailable) as refusal:
        twilio.forward(A_CALL, NUMBER)
    assert refusal.value.about == "the telephony credentials are malformed"
    assert not service.seen


def test_an_account_does_not_tell_its_token() -> None:
    assert "secret" not in repr(ACCOUNT)
