"""django-helpdesk (PyPI) on PostgreSQL, served by gunicorn.

Its REST interface looks at every ticket for each request, one query per ticket; so its pages are asked where they do
the same work and are faster: the table that its list shows, a ticket's page, and the forms that change one or many.
"""

import base64
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.peers.peer import PAGE, WORKERS, Asked, Work
from bench.peers.population import SEARCHED
from bench.peers.postgres import postgres, psql, release
from bench.peers.servers import Command, environment_of, serving

REQUIREMENTS = ("django-helpdesk==2.6.1", "gunicorn==23.0.0", "psycopg[binary]==3.3.9")
SITE = Path(__file__).with_name("sites")
POSTGRES = 5544


class DjangoHelpdesk:
    """The tickets are django-helpdesk's; messages are its follow-ups."""

    name = "django-helpdesk"
    port = 18083

    def made_of(self) -> Sequence[str]:
        """Install it; return what a filled site depends on."""
        database = release()
        self._python = environment_of("django-helpdesk", *REQUIREMENTS)
        return ["django-helpdesk 2.6.1", database, (SITE / "django_site.py").read_text()]

    def fill(self, folder: Path, lines: Path) -> None:
        """Make its database, and fill it."""
        with postgres(folder, POSTGRES):
            subprocess.run(psql(POSTGRES, "postgres"), input="CREATE DATABASE helpdesk", text=True, check=True)
            program = [self._python, SITE / "django_site.py", lines]
            filled = subprocess.run(program, check=True, stdout=subprocess.PIPE)
            (folder / "secrets.json").write_bytes(filled.stdout)
            subprocess.run(psql(POSTGRES, "helpdesk"), input="VACUUM ANALYZE", text=True, check=True)

    @contextmanager
    def serving(self, folder: Path) -> Iterator[None]:
        """Serve the site until the end."""
        secrets = json.loads((folder / "secrets.json").read_text())
        self._session = {"Cookie": f"sessionid={secrets['session']}"}
        self._token = {"Authorization": f"Token {secrets['token']}"}
        bound: Command = [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            str(WORKERS),
            "--chdir",
            SITE,
            "django_site:app",
        ]
        command = [self._python, "-m", "gunicorn", *bound]
        with postgres(folder, POSTGRES), serving(command, self.port, folder / "django.log", os.environ):
            yield

    def requests(self, work: Work) -> list[Asked]:
        """Return requests of its pages, and to its REST interface for a new ticket."""
        ticket = f"/tickets/{work.ticketID}/"
        if work.operation == "create":
            made = {"queue": 1, "title": f"Parcel {work.number}", "description": "Where is it?", "priority": 3}
            return [Asked("POST", "/api/tickets/", made, self._token)]
        if work.operation == "read":
            return [Asked("GET", ticket, None, self._session)]
        if work.operation == "update":
            changed = {"queue": 1, "title": f"Asked {work.number} times", "new_status": 1, "priority": 3}
            return [Asked("POST", f"{ticket}update/", urlencode(changed), self._session)]
        if work.operation == "bulk 20":
            chosen = [("ticket_id", ticketID) for ticketID in work.ticketIDs]
            form = urlencode([("action", f"assign_{work.number % 10 + 2}"), *chosen])
            return [Asked("POST", "/tickets/update/", form, self._session)]
        return [Asked("GET", self._table(work), None, self._session)]

    def is_done(self, work: Work, answer: bytes) -> bool:
        """Look at a page's rows; a form that was taken leads elsewhere, with an empty answer."""
        if work.is_list:
            return len(json.loads(answer)["data"]) == PAGE
        return not answer if work.operation in ("update", "bulk 20") else bool(answer)

    def _table(self, work: Work) -> str:
        query = {
            "filtering": {"status__in": [1]} if work.operation == "filter" else {},
            "search_string": SEARCHED if work.operation == "search" else "",
            "sorting": "created",
            "sortreverse": True,
        }
        encoded = base64.b64encode(json.dumps(query).encode()).decode()
        start = (work.page - 1) * PAGE
        paged = {"start": start, "length": PAGE, "draw": 1, "order[0][column]": 5, "order[0][dir]": "desc"}
        return f"/datatables_ticket_list/{encoded}?{urlencode(paged)}"
