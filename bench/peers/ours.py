"""This bundle on the engine of its local run: gunicorn's processes call its functions as Lambda does.

What API Gateway and Lambda do around them is not in the figures, as no front server is in the peers'. What streams
bring about (counts, search) happens after the answer and is not in them either; the peers have it in theirs.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.export import export, schema
from bench.peers.peer import PAGE, WORKERS, Asked, Work
from bench.peers.population import SEARCHED
from bench.peers.servers import Command, environment_of, serving
from bench.population import CUSTOMER, customer
from local.places import ENGINE
from tests.backends import directory_on
from tests.directory.signing import Signer, rsa_key
from tests.engines import Tables, client_of
from tests.first_requests import functions_environment
from tests.tables import ROOT
from ticketing.kernel.timelimit import Threads

SOURCES = ("layers/ticketing/ticketing/**/*.py", "bench/export.py", "bench/population.py", "template.yaml")
ENGINE_PORT = 18084


class Ours:
    """The tickets are those that the peers are given, with everything that is derived from them."""

    name = "this bundle"
    port = 18080

    def made_of(self) -> Sequence[str]:
        """Install gunicorn and the functions' libraries; return what a filled site depends on."""
        self._python = environment_of("ours", "gunicorn==23.0.0", *_libraries())
        return ["this bundle", *(path.read_text() for pattern in SOURCES for path in sorted(ROOT.glob(pattern)))]

    def fill(self, folder: Path, lines: Path) -> None:
        """Import the tickets into an engine's file."""
        source, tables = folder / "export", folder / "schema.json"
        source.mkdir()
        tables.write_text(json.dumps(schema()))
        export(len(lines.read_text().splitlines()), source, is_searchable=True)
        imported: Command = [ENGINE, "import", "--source", source, "--schema", tables, "--output", folder / "database"]
        subprocess.run(imported, check=True, capture_output=True)

    @contextmanager
    def serving(self, folder: Path) -> Iterator[None]:
        """Serve the engine and the functions until the end."""
        signer, names = Signer("RS256", rsa_key(), "bench"), [each["Table"]["TableName"] for each in schema()]
        token = signer.token(customerID=CUSTOMER, repID=11, role="Administrator", exp=int(time.time()) + 36_000)
        self._headers = {"Authorization": f"Bearer {token}"}
        roles = {name.removesuffix("Table").lower(): name for name in names}
        kept: Command = ["--db-path", folder / "database", "--schema", folder / "schema.json"]
        engine, url = [ENGINE, "--port", str(ENGINE_PORT), *kept], f"http://127.0.0.1:{ENGINE_PORT}"
        environment = functions_environment(roles, url, url, signer) | {"PATH": os.environ["PATH"]}
        bound = ["--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS), "bench.peers.gateway:answer"]
        with serving(engine, ENGINE_PORT, folder / "engine.log", os.environ):
            directory_on(Tables(client_of(url), roles, Threads(1))).load(customer())
            with serving([self._python, "-m", "gunicorn", *bound], self.port, folder / "ours.log", environment):
                yield

    def requests(self, work: Work) -> list[Asked]:
        """Return requests of the API."""
        ticket = f"/api/Tickets/{work.ticketID}"
        made = {"subject": f"Parcel {work.number}", "status": "Open", "channelType": "Email"}
        changed = [{"op": "replace", "path": "/summary", "value": f"Asked {work.number} times."}]
        bulk = {"ticketIDs": work.ticketIDs, "action": "read", "customerRepID": work.number % 9 + 11}
        asked = {
            "list 25": ("GET", self._list(), None),
            "filter": ("GET", self._list(status="Open"), None),
            "deep page": ("GET", self._list(pageNumber=work.page), None),
            "search": ("GET", self._list(search=SEARCHED), None),
            "read": ("GET", ticket, None),
            "update": ("PATCH", ticket, changed),
            "create": ("POST", "/api/Tickets", made),
            "bulk 20": ("PUT", "/api/Tickets/bulk", bulk),
        }[work.operation]
        return [Asked(*asked, headers=self._headers)]

    def is_done(self, work: Work, answer: bytes) -> bool:
        """Look at a page's items, at a bulk change's tickets, and at the ticket of every other answer."""
        said = json.loads(answer)
        if work.is_list:
            return len(said["items"]) == PAGE
        return set(said["succeeded"]) == set(work.ticketIDs) if "succeeded" in said else "ticketID" in said

    def _list(self, **query: object) -> str:
        return f"/api/Tickets?{urlencode({'pageSize': PAGE, 'includeFollowUp': 'true', **query})}"


def _libraries() -> list[str]:
    lines = (ROOT / "layers/dependencies/requirements.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]
