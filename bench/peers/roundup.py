"""Roundup (PyPI) on SQLite, as it is set up by default, served by gunicorn."""

import http.client
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.peers.peer import PAGE, WORKERS, Asked, ask
from bench.peers.population import SEARCHED
from bench.peers.servers import environment_of, serving

SERVED = """
from roundup.cgi.wsgi_handler import RequestDispatcher
app = RequestDispatcher({tracker!r})
"""


class Roundup:
    """The tickets are Roundup's issues, answered through its REST interface. It has no bulk change."""

    name = "Roundup"
    port = 8082

    @contextmanager
    def running(self, folder: Path, size: int) -> Iterator[None]:
        """Make a tracker, fill it and serve it, until the end."""
        python, tracker = environment_of(folder, "roundup==2.6.0", "gunicorn==23.0.0"), folder / "tracker"
        admin: list[str | Path] = [python.with_name("roundup-admin"), "-i", tracker]
        subprocess.run([*admin, "install", "classic", "sqlite"], check=True, capture_output=True)
        settings = (tracker / "config.ini").read_text()
        settings = settings.replace("#web = NO DEFAULT", f"web = http://127.0.0.1:{self.port}/")
        (tracker / "config.ini").write_text(settings.replace("#domain = NO DEFAULT", "domain = bench.example"))
        subprocess.run([*admin, "initialise", "secret"], input="y\n", text=True, check=True, capture_output=True)
        fill: list[str | Path] = [
            python,
            Path(__file__).with_name("sites") / "roundup_fill.py",
            tracker,
            folder.parent / f"{size}.jsonl",
        ]
        subprocess.run(fill, check=True, capture_output=True)
        (folder / "served.py").write_text(SERVED.format(tracker=str(tracker)))
        bound: list[str | Path] = [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            str(WORKERS),
            "--chdir",
            folder,
            "served:app",
        ]
        with serving([python, "-m", "gunicorn", *bound], self.port, folder / "log", os.environ):
            self._headers = {**self._origin(), "Cookie": self._session()}
            yield

    def requests(self, operation: str, number: int) -> list[Asked]:
        """Return REST requests; a change must name the version that it is of, so it is read before."""
        issue = f"/rest/data/issue/{number % 5000 + 1}"
        if operation == "update":
            etag = json.loads(ask(self.port, self._asked("GET", issue)))["data"]["@etag"]
            return [self._asked("PATCH", issue, {"priority": str(number % 5 + 1)}, {"If-Match": etag})]
        if operation == "bulk 20":
            return []
        if operation == "create":
            return [self._asked("POST", "/rest/data/issue", {"title": f"Parcel {number}"})]
        if operation == "read":
            return [self._asked("GET", issue)]
        query = {"filter": {"status": "chatting"}, "search": {"title": SEARCHED}, "page 200": {"@page_index": "200"}}
        paged = {"@page_size": str(PAGE), "@sort": "-activity", "@verbose": "2"}
        shown = {"@fields": "title,status,assignedto,activity,creation,priority"}
        return [self._asked("GET", f"/rest/data/issue?{urlencode(paged | shown | query.get(operation, {}))}")]

    def count(self, operation: str, answer: bytes) -> int | None:
        """Return the length of a page."""
        is_list = operation in ("list 25", "filter", "page 200", "search")
        return len(json.loads(answer)["data"]["collection"]) if is_list else None

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
