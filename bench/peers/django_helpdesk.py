"""django-helpdesk (PyPI) on PostgreSQL, served by gunicorn.

Its REST interface looks at every ticket for each request, one query per ticket; so its pages are asked where they do
the same work and are faster: the table that its list shows, a ticket's page, and the forms that change one or many.
"""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.peers.peer import PAGE, WORKERS, Asked
from bench.peers.population import SEARCHED
from bench.peers.postgres import PORT as POSTGRES
from bench.peers.servers import environment_of, serving

REQUIREMENTS = ("django-helpdesk==2.6.1", "gunicorn==23.0.0", "psycopg[binary]==3.3.9")
SITE = Path(__file__).with_name("sites")


class DjangoHelpdesk:
    """The tickets are django-helpdesk's; messages are its follow-ups."""

    name = "django-helpdesk"
    port = 8083

    @contextmanager
    def running(self, folder: Path, size: int) -> Iterator[None]:
        """Set up its database, fill it and serve it, until the end."""
        python = environment_of(folder, *REQUIREMENTS)
        made = ["createdb", "-h", "127.0.0.1", "-p", str(POSTGRES), "-U", "postgres", "helpdesk"]
        subprocess.run(made, check=True, capture_output=True)
        fill = [python, SITE / "django_site.py", folder.parent / f"{size}.jsonl"]
        secrets = json.loads(subprocess.run(fill, check=True, capture_output=True, text=True).stdout)
        self._session = {"Cookie": f"sessionid={secrets['session']}"}
        self._token = {"Authorization": f"Token {secrets['token']}"}
        bound: list[str | Path] = [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            str(WORKERS),
            "--chdir",
            SITE,
            "django_site:app",
        ]
        with serving([python, "-m", "gunicorn", *bound], self.port, folder / "log", os.environ):
            yield

    def requests(self, operation: str, number: int) -> list[Asked]:
        """Return requests of its pages, and to its REST interface for a new ticket."""
        ticket = f"/tickets/{number % 5000 + 1}/"
        if operation == "create":
            made = {"queue": 1, "title": f"Parcel {number}", "description": "Where is it?", "priority": 3}
            return [Asked("POST", "/api/tickets/", made, self._token)]
        if operation == "read":
            return [Asked("GET", ticket, None, self._session)]
        if operation == "update":
            form = urlencode({"comment": "", "new_status": 1, "priority": number % 5 + 1})
            return [Asked("POST", f"{ticket}update/", form, self._session)]
        if operation == "bulk 20":
            chosen = [("ticket_id", (number * 20 + each) % 5000 + 1) for each in range(20)]
            form = urlencode([("action", f"assign_{number % 10 + 2}"), *chosen])
            return [Asked("POST", "/tickets/update/", form, self._session)]
        return [Asked("GET", self._table(operation), None, self._session)]

    def count(self, operation: str, answer: bytes) -> int | None:
        """Return the length of a page."""
        return len(json.loads(answer)["data"]) if operation in ("list 25", "filter", "page 200", "search") else None

    def _table(self, operation: str) -> str:
        query = {
            "filtering": {"status__in": [1]} if operation == "filter" else {},
            "search_string": SEARCHED if operation == "search" else "",
            "sorting": "created",
            "sortreverse": True,
        }
        encoded = base64.b64encode(json.dumps(query).encode()).decode()
        start = 199 * PAGE if operation == "page 200" else 0
        paged = {"start": start, "length": PAGE, "draw": 1, "order[0][column]": 5, "order[0][dir]": "desc"}
        return f"/datatables_ticket_list/{encoded}?{urlencode(paged)}"
