"""Measures lists and the history's summary of an end user with very many tickets: `python -m bench.end_user [TICKETS]`.

Each is asked of one dynoxide in memory, which says how many units it takes; the seconds are this process's processor's.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import batched
from urllib.parse import parse_qsl

from bench.command import command_line
from bench.meter import Meter
from tests.backends import application_on
from tests.builders import A_MOMENT, ACME, ADMIN, a_ticket
from tests.engines import Tables, dynoxide, tables_at
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.http.list_query import list_request
from ticketing.http.parameters import Parameters
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.lists.counts import counted_as
from ticketing.lists.dynamodb.rows import ticket_row
from ticketing.tickets.dynamodb.items import to_item
from ticketing.tickets.model import Ticket

UID = "alerts@monitor.example"
ASKING = Representative(ACME, ADMIN, Role.Administrator)
TOGETHER = 500


def main() -> None:
    """Print the units, the requests and the processor's seconds of each operation."""
    parser = command_line(__doc__)
    parser.add_argument("tickets", nargs="?", type=int, default=2_000, metavar="TICKETS")
    count = parser.parse_args().tickets
    with dynoxide() as url:
        tables, meter = tables_at(url), Meter(latency=0)
        _fill(tables, count)
        meter.attach(tables.client)
        for name, operation in _operations(application_on(tables)):
            meter.reset()
            begun = time.process_time()
            outcome = operation()
            seconds = time.process_time() - begun
            print(f"{name:28} {meter.read:8.1f} units {meter.requests:4} requests {seconds:6.2f} s  {outcome}")


def _fill(tables: Tables, count: int) -> None:
    engine = Engine(tables.client)
    for some in batched(map(_ticket, range(1, count + 1)), TOGETHER, strict=False):
        kept = {"tickets": [to_item(each, "") for each in some]}
        kept["tallies"] = [ticket_row(counted_as(each, A_MOMENT)) for each in some]
        for role, items in kept.items():
            engine.batch_write(tables.names[role], [{"PutRequest": {"Item": engine.typed(item)}} for item in items])


def _ticket(number: int) -> Ticket:
    moment = f"2026-03-{number % 28 + 1:02}T10:00:00.000Z"
    subject, holder = f"Disk of host {number} is nearly full", (None, 13, 14)[number % 3]
    return a_ticket(
        ticketID=number, uid=UID, subject=subject, preview="x" * 150, customerRepID=holder, lastMessageDate=moment
    )


def _operations(application: Application) -> Iterator[tuple[str, Callable[[], str]]]:
    for query in ("", "sortBy=ticketID", "sortBy=subject", "isClosed=false"):
        yield f"list {query}", partial(_listed, application, query)
    yield "summary", lambda: f"{application.summaries.summary(ASKING, 1).ticketCount} other tickets"


def _listed(application: Application, query: str) -> str:
    page = application.listing.page(ASKING, list_request(Parameters(parse_qsl(f"uid={UID}&{query}")), A_MOMENT))
    return f"{len(page.items)} of {page.totalCount}"


if __name__ == "__main__":
    main()
