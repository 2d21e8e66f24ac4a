"""Finding a host, connecting and shaking hands take no longer, together, than an answer may."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event
from typing import Any

import pytest

from tests.engines import client_of
from tests.kernel.service import StandIn, saying, serving
from tests.local_stack import free_port
from ticketing.kernel.aws import connections
from ticketing.kernel.aws.connections import Address, Connections
from ticketing.kernel.retries import NoAnswer


@contextmanager
def full() -> Iterator[tuple[str, int]]:
    """An address at which nobody takes a connection: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as waiting:
        for _ in range(4):
            first = waiting.enter_context(socket.socket())
            first.setblocking(False)
            first.connect_ex(server.getsockname())
        yield server.getsockname()


def resolving_to(monkeypatch: pytest.MonkeyPatch, *addresses: Any, seconds: float = 0) -> None:
    """Every host has these addresses, which are known after so many seconds."""

    def found(*_: object, **__: object) -> list[Address]:
        Event().wait(seconds)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", each) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that each step might take."""
    seconds, left = list[float](), connections._seconds_left

    def noted(end: float) -> float:
        seconds.append(left(end))
        return seconds[-1]

    monkeypatch.setattr(connections, "_seconds_left", noted)
    return seconds


def ask(service: StandIn, patience: float) -> dict[str, Any]:
    return client_of(service.url, patience).call("GetItem", {})


def address_of(service: StandIn) -> tuple[str, int]:
    return "127.0.0.1", int(service.url.rpartition(":")[2])


def test_another_address_of_the_host_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying()) as service:
        resolving_to(monkeypatch, ("127.0.0.1", free_port()), address_of(service))
        assert ask(service, patience=5) == {}


def test_addresses_that_do_not_answer_take_no_longer_than_one_try(
    monkeypatch: pytest.MonkeyPatch, allowed: list[float]
) -> None:
    with serving(saying()) as service, full() as address:
        resolving_to(monkeypatch, *[address] * 50, address_of(service))
        with pytest.raises(NoAnswer) as failure:
            ask(service, patience=0.5)
    assert failure.value.reason == "TimeoutError"
    assert 1 <= len(allowed) < 10
    assert max(allowed) <= 0.5


def test_a_slow_look_up_of_the_host_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying()) as service:
        resolving_to(monkeypatch, address_of(service), seconds=0.2)
        with pytest.raises(NoAnswer) as failure:
            ask(service, patience=0.1)
        assert (failure.value.reason, service.connections) == ("TimeoutError", 0)


@pytest.mark.parametrize("url", ["https://münchen.example", "http://例え.example:8000/path"])
def test_a_host_beyond_ascii_is_refused_when_the_client_is_made(url: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        Connections(url)


def test_a_host_without_an_address_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NoAnswer) as failure:
        client_of("http://nowhere.example").call("GetItem", {})
    assert failure.value.reason == "gaierror"


def test_a_handshake_that_never_ends_is_broken_off() -> None:
    """The host takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = client_of(f"https://127.0.0.1:{server.getsockname()[1]}", patience=0.1)
        with pytest.raises(NoAnswer) as failure:
            client.call("GetItem", {})
    assert failure.value.reason == "TimeoutError"


def test_a_connection_that_is_made_when_time_is_up_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(connections, "_connected", lambda *_: ours)
    with theirs, pytest.raises(TimeoutError):
        Connections("http://127.0.0.1:1").taken(end=0)
    assert ours.fileno() == -1
