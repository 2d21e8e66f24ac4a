"""What breaks first as customers grow: `python -m bench.scaling`.

Has one customer's tickets created, written to, assigned and closed on the engine of the local run, enters what streams
would bring in batches of several sizes, and adds up the write units that each partition key takes. A partition takes
1,000 write units a second, a new on-demand table 4,000, a table 40,000 unless the quota was raised (AWS: "Best practices
for designing and using partition keys effectively", "Quotas in Amazon DynamoDB"). Prints tables, and keeps them.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from bench.export import imported
from bench.lists import adapters_at
from bench.population import CUSTOMER
from bench.report import Table
from bench.traffic import Key, Traffic
from bench.writes import Life
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.kernel.deadline import Deadline
from ticketing.lists.indexing import MessageChange
from ticketing.tickets.changes import TicketChange

PARTITION, NEW_TABLE, TABLE = 1_000, 4_000, 40_000
"""Write units a second."""
BATCHES = (1, 10, 50)
"""Changes that streams bring at once: one while little happens, up to 100 when much does."""
LIVES = 50
"""Tickets whose life is measured for each size of batch."""
WRITES = 5
"""Of a life: a ticket is created, gets two messages, is assigned and closed."""
TOGETHER = 1_000
"""Ticket writes a second of 10,000 customers together."""


def main() -> None:
    """Measure, and print the tables."""
    with imported(1_000, is_searchable=True) as url:
        adapters = adapters_at(url)
        measured = {batch: _units(adapters, batch) for batch in BATCHES}
    for table in (_one_customer(measured), _many_customers(measured[BATCHES[1]])):
        table.keep()
        print(table.markdown())


def _units(adapters: Adapters, batch: int) -> Counter[Key]:
    """Return the write units of each key, for each write of a ticket."""
    traffic = Traffic()
    with traffic.following(adapters.dynamodb.client):
        for _ in range(LIVES // batch):
            _live(Application(adapters), batch)
    print(f"batches of {batch}: {traffic.units.total():,.0f} units", file=sys.stderr, flush=True)
    return Counter({key: units / (LIVES * WRITES) for key, units in traffic.units.items()})


def _live(application: Application, batch: int) -> None:
    lives = [Life(application, application.adapters.tickets.next_id(CUSTOMER)) for _ in range(batch)]
    steps: tuple[Callable[[Life], object], ...] = (
        Life.create,
        Life.message,
        Life.message,
        lambda life: life.patched(customerRepID=12)(),
        lambda life: life.patched(status="Closed")(),
    )
    for step in steps:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(step, lives))
        _enter(application, lives)


def _enter(application: Application, lives: Iterable[Life]) -> None:
    tickets = [life.ticket() for life in lives]
    application.indexing.enter_tickets(map(TicketChange, tickets), Deadline(time.monotonic() + 60))
