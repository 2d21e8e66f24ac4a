"""Measures what 1,000 and 100,000 tickets make lists, searches, totals and writes consume: `python -m bench.lists`.

Prints a table and keeps it in bench/results, with its date. SIZES in the environment takes the place of the sizes. With
SEARCH=no there are no postings and no searches: a million tickets then take some 15 GB of disk instead of 60. With
STATUSES=each every ticket has a status of its own, and lists by such a status are measured too.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import parse_qsl, urlencode

from bench.command import command_line
from bench.export import imported, schema
from bench.meter import Meter
from bench.population import (
    COMMON,
    CUSTOMER,
    HAS_ODD_STATUSES,
    NOW,
    odd_status,
    rare_word,
    seldom_word,
)
from bench.report import RESULTS
from bench.writes import following
from tests.engines import client_of
from tests.lists.fakes import InMemoryJobs
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.errors import TooManyToSort
from ticketing.http.list_query import list_request
from ticketing.http.parameters import Parameters
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.instant import canonical
from ticketing.settings import Settings

SIZES = [int(size) for size in os.environ.get("SIZES", "1000,100000").split(",")]
IS_SEARCHABLE = os.environ.get("SEARCH") != "no"
ADMIN, AGENT = (Representative(CUSTOMER, 11, role) for role in (Role.Administrator, Role.Agent))
LISTS: dict[str, tuple[Representative, str]] = {
    "first page": (ADMIN, ""),
    "first page, an Agent's": (AGENT, ""),
    "first page, one filter": (ADMIN, "status=Open"),
    "first 25": (ADMIN, "pageSize=25"),
    "first 25, one filter": (ADMIN, "pageSize=25&status=Open"),
    "first 25, a holder": (ADMIN, "pageSize=25&customerRepID=12"),
    "first 25, a channel": (ADMIN, "pageSize=25&channelIDs=3"),
    "first 25, closed": (ADMIN, "pageSize=25&isClosed=true"),
    "first 25, an end user's": (ADMIN, "pageSize=25&uid=user7@doe.example"),
    "first 25, a type": (ADMIN, "pageSize=25&channelType=Phone"),
    "first page, two common filters": (ADMIN, "status=Closed&customerRepID=12"),
    "first page, five filters": (ADMIN, "status=Escalated&customerRepID=12&channelIDs=3&channelType=Phone&isSpam=true"),
    "first page, a type": (ADMIN, "channelType=Phone"),
    "first page, a type and a holder": (ADMIN, "channelType=Phone&customerRepID=12"),
    "first page by subject, a type": (ADMIN, "sortBy=subject&channelType=Teams"),
    "first page, an end user's": (ADMIN, "uid=user7@doe.example"),
    "first page, follow-ups too": (ADMIN, "includeFollowUp=true"),
    "page 400 of 25, or the last full one": (ADMIN, "pageSize=25&pageNumber={deep}"),
    "first page by dateCreated, one filter": (ADMIN, "sortBy=dateCreated&status=Open"),
    "first page by subject, three filters": (ADMIN, "sortBy=subject&status=Escalated&customerRepID=12&channelIDs=3"),
    "search, a word of one ticket": (ADMIN, f"search={rare_word(7)}"),
    "search, that and a common word": (ADMIN, f"search={rare_word(7)}+{COMMON}"),
    "search, that and a common prefix": (ADMIN, f"search={rare_word(7)}+par*"),
    "search, a word of every 20th ticket": (ADMIN, f"search={seldom_word(7)}"),
    "search, a word of most tickets": (ADMIN, f"search={COMMON}"),
}
OLD, NEW = (urlencode({"status": odd_status(ticketID)}) for ticketID in (7, 777))
LISTS_BY_ODD_STATUS: dict[str, tuple[Representative, str]] = {
    "first page, one filter: another's": (ADMIN, "customerRepID=12"),
    "first page, an early status": (ADMIN, OLD),
    "first page, a later status": (ADMIN, NEW),
    "first page, two later statuses and a holder": (
        ADMIN,
        f"{NEW}&{urlencode({'status': odd_status(778)})}&customerRepID=12",
    ),
    "first page by subject, a later status": (ADMIN, f"sortBy=subject&{NEW}"),
    "first page by dateCreated, a later status": (ADMIN, f"sortBy=dateCreated&{NEW}"),
}


@dataclass(frozen=True)
class Figure:
    """The units and requests of one operation."""

    read: float
    written: float
    requests: int
    stages: int
    outcome: str


def main() -> None:
    """Measure at every size, print a table and keep it."""
    command_line(__doc__).parse_args()
    table = _table({size: measured(size) for size in SIZES})
    print(table)
    RESULTS.mkdir(exist_ok=True)
    today = datetime.now(UTC).date()
    what = "Lists, searches, totals and writes" if IS_SEARCHABLE else "Lists, totals and writes, nothing searched"
    what += ", a status per ticket" if HAS_ODD_STATUSES else ""
    name = f"lists-{'odd-' if HAS_ODD_STATUSES else ''}{max(SIZES)}-{today}.md"
    (RESULTS / name).write_text(f"# {what}, {today}\n\n{table}\n")


def measured(size: int) -> dict[str, Figure]:
    """Return the figure of every operation at a size, by its name."""
    with imported(size, IS_SEARCHABLE) as url:
        meter, adapters = _measured_adapters(url)
        figures = {}
        for name, (caller, query) in (LISTS | (LISTS_BY_ODD_STATUS if HAS_ODD_STATUSES else {})).items():
            if "search" in query and not IS_SEARCHABLE:
                continue
            wanted = query.format(deep=min(400, size // 26))
            figures[name] = _figure(meter, lambda caller=caller, wanted=wanted: _listed(adapters, caller, wanted))  # type: ignore[misc]
        tickets = Application(adapters).tickets
        figures["read one"] = _figure(meter, lambda: tickets.read(ADMIN, 7).status)
        totals = adapters.ticket_counts.totals
        figures["totals alone"] = _figure(meter, lambda: f"{len(totals(CUSTOMER, canonical(NOW)).cells)} rows")
        for name, operation in following(Application(adapters), size):
            figures[name] = _figure(meter, operation)
        return figures


def _listed(adapters: Adapters, caller: Representative, query: str) -> str:
    """List in a function that remembers nothing of the directory, and say what came of it."""
    request = list_request(Parameters(parse_qsl(query)), canonical(NOW))
    fresh = Adapters(adapters.settings)
    fresh.dynamodb, fresh.executor = adapters.dynamodb, adapters.executor
    try:
        page = Application(fresh).listing.page(caller, request)
    except TooManyToSort:
        return "400 TooManyToSort"
    return f"{len(page.items)} of {page.totalCount}"


def _figure(meter: Meter, operation: Callable[[], str]) -> Figure:
    meter.reset()
    outcome = operation()
    return Figure(meter.read, meter.written, meter.requests, meter.stages, outcome)


def _measured_adapters(url: str) -> tuple[Meter, Adapters]:
    meter, client = Meter(), client_of(url, patience=60)
    meter.attach(client)
    names = [each["Table"]["TableName"] for each in schema()]
    adapters = Adapters(Settings(**{f"{name.removesuffix('Table').upper()}_TABLE": name for name in names}))
    adapters.dynamodb, adapters.executor, adapters.jobs = Engine(client), ThreadPoolExecutor(16), InMemoryJobs()
    seconds = count()
    adapters.now = lambda: NOW + timedelta(seconds=next(seconds))  # a message must be later than its ticket
    return meter, adapters


def _table(figures: dict[int, dict[str, Figure]]) -> str:
    sizes = list(figures)
    heads = " | ".join(f"{size:,} tickets: read | write | requests | round trips | outcome" for size in sizes)
    lines = [f"| | {heads} |", "|---|" + "---:|---:|---:|---:|---|" * len(sizes)]
    for name in figures[sizes[0]]:
        cells = (
            f"{each.read:g} | {each.written:g} | {each.requests} | {each.stages} | {each.outcome}"
            for each in (figures[size][name] for size in sizes)
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
