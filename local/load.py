"""Many more tickets of the demo data, added to those that are there, in a run or beside it.

The bundle's own stores say what is written, search and counts included. It goes into the engine's file as the engine's
`import` would write it, some hundred tickets at a time, past the tables' streams: the feed tells nobody. Several such
batches are made at the same time, and added in their order. Whoever stops this in between keeps the tickets so far; a
kill may leave the counts of the last batch behind, which `rebuild` mends.
"""

import os
import socket
import sqlite3
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bundle.children import started
from bundle.errors import CannotContinue
from deploy.progress import shown
from local.batch import Batch, Tables, end_with_parent, made
from local.demo import ACME
from local.deployment import Deployment
from local.kept import Sums, add_sums
from local.places import ENGINE, State
from local.run import held
from local.server import HOST, Server
from ticketing.errors import Unavailable
from ticketing.tickets.dynamodb.stored import COUNTER

BATCH = 500
"""Tickets that are added in one step, for which other writes wait; the engine lets them wait 5 seconds at most."""
MAKERS = min(4, os.cpu_count() or 1)
"""Batches that are made at the same time; more would come faster than they are added."""
PATIENCE = 60
"""Seconds to wait for the file."""
CACHE = "PRAGMA cache_size = -262144"
"""256 MB for the pages of the file: postings stand in the order of words, not of tickets."""


def load(state: State, count: int) -> None:
    """Add so many tickets of Acme, with a bar and the rate. Raises CannotContinue."""
    if not ENGINE.exists():
        raise CannotContinue(f"There is no {ENGINE}, whose import this takes.")
    if count < 1:
        raise CannotContinue("The number of tickets must be at least 1.")
    deployment, begun = Deployment.required(state), time.monotonic()
    state.scratch.mkdir(exist_ok=True)
    with _engine(state) as url, TemporaryDirectory(dir=state.scratch) as scratch:
        try:
            _add(state, Tables.of(deployment, url), count, Path(scratch))
        except Unavailable:
            raise CannotContinue("The tables cannot be reached: is the run still starting?") from None
    seconds = time.monotonic() - begun
    print(f"Added {count:,} tickets in {seconds:.0f} s, {count / seconds:.0f} a second.")


def _add(state: State, tables: Tables, count: int, scratch: Path) -> None:
    """Add tickets batch by batch: some are made while those before are added."""
    first, now = _first_id(tables, count), datetime.now(UTC)
    parts = [range(place, min(place + BATCH, count)) for place in range(0, count, BATCH)]
    batches = [
        Batch(first, part, count, now, scratch / f"{part.start}", state.log(f"load-{part.start}")) for part in parts
    ]
    # a fork would copy locks that other threads hold
    processes, method = min(MAKERS, len(batches)), get_context("spawn")
    with ProcessPoolExecutor(processes, method, end_with_parent) as makers, ThreadPoolExecutor(1) as adder:
        results = makers.map(made, [tables] * len(batches), batches)
        try:
            for batch in shown(batches, f"batches of {BATCH:,} tickets"):
                # an interrupt reaches this thread alone, and leaves it once the other is done
                adder.submit(_take, batch.file, state, tables, next(results)).result()
        finally:
            makers.shutdown(cancel_futures=True)


def _take(file: Path, state: State, tables: Tables, sums: Sums) -> None:
    """Take a batch over: its items, and what they add to counts."""
    _copy(file, state.tables, tables.keys)
    add_sums(tables.engine(), sums)
    file.unlink()


def _first_id(tables: Tables, count: int) -> int:
    """Take so many ticketIDs of Acme's; return the first."""
    engine = tables.engine()
    reply = engine.insist(
        "update_item",
        TableName=tables.settings.TICKETS_TABLE,
        Key=engine.typed({"customerID": ACME, "ticketID": COUNTER}),
        UpdateExpression="ADD lastTicketID :count",
        ExpressionAttributeValues=engine.typed({":count": count}),
        ReturnValues="UPDATED_NEW",
    )
    return int(engine.plain(reply["Attributes"])["lastTicketID"]) - count + 1


@contextmanager
def _engine(state: State) -> Iterator[str]:
    """Give the address of the engine: that of the run, or of one that runs meanwhile."""
    with ExitStack() as stack:
        try:
            stack.enter_context(held(state))
        except CannotContinue:
            yield state.engine.read_text()
            return
        with socket.create_server((HOST, 0)) as probe:
            port = probe.getsockname()[1]
        command = [str(ENGINE), "--port", str(port), "--db-path", str(state.tables)]
        process = stack.enter_context(started(command, os.environ, state.log("engine")))
        Server("The engine", process, port, state.log("engine")).wait_for("/")
        yield f"http://{HOST}:{port}"


def _copy(source: Path, target: Path, tables: Collection[str]) -> None:
    """Copy tables and their indexes, which lie beside them as `table::gsi::index`, in one transaction."""
    with closing(sqlite3.connect(target, timeout=PATIENCE, isolation_level=None)) as file:
        file.execute(CACHE)
        file.execute("ATTACH ? AS source", (str(source),))
        file.execute("BEGIN IMMEDIATE")
        for (name,) in file.execute("SELECT name FROM source.sqlite_master WHERE type = 'table'").fetchall():
            if name.partition("::")[0] in tables:
                file.execute(f'INSERT OR REPLACE INTO main."{name}" SELECT * FROM source."{name}"')  # noqa: S608
        file.execute("COMMIT")
