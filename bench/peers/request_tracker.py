"""Request Tracker 5 (Debian's) on PostgreSQL, served by Starman.

Its tickets are written with SQL, as making each through its API takes 0.4 s; they have no groups of watchers, which
makes its lists faster, not slower.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.packages import require, version_of
from bench.peers.peer import PAGE, WORKERS, Asked, Work
from bench.peers.population import SEARCHED
from bench.peers.postgres import postgres, psql, release
from bench.peers.servers import serving

PACKAGES = ("request-tracker5", "rt5-db-postgresql", "starman")
POSTGRES = 5545
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
    port = 18081

    def made_of(self) -> Sequence[str]:
        """Install it; return what a filled site depends on."""
        database = release()
        require(*PACKAGES)
        return [f"RT {version_of(PACKAGES[0])}", database, SETTINGS, TOKEN, FILL]

    def fill(self, folder: Path, lines: Path) -> None:
        """Make its database, and fill it."""
        with postgres(folder, POSTGRES):
            environment = self._environment(folder)
            setup = ["rt-setup-database-5", "--action", "init", "--dba", "postgres", "--dba-password", "none"]
            subprocess.run(setup, env=environment, check=True, capture_output=True)
            fill = FILL.format(lines=lines)
            subprocess.run(psql(POSTGRES, "rt5"), input=fill, text=True, check=True, stdout=subprocess.DEVNULL)
            perl = ["perl", f"-I{SHARE}/lib", "-"]
            made = subprocess.run(perl, input=TOKEN, env=environment, text=True, check=True, capture_output=True)
            (folder / "token").write_text(made.stdout)

    @contextmanager
    def serving(self, folder: Path) -> Iterator[None]:
        """Serve it until the end."""
        self._headers = {"Authorization": f"token {(folder / 'token').read_text()}"}
        bound = ["--workers", str(WORKERS), "--listen", f"127.0.0.1:{self.port}", "--disable-keepalive"]
        command, environment = ["starman", *bound, f"{SHARE}/libexec/rt-server"], self._environment(folder)
        with postgres(folder, POSTGRES), serving(command, self.port, folder / "rt.log", environment):
            yield

    def _environment(self, folder: Path) -> dict[str, str]:
        """Return the environment that names the settings, which are written."""
        settings, none = folder / "RT_SiteConfig.pm", folder / "none"
        settings.write_text(SETTINGS.format(port=self.port, postgres=POSTGRES))
        none.mkdir(exist_ok=True)
        return os.environ | {"RT_SITE_CONFIG": str(settings), "RT_SITE_CONFIG_DIR": str(none)}

    def requests(self, work: Work) -> list[Asked]:
        """Return REST 2 requests."""
        ticket = f"/REST/2.0/ticket/{work.ticketID}"
        # nothing is said of a value that a ticket has already: bulk changes and others have values of their own
        priority = work.number % 45 + (1 if work.operation == "bulk 20" else 46)
        made = {"Queue": "General", "Subject": f"Parcel {work.number}"}
        changed = [{"id": ticketID, "Priority": priority} for ticketID in work.ticketIDs]
        asked = {
            "list 25": self._list("id > 0"),
            "filter": self._list("Status = 'open'"),
            "deep page": self._list("id > 0", work.page),
            "search": self._list(f"Subject LIKE '{SEARCHED}'"),
            "read": ("GET", ticket, None),
            "update": ("PUT", ticket, {"Priority": priority}),
            "create": ("POST", "/REST/2.0/ticket", made),
            "bulk 20": ("PUT", "/REST/2.0/tickets/bulk", changed),
        }[work.operation]
        return [Asked(*asked, headers=self._headers)]

    def is_done(self, work: Work, answer: bytes) -> bool:
        """Look at a page's items, and count what is said to have changed."""
        said = json.loads(answer)
        if work.is_list:
            return len(said["items"]) == PAGE
        changes = {"update": 1, "bulk 20": len(work.ticketIDs)}.get(work.operation, 0)
        return answer.count(b"Priority changed") == changes and bool(said)

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
