"""Measures how fast a local run answers, beside its health, and once many tickets are loaded: `python -m bench.local`.

Starts a run of its own with the demo data (as `make run` does, on a folder of its own), measures it, loads tickets
into it (`python -m local load`), and measures it again. The kinds of requests take turns, so that what else the machine
does meets all alike; each client keeps its connection. Prints a table of rates, and one of the processor time that a
request takes in the run's processes, which others on the machine change less.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bench.command import command_line
from bench.ending import end_by_signals
from bench.processor import KINDS, TICK, taken
from bench.report import Table, Value
from local import aws
from tests.local_stack import Stack, started

CLIENTS = (1, 8)
TURN = 1.0
"""Seconds that one kind of request is sent for before the next one's turn."""
HEALTH = "health"
type Kind = tuple[str, int]
"""A kind of request, and the number of clients."""


@dataclass
class Turns:
    """Counts answered requests of a kind, the seconds they took, and the ticks of the processor."""

    requests: int = 0
    seconds: float = 0
    taken: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Return the requests of a second."""
        return self.requests / self.seconds

    def each(self, process: str) -> float:
        """Return the milliseconds that a request took of the processor."""
        return TICK * self.taken[process] / self.requests


type Measured = dict[Kind, Turns]


class Connection:
    """A client's connection, kept for all its requests."""

    def __init__(self, url: str, token: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> bytes:
        """Return the body of a reply. Raises ConnectionError where it is no 200."""
        self._connection.request("GET", path, headers=self._headers)
        reply = self._connection.getresponse()
        body = reply.read()
        if reply.status != http.HTTPStatus.OK:
            raise ConnectionError(f"{path}: {reply.status}")
        return body

    def answered(self, path: str, until: float) -> int:
        """Return how many requests were answered up to a moment."""
        count = 0
        while time.monotonic() < until:
            self.get(path)
            count += 1
        return count


def main() -> None:
    """Measure and print a table."""
    parser = command_line(__doc__)
    parser.add_argument("--tickets", type=int, default=100_000, help="how many are loaded")
    parser.add_argument("--turns", type=int, default=10, help="seconds for each kind of request and number of clients")
    chosen = parser.parse_args()
    aws.forget_accounts()
    end_by_signals()
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "state"
        _say("starting a local run …")
        with started(state, None, (), "--until-parent-ends") as stack:
            small = _measured(stack, chosen.turns)
            loaded = _loaded(state, chosen.tickets)
            large = _measured(stack, chosen.turns)
    print(_rates(small, large, chosen.tickets, loaded).markdown())
    print(_shares(small, large, chosen.tickets).markdown())


def _loaded(state: Path, tickets: int) -> str:
    """Load tickets; return what that says about its time."""
    command = [sys.executable, "-m", "local", "load", "--tickets", str(tickets)]
    environment = os.environ | {"LOCAL_STATE": str(state)}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def _measured(stack: Stack, turns: int) -> Measured:
    clients = [Connection(stack.baseUrl, stack.token(1, rep=11, expires=36_000)) for _ in range(max(CLIENTS))]
    ticket = json.loads(clients[0].get("/api/Tickets?pageSize=1"))["items"][0]["ticketID"]
    paths = {
        HEALTH: "/api/health",
        "one ticket": f"/api/Tickets/{ticket}",
        "a list of 25": "/api/Tickets?pageSize=25",
        "a list of 25, one filter": "/api/Tickets?pageSize=25&status=Open",
    }
    measured: Measured = defaultdict(Turns)
    with ThreadPoolExecutor(max(CLIENTS)) as pool:
        for number in range(turns + 1):
            for count in CLIENTS:
                for name, path in paths.items():
                    _say(f"turn {number} of {turns}: {name}, {count} at once")
                    # the first one warms up
                    _turn(pool, clients[:count], path, stack.folder, measured[name, count] if number else Turns())
    return measured


def _turn(pool: ThreadPoolExecutor, clients: Sequence[Connection], path: str, folder: Path, turns: Turns) -> None:
    """Send one kind of request with all clients at once, and add what came of it."""
    before, begun = taken(folder), time.monotonic()
    turns.requests += sum(pool.map(lambda client: client.answered(path, begun + TURN), clients))
    turns.seconds += time.monotonic() - begun
    turns.taken += taken(folder) - before


def _rates(small: Measured, large: Measured, tickets: int, loaded: str) -> Table:
    beside, more = "beside health", f"with {tickets:,} tickets more"
    columns = ["requests/s", "demo data", beside, more, beside, "times as long"]
    rows: list[list[Value]] = [
        [
            _named(name, count),
            small[name, count].rate,
            small[name, count].rate / small[HEALTH, count].rate,
            large[name, count].rate,
            large[name, count].rate / large[HEALTH, count].rate,
            small[name, count].rate / large[name, count].rate,
        ]
        for name, count in small
    ]
    return Table("The local run", columns, rows, loaded)


def _shares(small: Measured, large: Measured, tickets: int) -> Table:
    both = [small, large]
    columns = ["ms of the processor for a request", *KINDS, f"with {tickets:,} tickets more: {KINDS[0]}", *KINDS[1:]]
    rows: list[list[Value]] = [
        [_named(*kind), *(measured[kind].each(process) for measured in both for process in KINDS)] for kind in small
    ]
    return Table("The local run's processor time", columns, rows)


def _named(name: str, count: int) -> str:
    return f"{name}, {count} client{'s' if count > 1 else ''}"


def _say(text: str) -> None:
    print(f"\r{text}\033[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
