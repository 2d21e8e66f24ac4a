"""This bundle on the engine of its local run: gunicorn's processes call its functions as Lambda does.

What API Gateway and Lambda do around them is not in the figures, as no front server is in the peers'. What streams
bring about (counts, search) happens after the answer and is not in them either; the peers have it in theirs.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.export import export, schema
from bench.peers.peer import PAGE, WORKERS, Asked
from bench.peers.population import SEARCHED
from bench.peers.servers import environment_of, serving
from bench.population import CUSTOMER, customer
from local.places import ENGINE
from tests.backends import directory_on
from tests.directory.signing import Signer, rsa_key
from tests.engines import Tables, client_of, dynoxide
from tests.first_requests import functions_environment
from tests.tables import ROOT
from ticketing.kernel.timelimit import Threads

LISTS = ("list 25", "filter", "page 200", "search")


class Ours:
    """The tickets are those that the peers are given, with everything that is derived from them."""

    name = "this bundle"
    port = 8080

    @contextmanager
    def running(self, folder: Path, size: int) -> Iterator[None]:
        """Import the tickets into the engine, and serve the functions, until the end."""
        python = environment_of(folder, "gunicorn==23.0.0", "-r", str(ROOT / "layers/dependencies/requirements.txt"))
        signer = Signer("RS256", rsa_key(), "bench")
        token = signer.token(customerID=CUSTOMER, repID=11, role="Administrator", exp=int(time.time()) + 36_000)
        self._headers = {"Authorization": f"Bearer {token}"}
        tables = schema()
        (folder / "schema.json").write_text(json.dumps(tables))
        source, database = folder / "export", folder / "database"
        source.mkdir()
        export(size, source, is_searchable=True)
        imported: list[str | Path] = [
            "import",
            "--source",
            source,
            "--schema",
            folder / "schema.json",
            "--output",
            database,
        ]
        subprocess.run([ENGINE, *imported], check=True, capture_output=True)
        names = {
            each["Table"]["TableName"].removesuffix("Table").lower(): each["Table"]["TableName"] for each in tables
        }
        with dynoxide("--db-path", str(database), "--schema", str(folder / "schema.json")) as url:
            directory_on(Tables(client_of(url), names, Threads(1))).load(customer())
            environment = functions_environment(names, url, url, signer) | {"PATH": os.environ["PATH"]}
            bound = ["--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS), "bench.peers.gateway:answer"]
            with serving([python, "-m", "gunicorn", *bound], self.port, folder / "log", environment):
                yield

    def requests(self, operation: str, number: int) -> list[Asked]:
        """Return requests of the API."""
        ticket = f"/api/Tickets/{number % 5000 + 1}"
        made = {"subject": f"Parcel {number}", "status": "Open", "channelType": "Email"}
        chosen = [(number * 20 + each) % 5000 + 1 for each in range(20)]
        bulk = {"ticketIDs": chosen, "action": "setimportant", "customerRepID": number % 9 + 11}
        asked = {
            "list 25": ("GET", self._list(), None),
            "filter": ("GET", self._list(status="Open"), None),
            "page 200": ("GET", self._list(pageNumber=200), None),
            "search": ("GET", self._list(search=SEARCHED), None),
            "read": ("GET", ticket, None),
            "update": ("PATCH", ticket, [{"op": "replace", "path": "/summary", "value": f"Asked {number} times."}]),
            "create": ("POST", "/api/Tickets", made),
            "bulk 20": ("PUT", "/api/Tickets/bulk", bulk),
        }[operation]
        return [Asked(*asked, headers=self._headers)]

    def count(self, operation: str, answer: bytes) -> int | None:
        """Return the length of a page."""
        return len(json.loads(answer)["items"]) if operation in LISTS else None

    def _list(self, **query: object) -> str:
        return f"/api/Tickets?{urlencode({'pageSize': PAGE, 'includeFollowUp': 'true', **query})}"
