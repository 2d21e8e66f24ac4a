"""The AWS emulator: one process on loopback, started with a state folder and stopped with what it started."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from local import aws
from local.children import started
from local.errors import CannotContinue
from local.places import EMULATOR_PYTHON, State

HOST = "127.0.0.1"
PATIENCE = 180
"""Seconds that the emulator, or a first answer, may take."""
INTERVAL = 0.05
WORKERS = max(4, 2 * (os.cpu_count() or 1))
"""Processes per function; further calls wait for one of them."""


@dataclass(frozen=True)
class Emulator:
    """A running emulator."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def wait_for(self, path: str) -> None:
        """Waits until the path is answered with 200."""
        self.wait_until(lambda: answers(f"http://{HOST}:{self.port}{path}"), f"{path} is not answered")

    def wait_until(self, holds: Callable[[], bool], complaint: str) -> None:
        """Waits until something holds."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            self.check()
            if time.monotonic() > deadline:
                raise CannotContinue(f"{complaint}: see {self.log}")
            time.sleep(INTERVAL)

    def check(self) -> None:
        """Fails when the emulator has ended."""
        if self.process.poll() is not None:
            raise CannotContinue(f"The emulator ended by itself: see {self.log}")

    def rest(self, seconds: float) -> None:
        """Lets the emulator work."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return
        self.check()


@contextmanager
def running(state: State, port: int, lock: int) -> Iterator[Emulator]:
    """The emulator while it serves `state`; `lock` stays held until it is gone, however this process ends."""
    shutil.rmtree(state.scratch, ignore_errors=True)  # what its workers unpacked in an earlier run
    state.scratch.mkdir(parents=True)
    command = [str(EMULATOR_PYTHON), "-m", "local.emulation", str(WORKERS)]
    with started(command, os.environ | _settings(state, port), state.emulator_log, held=[lock]) as process:
        emulator = Emulator(process, port, state.emulator_log)
        emulator.wait_for("/_ministack/ready")
        yield emulator


def require_free(port: int) -> None:
    """Fails when somebody listens on the port, on either loopback address: `localhost` may mean both."""
    for family, address in ((socket.AF_INET, HOST), (socket.AF_INET6, "::1")):
        with socket.socket(family) as probe:
            if probe.connect_ex((address, port)) == 0:
                raise CannotContinue(f"Port {port} is in use: stop what listens there, or choose another with PORT=…")


def answers(url: str) -> bool:
    """Whether a GET of `url` gives 200."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as reply:  # noqa: S310 - our own http address
            return bool(reply.status == HTTPStatus.OK)
    except OSError:
        return False


def _settings(state: State, port: int) -> dict[str, str]:
    services = state.emulated / "services"
    objects = state.emulated / "objects"
    for folder in (services, objects):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(services),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(objects),
        "TMPDIR": str(state.scratch),
        "LAMBDA_WARM_TTL_SECONDS": "86400",
        "LAMBDA_ACCOUNT_CONCURRENCY": "1000",  # as on AWS; the emulator's own is lower on a small machine
        "AWS_ENDPOINT_URL": aws.endpoint(port),
    }
