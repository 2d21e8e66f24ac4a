"""How many requests a second a local run answers, beside those of its health, in one run: `python -m bench.local`.

The local run (`make run`, another PORT by the environment) must be up. The kinds of requests take turns, so that what
else the machine does meets all alike; each of 8 clients keeps its connection. CLIENTS and SECONDS (per kind) in the
environment take the place of 8 and 20.
"""

import http.client
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from local import aws
from local.identity import rep_token
from local.places import State
from local.ports import Ports
from local.server import HOST

CLIENTS = int(os.environ.get("CLIENTS", "8"))
SECONDS = float(os.environ.get("SECONDS", "20"))
TURN = 1.0
"""Seconds that one kind of request is sent for before the next one's turn."""
HEALTH = "health"


class Connection:
    """A client's connection, kept for all its requests."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> bytes:
        """Return the body of a reply. Raises RuntimeError where it is no 200."""
        self._connection.request("GET", path, headers=self._headers)
        reply = self._connection.getresponse()
        body = reply.read()
        if reply.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {reply.status}")
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
    aws.forget_accounts()
    state = State.chosen()
    port, token = Ports.of(state).api, rep_token(state, 1, 11, lifetime=3600)
    clients = [Connection(port, token) for _ in range(CLIENTS)]
    ticket = json.loads(clients[0].get("/api/Tickets?pageSize=1"))["items"][0]["ticketID"]
    rates = measured(
        clients,
        {
            HEALTH: "/api/health",
            "one ticket": f"/api/Tickets/{ticket}",
            "a list of 25": "/api/Tickets?pageSize=25",
            "a list of 25, one filter": "/api/Tickets?pageSize=25&status=Open",
        },
    )
    print(f"| {CLIENTS} clients | requests/s | beside health |\n|---|---:|---:|")
    for name, rate in rates.items():
        print(f"| {name} | {rate:.0f} | {rate / rates[HEALTH]:.2f} |")


def measured(clients: list[Connection], paths: dict[str, str]) -> dict[str, float]:
    """Return the rate of each kind of request."""
    counts, spent = Counter[str](), dict.fromkeys(paths, 0.0)
    with ThreadPoolExecutor(len(clients)) as pool:
        for name, path in paths.items():
            print(f"\rwarming up: {name}\033[K", end="", file=sys.stderr, flush=True)
            turn(pool, clients, path)
        turns = max(1, round(SECONDS / TURN))
        for number in range(turns):
            for name, path in paths.items():
                print(f"\r{number + 1} of {turns}: {name}\033[K", end="", file=sys.stderr, flush=True)
                count, seconds = turn(pool, clients, path)
                counts[name] += count
                spent[name] += seconds
    print("\r\033[K", end="", file=sys.stderr)
    return {name: counts[name] / spent[name] for name in paths}


def turn(pool: ThreadPoolExecutor, clients: list[Connection], path: str) -> tuple[int, float]:
    """Send one kind of request with all clients at once; return how many were answered, and in how many seconds."""
    begun = time.monotonic()
    counts = pool.map(lambda client: client.answered(path, begun + TURN), clients)
    return sum(counts), time.monotonic() - begun


if __name__ == "__main__":
    main()
