"""Roundup (PyPI) on SQLite, as it is set up by default, served by gunicorn."""

import http.client
import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.peers.peer import PAGE, WORKERS, Asked, Work, ask
from bench.peers.population import SEARCHED
from bench.peers.servers import Command, environment_of, serving

REQUIREMENTS = ("roundup==2.6.0", "gunicorn==23.0.0")
FILL = Path(__file__).with_name("sites") / "roundup_fill.py"
SERVED = """
from roundup.cgi.wsgi_handler import RequestDispatcher
app = RequestDispatcher({tracker!r})
"""


class Roundup:
    """The tickets are Roundup's issues, answered through its REST interface. It has no bulk change."""

    name = "Roundup"
    port = 18082

    def made_of(self) -> Sequence[str]:
        """Install it; return what a filled site depends on."""
        self._python = environment_of("roundup", *REQUIREMENTS)
        return ["Roundup 2.6.0", FILL.read_text()]

    def fill(self, folder: Path, lines: Path) -> None:
        """Make a tracker, and fill it."""
        tracker = folder / "tracker"
        admin: Command = [self._python.with_name("roundup-admin"), "-i", tracker]
        subprocess.run([*admin, "install", "classic", "sqlite"], check=True, capture_output=True)
        self._set_address(tracker)
        subprocess.run([*admin, "initialise", "secret"], input="y\n", text=True, check=True, capture_output=True)
        subprocess.run([self._python, FILL, tracker, lines], check=True)

    @contextmanager
    def serving(self, folder: Path) -> Iterator[None]:
        """Serve the tracker until the end."""
        self._set_address(folder / "tracker")
        (folder / "served.py").write_text(SERVED.format(tracker=str(folder / "tracker")))
        bound: Command = [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            str(WORKERS),
            "--chdir",
            folder,
            "served:app",
        ]
        with serving([self._python, "-m", "gunicorn", *bound], self.port, folder / "roundup.log", os.environ):
            self._headers = {**self._origin(), "Cookie": self._session()}
            yield

    def requests(self, work: Work) -> list[Asked]:
        """Return REST requests; a change must name the version that it is of, so it is read before."""
        issue = f"/rest/data/issue/{work.ticketID}"
        if work.operation == "update":
            etag = json.loads(ask(self.port, self._asked("GET", issue)))["data"]["@etag"]
            return [self._asked("PATCH", issue, {"priority": str(work.number % 5 + 1)}, {"If-Match": etag})]
        if work.operation == "bulk 20":
            return []
        if work.operation == "create":
            return [self._asked("POST", "/rest/data/issue", {"title": f"Parcel {work.number}"})]
        if work.operation == "read":
            return [self._asked("GET", issue)]
        query = {"filter": {"status": "chatting"}, "search": {"title": SEARCHED}}.get(work.operation, {})
        paged = {"@page_size": str(PAGE), "@page_index": str(work.page), "@sort": "-activity", "@verbose": "2"}
        shown = {"@fields": "title,status,assignedto,activity,creation,priority"}
        return [self._asked("GET", f"/rest/data/issue?{urlencode(paged | shown | query)}")]

    def is_done(self, work: Work, answer: bytes) -> bool:
        """Look at a page's issues, at what a change has set, and at the id of every other answer."""
        said = json.loads(answer)["data"]
        if work.is_list:
            return len(said["collection"]) == PAGE
        return "priority" in said["attribute"] if work.operation == "update" else "id" in said

    def _set_address(self, tracker: Path) -> None:
        """Write down where it is served, which it compares with where requests say that they come from."""
        settings = (tracker / "config.ini").read_text()
        settings = re.sub("^#?web = .*", f"web = http://127.0.0.1:{self.port}/", settings, flags=re.MULTILINE)
        settings = re.sub("^#?domain = .*", "domain = bench.example", settings, flags=re.MULTILINE)
        (tracker / "config.ini").write_text(settings)

    def _asked(self, method: str, target: str, body: object = None, more: dict[str, str] | None = None) -> Asked:
        return Asked(method, target, body, self._headers | (more or {}))

    def _origin(self) -> dict[str, str]:
        origin = f"http://127.0.0.1:{self.port}"
        return {"Origin": origin, "Referer": f"{origin}/", "X-Requested-With": "rest"}

    def _session(self) -> str:
        """Return the cookie of a session: a password is checked slowly, which would count at each request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        form = {"@action": "login", "__login_name": "admin", "__login_password": "secret"}
        headers = self._origin() | {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/", urlencode(form), headers)
        return connection.getresponse().getheader("Set-Cookie", "").split(";")[0]
