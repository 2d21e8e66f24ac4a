"""A headless Chromium, driven over the pipe of its DevTools protocol: no driver, no port, no package."""

import itertools
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.local_stack import PATIENCE, wait_until

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The programs that will do, the lightest first: without windows it takes a third less of the processor."""
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe")
PIPES = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null'
"""The protocol is spoken on descriptors 3 and 4: NUL-terminated JSON."""


@dataclass
class Page:
    """A page of the browser. `complaints` are its faults: exceptions, refused loads, errors."""

    commands: IO[bytes]
    answers: IO[bytes]
    session: str | None = None
    complaints: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a command of the protocol; return its result."""
        number = next(self.numbers)
        command = {"id": number, "method": method, "params": parameters}
        command |= {"sessionId": self.session} if self.session else {}
        self.commands.write(json.dumps(command).encode() + b"\0")
        self.commands.flush()
        while (answer := self._read()).get("id") != number:
            self._note(answer.get("method"), answer.get("params", {}))
        assert "error" not in answer, answer
        return answer["result"]

    def evaluate(self, script: str) -> Any:
        """Return the value of a script in the page."""
        answer = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait_for(self, script: str) -> None:
        """Wait until a script is true in the page."""
        wait_until(lambda: self.evaluate(script) is True)

    def _read(self) -> Any:
        said = bytearray()
        while not said.endswith(b"\0"):
            byte = self.answers.read(1)
            assert byte, "the browser has ended"
            said += byte
        return json.loads(said[:-1])

    def _note(self, event: str | None, parameters: Any) -> None:
        if event == "Runtime.exceptionThrown":
            self.complaints.append(parameters["exceptionDetails"]["exception"]["description"])
        if event == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.complaints.append(parameters["entry"]["text"])


def chromium() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened(program: str, profile: Path) -> Iterator[Page]:
    """Open a page in a browser of its own, which is closed afterwards."""
    command = ["sh", "-c", PIPES, "sh", program, *OPTIONS, f"--user-data-dir={profile}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        page = Page(process.stdin, process.stdout)
        target = page.ask("Target.createTarget", url="about:blank")["targetId"]
        page.session = page.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            page.ask(f"{domain}.enable")
        yield page
        page.session = None
        page.ask("Browser.close")
        process.wait(PATIENCE)
