"""A whole local run for tests: the real bundle in the emulator, on a free port, with a state folder of its own.

`stack` runs for the whole session. Its folder is a copy of `first_state`, which one first start has set up; a test that
starts and stops runs of its own copies that too.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from bundle.places import ROOT
from local.identity import phone_token, rep_token
from local.places import State

PATIENCE = 600
"""Seconds to wait for what should happen; a first build may take long."""
SAM_LOCAL = "--sam-local"
"""The option of pytest by which the shared run is one of `sam local`."""
READY = re.compile(r"^Ready: (http://127\.0\.0\.1:\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Stack:
    """A local run that was started."""

    process: subprocess.Popen[bytes]
    folder: Path
    output: Path

    @cached_property
    def baseUrl(self) -> str:
        """Wait until the API answers; return its address, without /api."""

        def is_ready_or_over() -> bool:
            return READY.search(self.said) is not None or self.process.poll() is not None

        wait_until(is_ready_or_over)
        found = READY.search(self.said)
        assert found, self.said
        return found[1]

    @property
    def said(self) -> str:
        """Return the output of the run so far."""
        return self.output.read_text()

    def token(self, customer: int, rep: int | None = None, channel: int | None = None, expires: int = 3600) -> str:
        """Return a token of a representative, or of a phone context."""
        state = State(self.folder)
        if rep is not None:
            return rep_token(state, customer, rep, expires)
        assert channel is not None
        return phone_token(state, customer, channel, expires)

    def environment(self) -> Any:
        """Return the output of `env`."""
        return json.loads(command("env", folder=self.folder).stdout)

    def pages(self) -> dict[str, str]:
        """Return the addresses that the programs of web/ look for in their environment."""
        environment = self.environment()
        names = {"API_URL": "baseUrl", "CONSOLE_URL": "console", "SHOP_URL": "shop"}
        return {variable: environment[name] for variable, name in names.items()}

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal the run and wait for its end; return its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def command(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m local` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "local", *arguments],
        cwd=ROOT,
        env=os.environ | {"LOCAL_STATE": str(folder)} | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def started(folder: Path, command: str = "run") -> Iterator[Stack]:
    """Start a run on `folder` for as long as it is needed.

    It also ends with its parent, which may be a worker that is killed as its session is interrupted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    output = folder.with_suffix(".output")
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "local", command, "--until-parent-ends"],
            cwd=ROOT,
            env=os.environ | {"LOCAL_STATE": str(folder), "PORT": str(free_port())},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Stack(process, folder, output)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    """Return a port that is free with the next three, below those that the system gives out by itself meanwhile."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with ExitStack() as sockets, suppress(OSError):
            for offset in range(4):
                sockets.enter_context(socket.socket()).bind(("127.0.0.1", port + offset))
            return port


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fail when it does not."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def first_state() -> Path:
    """Return the state folder that a first start leaves when it is stopped. Copy it. The workers of xdist share it."""
    folder = Path(os.environ["TMPDIR"]) / "first"
    with once("first") as is_first:
        if is_first:
            with started(folder) as stack:
                assert stack.baseUrl
                assert stack.stop() == 0
    return folder


@contextmanager
def once(name: str) -> Iterator[bool]:
    """Yield True to the first worker of xdist that comes; the others wait until it is through, unless it fails."""
    complete = Path(os.environ["TMPDIR"]) / f"{name}.complete"
    with complete.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not complete.exists()
        complete.touch()


@contextmanager
def copied(state: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Copy a state folder. The copy stays where a test failed, as its logs may say why."""
    factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    parent = factory.mktemp(str(request.fixturename))
    yield shutil.copytree(state, parent / "state")
    if not request.session.testsfailed:
        shutil.rmtree(parent)


@pytest.fixture(scope="session")
def stack(first_state: Path, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Return a run that all tests share; they leave no mark on each other if each makes its own tickets."""
    served = "sam-local" if request.config.getoption(SAM_LOCAL) else "run"
    with copied(first_state, request) as folder, started(folder, command=served) as running:
        assert running.baseUrl
        yield running
