"""What lists, searches, totals and writes consume, at 1,000 and at 100,000 tickets: `python -m bench.lists`.

Prints a table and keeps it in bench/results, with its date. SIZES in the environment takes the place of the sizes. With
SEARCH=no there are no postings and no searches: a million tickets then take some 15 GB of disk instead of 60.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import parse_qsl

from bench.export import export, schema
from bench.meter import Meter
from bench.population import COMMON, CUSTOMER, NOW, customer, rare_word, seldom_word
from bench.writes import following
from tests.engines import BINARY, client_of, dynoxide
from ticketing import wiring
from ticketing.directory.principal import Representative, Role
from ticketing.errors import TooManyToSort
from ticketing.http.list_query import list_request
from ticketing.http.parameters import Parameters
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.instant import canonical
from ticketing.settings import settings

SIZES = [int(size) for size in os.environ.get("SIZES", "1000,100000").split(",")]
IS_SEARCHABLE = os.environ.get("SEARCH") != "no"
RESULTS = Path(__file__).parent / "results"
ADMIN, AGENT = (Representative(CUSTOMER, 11, role) for role in (Role.Administrator, Role.Agent))
LISTS: dict[str, tuple[Representative, str]] = {
    "first page": (ADMIN, ""),
    "first page, an Agent's": (AGENT, ""),
    "first page, one filter": (ADMIN, "status=Open"),
    "first page, two common filters": (ADMIN, "status=Closed&customerRepID=12"),
    "first page, five filters": (ADMIN, "status=Escalated&customerRepID=12&channelIDs=3&channelType=Phone&isSpam=true"),
    "first page, follow-ups too": (ADMIN, "includeFollowUp=true"),
    "page 300, or the last full one": (ADMIN, "pageNumber={deep}"),
    "first page by dateCreated, one filter": (ADMIN, "sortBy=dateCreated&status=Open"),
    "first page by subject, three filters": (ADMIN, "sortBy=subject&status=Escalated&customerRepID=12&channelIDs=3"),
    "search, a word of one ticket": (ADMIN, f"search={rare_word(7)}"),
    "search, that and a common word": (ADMIN, f"search={rare_word(7)}+{COMMON}"),
    "search, that and a common prefix": (ADMIN, f"search={rare_word(7)}+par*"),
    "search, a word of every 20th ticket": (ADMIN, f"search={seldom_word(7)}"),
    "search, a word of most tickets": (ADMIN, f"search={COMMON}"),
}


@dataclass(frozen=True)
class Figure:
    """What one operation took."""

    read: float
    written: float
    requests: int
    stages: int
    outcome: str


def main() -> None:
    """Measures at every size, prints a table and keeps it."""
    measured = {size: _measured(size) for size in SIZES}
    table = _table(measured)
    print(table)
    RESULTS.mkdir(exist_ok=True)
    today = datetime.now(UTC).date()
    what = "Lists, searches, totals and writes" if IS_SEARCHABLE else "Lists, totals and writes, nothing searched"
    name = f"lists-{max(SIZES)}-{today}.md"
    (RESULTS / name).write_text(f"# {what}, {today}\n\n{table}\n")


def _measured(size: int) -> dict[str, Figure]:
    with _population(size) as meter:
        figures = {}
        for name, (caller, query) in LISTS.items():
            if "search" in query and not IS_SEARCHABLE:
                continue
            wanted = query.format(deep=min(300, size // 11))
            figures[name] = _figure(meter, lambda caller=caller, wanted=wanted: _listed(caller, wanted))  # type: ignore[misc]
        totals = wiring.tallies().totals
        figures["totals alone"] = _figure(meter, lambda: f"{len(totals(CUSTOMER, canonical(NOW)).tallies)} rows")
        for name, operation in following(size):
            figures[name] = _figure(meter, operation)
        return figures


def _listed(caller: Representative, query: str) -> str:
    """Lists, and says what came of it."""
    request = list_request(Parameters(parse_qsl(query)), canonical(NOW))
    wiring.directory.cache_clear()
    wiring.labels.cache_clear()
    wiring.listing.cache_clear()
    try:
        page = wiring.listing().page(caller, request)
    except TooManyToSort:
        return "400 TooManyToSort"
    return f"{len(page.items)} of {page.totalCount}"


def _figure(meter: Meter, operation: Callable[[], str]) -> Figure:
    meter.reset()
    outcome = operation()
    return Figure(meter.read, meter.written, meter.requests, meter.stages, outcome)


@contextmanager
def _population(size: int) -> Iterator[Meter]:
    """An engine with so many tickets, and the wiring on it."""
    with tempfile.TemporaryDirectory() as folder:
        source, database, tables = Path(folder, "export"), Path(folder, "database"), Path(folder, "schema.json")
        source.mkdir()
        print(f"Making {size:,} tickets …", file=sys.stderr, flush=True)
        export(size, source, IS_SEARCHABLE)
        tables.write_text(json.dumps(schema()))
        command = [str(BINARY), "import", "--source", str(source), "--schema", str(tables), "--output", str(database)]
        subprocess.run(command, check=True, capture_output=True)
        with dynoxide("--db-path", str(database), "--schema", str(tables)) as url:
            yield _wired(url)


def _wired(url: str) -> Meter:
    meter, client = Meter(), client_of(url, read_timeout=60)
    meter.attach(client)
    engine, executor = Engine(client), ThreadPoolExecutor(16)
    names = [each["Table"]["TableName"] for each in schema()]
    os.environ |= {f"{name.removesuffix('Table').upper()}_TABLE": name for name in names}
    settings.cache_clear()
    for made in vars(wiring).values():
        if hasattr(made, "cache_clear"):
            made.cache_clear()
    wiring.engine = lambda: engine  # type: ignore[assignment]
    wiring.executor = lambda: executor  # type: ignore[assignment]
    seconds = count()
    wiring.now = lambda: NOW + timedelta(seconds=next(seconds))  # a message must be later than its ticket
    wiring.current_directory().load(customer())
    return meter


def _table(measured: dict[int, dict[str, Figure]]) -> str:
    sizes = list(measured)
    heads = " | ".join(f"{size:,} tickets: read | write | requests | round trips | outcome" for size in sizes)
    lines = [f"| | {heads} |", "|---|" + "---:|---:|---:|---:|---|" * len(sizes)]
    for name in measured[sizes[0]]:
        cells = (
            f"{each.read:g} | {each.written:g} | {each.requests} | {each.stages} | {each.outcome}"
            for each in (measured[size][name] for size in sizes)
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
