"""The trial of a deployed API: it passes on the local run, leaves nothing behind, and tells what is not as expected."""

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import Any

import pytest

from bundle.errors import CannotContinue
from deploy.__main__ import main
from deploy.smoke.checks import Expected
from deploy.smoke.command import Smoke, run
from deploy.smoke.http import DeployedApi, HttpReply
from tests.local_stack import Stack


@pytest.mark.parametrize("rep", [11, 13, 15])
def test_on_the_local_run_every_check_is_answered_as_expected_and_nothing_is_left(
    stack: Stack, rep: int, capsys: pytest.CaptureFixture[str]
) -> None:
    token = stack.token(1, rep)
    assert main(["smoke", "--url", stack.baseUrl, "--token", token]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[-1] == "25 of 25 as expected"
    assert [row[:6] for row in rows[1:-1]] == [f"{n:>2}  ok" for n in range(1, 26)]
    assert not any("zq" in each["subject"] for each in newest(stack, token))


def newest(stack: Stack, token: str) -> Any:
    path = "/api/Tickets?sortBy=dateCreated&pageSize=5"
    return DeployedApi(stack.baseUrl).ask("GET", path, {"Authorization": f"Bearer {token}"}).json()["items"]


@contextmanager
def answering(answer: Any) -> Iterator[str]:
    """Yield the URL of a server whose every reply `answer(method, path)` gives: status, headers, body."""

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, body = answer(self.command, self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else json.dumps(body).encode())

        do_GET = do_POST = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_is_not_as_expected_is_told_and_the_exit_status_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(lambda *_: (200, {}, {"status": "ok"})) as url:
        assert main(["smoke", "--url", url, "--token", "t"]) == 1
    said = capsys.readouterr()
    health, challenge = said.out.splitlines()[1], said.out.splitlines()[4]
    assert health.split()[:3] == ["1", "ok", "health"]
    assert challenge.split()[:2] == ["4", "no"]
    assert challenge.endswith(
        "status 200, www-authenticate: missing, content-type: missing, no problem with code Unauthorized"
    )
    assert said.err.startswith("error: No ticket could be made")


def test_an_address_where_nobody_answers_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["smoke", "--url", "http://127.0.0.1:1", "--token", "t"]) == 1
    assert capsys.readouterr().err.startswith("error: http://127.0.0.1:1 does not answer GET /api/health")


@pytest.mark.parametrize(
    "url", ["api.example", "ftp://api.example", "https://", "https://api.example:port", "https://[api.example"]
)
def test_an_address_that_is_none_is_one_line(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["smoke", "--url", url, "--token", "t"]) == 1
    assert "is no URL" in capsys.readouterr().err


class Chats:
    """An API that takes a few chats, and remembers which of their tickets are there."""

    def __init__(self, allowed: int, deletes: int = 204) -> None:
        self._ids, self._allowed, self._deletes = count(1), allowed, deletes
        self.kept: set[int] = set()

    def __call__(self, method: str, path: str) -> tuple[int, dict[str, str], Any]:
        if method == "DELETE":
            self.kept.discard(int(path.rsplit("/", 1)[1]))
            return self._deletes, {}, None
        sites = {"Access-Control-Allow-Origin": "*"}
        if (made := next(self._ids)) > self._allowed:
            return 429, sites | {"Retry-After": "3"}, {"code": "TooManyRequests"}
        self.kept.add(made)
        return 201, sites, {"ticketID": made}


def test_chats_are_begun_until_they_are_refused_and_all_of_them_go_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.smoke.command.PAUSE", 0)
    chats = Chats(allowed=20)
    with answering(chats) as url:
        smoke = Smoke(DeployedApi(url), "t")
        smoke.try_chats("token", "https://shop.example")
        assert len(chats.kept) == 20
        smoke.clean_up()
    assert (chats.kept, smoke.made, smoke.as_expected) == (set(), 2, 2)
    assert "CORS on 429" in capsys.readouterr().out


def test_tickets_that_cannot_be_deleted_are_named() -> None:
    with answering(Chats(allowed=1, deletes=500)) as url:
        smoke = Smoke(DeployedApi(url), "t")
        smoke.try_chats("token", "https://shop.example")
        with pytest.raises(CannotContinue, match="could not be deleted: 1"):
            smoke.clean_up()


def test_tickets_are_deleted_also_when_a_check_meets_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    chats = Chats(allowed=5)

    def lost(smoke: Smoke, *_: str) -> None:
        smoke.try_chats("token", "https://shop.example")
        raise CannotContinue("no answer")

    monkeypatch.setattr(Smoke, "try_all", lost)
    monkeypatch.setattr("deploy.smoke.command.PAUSE", 0)
    with answering(chats) as url, pytest.raises(CannotContinue, match="no answer"):
        run(Namespace(url=url, token="t", chat_token=None, chat_origin=""))
    assert chats.kept == set()


@pytest.mark.parametrize(
    ("reply", "faults"),
    [
        (HttpReply(200, {"etag": '"1"'}, b'{"a": 1}'), []),
        (HttpReply(500, {"etag": '"1"'}, b'{"a": 1}'), ["status 500"]),
        (HttpReply(200, {}, b'{"a": 1}'), ["etag: missing"]),
        (HttpReply(200, {"etag": '"2"'}, b'{"a": 1}'), ['etag: "2"']),
        (HttpReply(200, {"etag": '"1"'}, b"[]"), ["another body"]),
        (HttpReply(200, {"etag": '"1"'}, b"\xff"), ["another body"]),
    ],
)
def test_what_a_reply_lacks(reply: HttpReply, faults: list[str]) -> None:
    assert list(Expected(200, {"etag": '"1"'}, shows=lambda j: j["a"] == 1).faults(reply)) == faults
