"""Measures the processor time of a warm request: `python -m bench.warm [NAME ...]`.

Each request goes through its function's handler again and again, with the replies that an engine gave the first time:
what is left is our own time, of which the least is kept. `--typical APP` measures the function in another app.py in
turn with ours, and prints the ratios. NAME is a part of the names to be measured; TICKETS in the environment takes the
place of 10,000 tickets. Prints a table.
"""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.command import command_line
from bench.export import imported
from bench.packages import require_typical
from bench.population import NOW
from bench.replay import Replies
from deploy.progress import shown
from tests.directory.signing import AUDIENCE, ISSUER, key_set
from tests.engines import REGION
from tests.first_requests import SIGNER
from tests.gateway import an_event
from ticketing.directory.principal import Role
from ticketing.lambda_handler import deployed

TICKETS = int(os.environ.get("TICKETS", "10000"))
ROUNDS = 10
"""Times that the requests are measured in turn, so that what else the machine does meets all alike."""
PATIENCE = 0.3
"""Seconds for which a request is repeated in each round."""
DRAFT = {"status": "Open", "subject": "Where is my parcel?", "channelType": "Email", "uid": "jane@doe.example"}
REQUESTS: Mapping[str, tuple[str, str, str, str, Any]] = {
    "GET": ("tickets", "GET", "/api/Tickets/7", "", None),
    "POST": ("tickets", "POST", "/api/Tickets", "", DRAFT),
    "PATCH": ("tickets", "PATCH", "/api/Tickets/7", "", [{"op": "replace", "path": "/summary", "value": "Asked."}]),
    "list 25": ("tickets", "GET", "/api/Tickets", "pageSize=25", None),
    "list 25, one filter": ("tickets", "GET", "/api/Tickets", "pageSize=25&status=Open", None),
    "list 100": ("tickets", "GET", "/api/Tickets", "pageSize=100", None),
    "page 200 of 25": ("tickets", "GET", "/api/Tickets", "pageSize=25&pageNumber=200", None),
    "bulk 100": ("bulk", "PUT", "/api/Tickets/bulk", "", {"ticketIDs": [*range(1, 101)], "action": "invertstate"}),
}
"""The function, and what it is asked."""
TYPICAL = ("GET", "POST", "list 25")
"""Requests that the other function serves as well."""


class Context:
    """Lambda's context, as far as functions look at it."""

    aws_request_id, function_name, function_version = "request", "function", "1"
    memory_limit_in_mb, invoked_function_arn = 1024, f"arn:aws:lambda:{REGION}:123456789012:function:function"

    def get_remaining_time_in_millis(self) -> int:
        """Return as much as Lambda grants at most: on a busy machine the first batch takes its time."""
        return 900_000


@dataclass
class Repeated:
    """A request to a handler, how often the engine was asked for it, and the least processor time (ms) it took."""

    handler: Callable[[dict[str, Any], Context], dict[str, Any]]
    event: dict[str, Any]
    asked: int = 0
    least: float = float("inf")

    def prepare(self) -> None:
        """Ask twice, so that nothing is left to be loaded or remembered; raises ChildProcessError if refused."""
        for _ in range(2):
            answer = self.handler(deepcopy(self.event), Context())
        if answer["statusCode"] >= 400:
            raise ChildProcessError(answer["body"])

    def count(self, replies: Replies) -> None:
        """Ask once more, and count what the engine is asked."""
        before = replies.asked
        self.handler(deepcopy(self.event), Context())
        self.asked = replies.asked - before

    def repeat(self) -> None:
        """Ask for a while."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            event, begun = deepcopy(self.event), time.process_time_ns()
            status = self.handler(event, Context())["statusCode"]
            self.least = min(self.least, (time.process_time_ns() - begun) / 1e6)
            if status >= 400:
                raise ChildProcessError(f"refused with {status}")


def main() -> None:
    """Measure, and print a table."""
    parser = command_line(__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--typical", type=Path, metavar="APP")
    chosen = parser.parse_args()
    if chosen.typical:
        sys.path += map(str, require_typical().glob("lib/*/site-packages"))
    wanted = [name for name in REQUESTS if not chosen.names or any(part in name for part in chosen.names)]
    print("| request | calls | ms | typical, ms | ratio |\n|---|---:|---:|---:|---:|")
    with _measured(wanted, chosen.typical) as (ours, theirs):
        for name, each in ours.items():
            ratio = f"{theirs[name].least:.2f} | {each.least / theirs[name].least:.2f}" if name in theirs else " | "
            print(f"| {name} | {each.asked} | {each.least:.2f} | {ratio} |")


@contextmanager
def _measured(names: list[str], app: Path | None) -> Iterator[tuple[dict[str, Repeated], dict[str, Repeated]]]:
    replies = Replies()
    with imported(TICKETS, is_searchable=False) as url, replies.standing_in(), open(os.devnull, "w") as nowhere:
        os.environ |= _environment(url)
        deployed().adapters.now = lambda: NOW  # lists ask for what is due now
        with redirect_stdout(nowhere):  # where functions log to, from their imports on
            ours = {name: Repeated(_handler(f"functions.{REQUESTS[name][0]}.app"), _event(name)) for name in names}
            theirs = {name: Repeated(_other(app), _event(name)) for name in names if app and name in TYPICAL}
            _repeat([*ours.values(), *theirs.values()], replies)
        yield ours, theirs


def _repeat(requests: list[Repeated], replies: Replies) -> None:
    for each in requests:
        each.prepare()
    replies.is_recording = False
    for each in requests:
        each.count(replies)
    gc.collect()
    gc.freeze()
    for _ in shown(range(ROUNDS), "rounds"):
        for each in requests:
            each.repeat()


def _event(name: str) -> dict[str, Any]:
    _, method, path, query, body = REQUESTS[name]
    token = SIGNER.token(repID=11, role=Role.Administrator)
    return an_event(method, path, query, {"Authorization": f"Bearer {token}"}, body)


def _handler(module: str) -> Any:
    return import_module(module).lambda_handler


def _other(app: Path) -> Any:
    sys.path.append(str(app.resolve().parent))
    return _handler(app.stem)


def _environment(url: str) -> dict[str, str]:
    tables = (
        "Tickets",
        "Messages",
        "Search",
        "Tallies",
        "Calls",
        "Directory",
        "Ephemera",
        "Lessons",
        "Feed",
        "History",
    )
    return {
        **{f"{name.upper()}_TABLE": f"{name}Table" for name in tables},
        "SERVICE_NAME": "tickets",
        "POWERTOOLS_METRICS_NAMESPACE": "Tickets",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": url,
        "TOKEN_ISSUER": ISSUER,
        "TOKEN_AUDIENCE": AUDIENCE,
        "TOKEN_ALGORITHM": SIGNER.algorithm,
        "TOKEN_JWKS": key_set(SIGNER.jwk()),
        "STAGE": "local",
    }


if __name__ == "__main__":
    main()
