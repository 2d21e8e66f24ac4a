"""A server that the run has started: does it answer yet, and is it still there?"""

import subprocess
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
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
        """Wait until the path is answered with success."""
        self.wait_until(lambda: answers(url(self.port) + path), f"{path} is not answered")

    def wait_until(self, holds: Callable[[], bool], complaint: str) -> None:
        """Wait until something holds. Raises CannotContinue with the complaint."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            self.check()
            if time.monotonic() > deadline:
                raise CannotContinue(f"{complaint}: see {self.log}")
            time.sleep(INTERVAL)

    def check(self) -> None:
        """Raise CannotContinue when the server has ended."""
        if self.process.poll() is not None:
            raise CannotContinue(f"{self.name} ended by itself: see {self.log}")


def url(port: int) -> str:
    """Return the address of a port of ours."""
    return f"http://{HOST}:{port}"


def answers(url: str) -> bool:
    """Tell whether a GET of `url` succeeds."""
    try:
        urllib.request.urlopen(url, timeout=PATIENCE).close()  # noqa: S310 - our own http address
    except OSError:
        return False
    return True
