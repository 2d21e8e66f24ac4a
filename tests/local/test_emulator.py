"""An emulator that is stopped: what was made in it counts only where it could write that down."""

import os
import sys
from pathlib import Path

import pytest

from bundle.errors import CannotContinue
from local import emulator
from local.places import State
from tests.bundle.grace import TO_END, shorten_grace
from tests.local_stack import free_port

PROGRAM = """\
#!{python}
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

signal.signal(signal.SIGTERM, {answer})
HTTPServer(("127.0.0.1", int(os.environ["GATEWAY_PORT"])), Ready).serve_forever()
"""


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "state")


@pytest.fixture
def short_grace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shorten_grace(TO_END, tmp_path, monkeypatch)


def start_and_stop(state: State, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run an emulator that answers so to being told to end."""
    program = state.folder.with_suffix(".program")
    program.write_text(PROGRAM.format(python=sys.executable, answer=answer))
    program.chmod(0o755)
    monkeypatch.setattr(emulator, "EMULATOR_PYTHON", program)
    lock = os.open(state.folder.with_suffix(".lock"), os.O_CREAT)
    try:
        with emulator.running(state, free_port(), lock):
            pass
    finally:
        os.close(lock)


def test_one_that_ends_when_it_is_told_has_kept_all(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    start_and_stop(state, "lambda *_: sys.exit()", monkeypatch)


@pytest.mark.usefixtures("short_grace")
def test_one_that_ends_has_kept_all_though_a_worker_of_it_must_be_killed(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = "lambda *_: (signal.signal(signal.SIGTERM, signal.SIG_IGN), os.fork() and sys.exit(), signal.pause())"
    start_and_stop(state, left, monkeypatch)


@pytest.mark.usefixtures("short_grace")
@pytest.mark.parametrize("answer", ["signal.SIG_IGN", "lambda *_: os.kill(os.getpid(), signal.SIGKILL)"])
def test_one_that_is_killed_has_not_kept_all(answer: str, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotContinue, match="did not end cleanly"):
        start_and_stop(state, answer, monkeypatch)


def test_one_that_fails_while_it_ends_has_not_kept_all(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotContinue, match="did not end cleanly"):
        start_and_stop(state, "lambda *_: sys.exit(1)", monkeypatch)
