"""Measures how fast a local run answers, beside its health, and once many tickets are loaded: `python -m bench.local`.

Starts a run of its own with the demo data (as `make run` does, on a folder of its own), measures it, loads tickets
into it (`python -m local load`), and measures it again. The kinds of requests take turns, so that what else the machine
does meets all alike; each client keeps its connection. Prints a table.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from bench.ending import end_by_signals
from bench.report import Table, Value
from local import aws
from tests.local_stack import Stack, started

CLIENTS = (1, 8)
TURN = 1.0
"""Seconds that one kind of request is sent for before the next one's turn."""
HEALTH = "health"
type Rates = dict[tuple[str, int], float]
"""Requests a second, by their kind and the number of clients."""


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
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
    print(_table(small, large, chosen.tickets, loaded).markdown())


def _loaded(state: Path, tickets: int) -> str:
    """Load tickets; return what that says about its time."""
    command = [sys.executable, "-m", "local", "load", "--tickets", str(tickets)]
    environment = os.environ | {"LOCAL_STATE": str(state)}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def _measured(stack: Stack, turns: int) -> Rates:
    clients = [Connection(stack.baseUrl, stack.token(1, rep=11, expires=36_000)) for _ in range(max(CLIENTS))]
    ticket = json.loads(clients[0].get("/api/Tickets?pageSize=1"))["items"][0]["ticketID"]
    paths = {
        HEALTH: "/api/health",
        "one ticket": f"/api/Tickets/{ticket}",
        "a list of 25": "/api/Tickets?pageSize=25",
        "a list of 25, one filter": "/api/Tickets?pageSize=25&status=Open",
    }
    rates: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    with ThreadPoolExecutor(max(CLIENTS)) as pool:
        for number in range(turns + 1):
            for count in CLIENTS:
                for name, path in paths.items():
                    _say(f"turn {number} of {turns}: {name}, {count} at once")
                    rate = _turn(pool, clients[:count], path)
                    if number:  # the first one warms up
                        rates[name, count].append(rate)
    return {kind: sum(each) / len(each) for kind, each in rates.items()}


def _turn(pool: ThreadPoolExecutor, clients: Sequence[Connection], path: str) -> float:
    """Send one kind of request with all clients at once; return how many were answered in a second."""
    begun = time.monotonic()
    answered: int = sum(pool.map(lambda client: client.answered(path, begun + TURN), clients))
    return answered / (time.monotonic() - begun)


def _table(small: Rates, large: Rates, tickets: int, loaded: str) -> Table:
    columns = [
        "requests/s",
        "demo data",
        "beside health",
        f"with {tickets:,} tickets more",
        "beside health",
        "times as long",
    ]
    rows: list[list[Value]] = [
        [
            f"{name}, {count} client{'s' if count > 1 else ''}",
            small[name, count],
            small[name, count] / small[HEALTH, count],
            large[name, count],
            large[name, count] / large[HEALTH, count],
            small[name, count] / large[name, count],
        ]
        for name, count in small
    ]
    return Table("The local run", columns, rows, loaded)


def _say(text: str) -> None:
    print(f"\r{text}\033[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
