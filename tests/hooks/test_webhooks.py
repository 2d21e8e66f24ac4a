"""Calls to customers' own services: what is sent, and what counts as taken."""

import hashlib
import hmac
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.services import BODY, Service, a_certificate, post, resolve_to, serving
from ticketing.hooks import https
from ticketing.hooks.ports import Undelivered


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as service:
        yield service


def test_what_is_sent_is_signed(service: Service) -> None:
    post(service.url)
    ((path, headers, content),) = service.seen
    assert (path, content) == ("/hook?a=b", BODY.encode())
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Tickets-Delivery"] == "job-1"
    assert headers["X-Tickets-Timestamp"] == "1781524800"
    signed = hmac.new(b"secret of 1/OnClose/1", b"1781524800." + content, hashlib.sha256).hexdigest()
    assert headers["X-Tickets-Signature"] == f"v1={signed}"
    assert headers["Host"] == f"127.0.0.1:{service.port}"


@pytest.mark.parametrize("status", [200, 201, 202, 299])
def test_a_call_that_is_taken(service: Service, status: int) -> None:
    service.status = status
    post(service.url)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 503])
def test_a_call_that_is_not_taken_and_no_redirect_is_followed(service: Service, status: int) -> None:
    service.status = status
    with pytest.raises(Undelivered, match=str(status)):
        post(service.url)
    assert len(service.seen) == 1


def test_a_service_that_is_silent_is_given_up(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https, "PATIENCE", 0.05)
    service.silent.clear()
    with pytest.raises(Undelivered, match="TimeoutError"):
        post(service.url)


def test_a_call_that_takes_too_long_is_broken_off(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https, "LONGEST_CALL", 0.05)
    service.silent.clear()
    with pytest.raises(Undelivered):
        post(service.url)


def test_a_service_that_is_down() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(Undelivered, match="ConnectionRefusedError"):
            post(f"http://127.0.0.1:{unused.getsockname()[1]}/")


def test_a_name_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Undelivered, match="gaierror"):
        post("https://hooks.example/")


def test_https_speaks_tls_under_the_services_name(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, "127.0.0.1")
    with pytest.raises(Undelivered, match="SSL"):
        post(f"https://hooks.example:{service.port}/")
    assert service.seen == []


def test_the_connection_goes_to_the_address_that_was_checked(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolve_to(monkeypatch, "127.0.0.1")
    post(f"http://hooks.example:{service.port}/")
    assert asked == ["hooks.example"]
    assert service.seen[0][1]["Host"] == f"hooks.example:{service.port}"


def test_the_next_address_is_tried(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, "127.0.0.99", "127.0.0.1")
    post(f"http://hooks.example:{service.port}/")
    assert len(service.seen) == 1


@pytest.mark.parametrize(("name", "taken"), [("hooks.example", True), ("other.example", False)])
def test_the_services_certificate_is_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, taken: bool
) -> None:
    certificate, key = a_certificate(tmp_path, name)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    monkeypatch.setattr(https, "_tls", lambda: ssl.create_default_context(cafile=certificate))
    resolve_to(monkeypatch, "127.0.0.1")
    with serving(tls) as service:
        url = f"https://hooks.example:{service.port}/"
        if taken:
            post(url)
        else:
            with pytest.raises(Undelivered, match="SSLCertVerificationError"):
                post(url)
    assert [path for path, *_ in service.seen] == ["/"] * taken
