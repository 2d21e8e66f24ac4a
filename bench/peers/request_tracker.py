"""Request Tracker 5 (Debian's) on PostgreSQL, served by Starman.

Its tickets are written with SQL, as making each through its API takes 0.4 s; they have no groups of watchers, which
makes its lists faster, not slower.
"""

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
from bench.peers.servers import serving

SHARE = Path("/usr/share/request-tracker5")
SETTINGS = """
Set($rtname, 'bench'); Set($Organization, 'bench'); Set($WebDomain, '127.0.0.1'); Set($WebPort, {port});
Set($DatabaseType, 'Pg'); Set($DatabaseHost, '127.0.0.1'); Set($DatabaseRTHost, '127.0.0.1');
Set($DatabasePort, '{postgres}'); Set($DatabaseName, 'rt5'); Set($DatabaseAdmin, 'postgres');
Set($DatabaseUser, 'rt'); Set($DatabasePassword, 'rt'); Set($WebSessionClass, 'Apache::Session::File');
Set($LogToSyslog, undef); Set($LogToSTDERR, 'error'); Set($MailCommand, 'testfile');
1;
"""
TOKEN = """
use RT -init;
my $root = RT::User->new(RT->SystemUser); $root->Load('root');
my ($ok, $why, $token) = RT::AuthToken->new(RT->SystemUser)->Create(Owner => $root->id, Description => 'bench');
die $why unless $ok;
print $token;
"""
FILL = """
CREATE TEMP TABLE line (n serial, d jsonb);
\\copy line(d) FROM '{lines}' WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')
INSERT INTO tickets (id, effectiveid, queue, type, owner, subject, status, lastupdated, created, creator, lastupdatedby)
SELECT n, n, 1, 'ticket', CASE WHEN d->>'holder' IS NULL THEN 10 ELSE 14 END, left(d->>'subject', 200),
  CASE d->>'status' WHEN 'Open' THEN 'open' WHEN 'Closed' THEN 'resolved' ELSE 'stalled' END,
  (d->>'created')::timestamp, (d->>'created')::timestamp, 14, 14 FROM line;
INSERT INTO transactions (id, objecttype, objectid, type, creator, created)
SELECT 1000 + 3 * n + k, 'RT::Ticket', n, CASE k WHEN 0 THEN 'Create' ELSE 'Correspond' END, 14,
  (d->>'created')::timestamp FROM line, generate_series(0, 2) k;
INSERT INTO attachments (transactionid, contenttype, content, creator, created)
SELECT 1000 + 3 * n + k, 'text/plain', d->'messages'->>k, 14, (d->>'created')::timestamp
  FROM line, generate_series(0, 2) k;
SELECT setval('tickets_id_seq', (SELECT max(id) FROM tickets));
SELECT setval('transactions_id_seq', (SELECT max(id) FROM transactions));
ANALYZE;
"""


class RequestTracker:
    """The tickets are RT's "tickets", answered through its REST 2 interface."""

    name = "RT 5"
    port = 8081

    @contextmanager
    def running(self, folder: Path, size: int) -> Iterator[None]:
        """Set up its database, fill it and serve it, until the end."""
        if not SHARE.exists():
            raise FileNotFoundError("Debian's packages request-tracker5, rt5-db-postgresql and starman")
        (folder / "none").mkdir(parents=True, exist_ok=True)
        settings = folder / "RT_SiteConfig.pm"
        settings.write_text(SETTINGS.format(port=self.port, postgres=POSTGRES))
        environment = os.environ | {"RT_SITE_CONFIG": str(settings), "RT_SITE_CONFIG_DIR": str(folder / "none")}
        setup = ["rt-setup-database-5", "--action", "init", "--dba", "postgres", "--dba-password", "none"]
        subprocess.run(setup, env=environment, check=True, capture_output=True)
        psql = ["psql", "-q", "-h", "127.0.0.1", "-p", str(POSTGRES), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "rt5"]
        fill = FILL.format(lines=folder.parent / f"{size}.jsonl")
        subprocess.run(psql, input=fill, text=True, check=True, stdout=subprocess.DEVNULL)
        made = ["perl", f"-I{SHARE}/lib", "-"]
        token = subprocess.run(made, input=TOKEN, env=environment, text=True, check=True, capture_output=True).stdout
        self._headers = {"Authorization": f"token {token}"}
        command = ["starman", "--workers", str(WORKERS), "--listen", f"127.0.0.1:{self.port}", "--disable-keepalive"]
        with serving([*command, f"{SHARE}/libexec/rt-server"], self.port, folder / "log", environment):
            yield

    def requests(self, operation: str, number: int) -> list[Asked]:
        """Return REST 2 requests."""
        ticket = f"/REST/2.0/ticket/{number % 5000 + 1}"
        made = {
            "Queue": "General",
            "Subject": f"Parcel {number}",
            "Content": "Where is it?",
            "ContentType": "text/plain",
        }
        asked = {
            "list 25": self._list("id > 0"),
            "filter": self._list("Status = 'open'"),
            "page 200": self._list("id > 0", page=200),
            "search": self._list(f"Subject LIKE '{SEARCHED}'"),
            "read": ("GET", ticket, None),
            "update": ("PUT", ticket, {"Priority": number % 90 + 1}),
            "create": ("POST", "/REST/2.0/ticket", made),
            "bulk 20": ("PUT", "/REST/2.0/tickets/bulk", [_changed(number * 20 + each, number) for each in range(20)]),
        }[operation]
        return [Asked(*asked, headers=self._headers)]

    def count(self, operation: str, answer: bytes) -> int | None:
        """Return the length of a page."""
        return len(json.loads(answer)["items"]) if operation in ("list 25", "filter", "page 200", "search") else None

    def _list(self, query: str, page: int = 1) -> tuple[str, str, None]:
        fields = "Subject,Status,Owner,Created,LastUpdated,Priority"
        asked = {
            "query": query,
            "per_page": PAGE,
            "page": page,
            "orderby": "LastUpdated",
            "order": "DESC",
            "fields": fields,
        }
        return "GET", f"/REST/2.0/tickets?{urlencode(asked)}", None


def _changed(ticketID: int, number: int) -> dict[str, int]:
    return {"id": ticketID % 5000 + 1, "Priority": number % 90 + 1}
