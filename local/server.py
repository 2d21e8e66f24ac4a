"""A server that the run has started: whether it answers yet, and whether it is still there."""

import subprocess
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from bundle.errors import CannotContinue

HOST = "127.0.0.1"
PATIENCE = 180
"""Seconds that a server, or a first answer, may take."""
INTERVAL = 0.05


@dataclass(frozen=True)
class Server:
    """A running server on loopback; `name` begins a sentence, such as `The emulator`."""

    name: str
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
        """Fails when the server has ended."""
        if self.process.poll() is not None:
            raise CannotContinue(f"{self.name} ended by itself: see {self.log}")

    def rest(self, seconds: float) -> None:
        """Lets the server work."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return
        self.check()


def answers(url: str) -> bool:
    """Whether a GET of `url` gives 200."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as reply:  # noqa: S310 - our own http address
            return bool(reply.status == HTTPStatus.OK)
    except OSError:
        return False
