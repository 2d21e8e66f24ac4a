"""Many more tickets of the demo data, added to those that are there, in a run or beside it.

The bundle's own stores say what is written, search and counts included. It goes into the engine's file as the engine's
`import` would write it, some hundred tickets at a time, past the tables' streams: the feed tells nobody. Whoever stops
this in between keeps the tickets so far; a kill may leave the counts of the last step behind, which `rebuild` mends.
"""

import json
import os
import socket
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bundle.children import finished, started
from bundle.errors import CannotContinue
from deploy.progress import shown
from deploy.rebuild import settings_of
from local import aws
from local.demo import ACME, tickets_over_time
from local.demo.load import written
from local.deployment import Deployment
from local.kept import KeepingEngine
from local.places import ENGINE, State
from local.run import held
from local.server import HOST, Server
from ticketing.adapters import Adapters
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.services import DYNAMODB
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.retries import NoAnswer
from ticketing.lists.indexing import Indexing, MessageChange
from ticketing.settings import Settings
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.dynamodb.stored import COUNTER

BATCH = 500
"""Tickets that are added in one step, for which other writes wait; the engine lets them wait 5 seconds at most."""
OF_TABLE = ("TableName", "AttributeDefinitions", "KeySchema")
OF_INDEX = ("IndexName", "KeySchema", "Projection")
"""What an import wants to know of a table and of its indexes."""
PATIENCE = 60
"""Seconds to wait for the file, or for an answer."""
CACHE = "PRAGMA cache_size = -262144"
"""256 MB for the pages of the file: postings stand in the order of words, not of tickets."""


def load(state: State, count: int) -> None:
    """Add so many tickets of Acme, with a bar and the rate. Raises CannotContinue."""
    if not ENGINE.exists():
        raise CannotContinue(f"There is no {ENGINE}, whose import this takes.")
    if count < 1:
        raise CannotContinue("The number of tickets must be at least 1.")
    deployment, begun = Deployment.required(state), time.monotonic()
    with _engine(state) as url:
        try:
            _add(Tables(state, JsonClient(DYNAMODB, url, aws.REGION, patience=PATIENCE), deployment), count)
        except NoAnswer:
            raise CannotContinue("The tables cannot be reached: is the run still starting?") from None
    seconds = time.monotonic() - begun
    print(f"Added {count:,} tickets in {seconds:.0f} s, {count / seconds:.0f} a second.")


def _add(tables: "Tables", count: int) -> None:
    """Add tickets batch by batch: one is made while the one before is written."""
    population = tickets_over_time(ACME, count, datetime.now(UTC))
    batches = list(batched(tables.new_ids(count), BATCH, strict=False))
    with ThreadPoolExecutor(1) as importer:
        last = importer.submit(lambda: None)
        for ids in shown(batches, f"batches of {BATCH:,} tickets"):
            kept = tables.kept({"customerID": ACME, "ticketID": each, **next(population)} for each in ids)
            last.result()
            last = importer.submit(tables.add, kept)
        last.result()


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


class Tables:
    """The tables of a deployment, and the file that holds them."""

    def __init__(self, state: State, client: JsonClient, deployment: Deployment) -> None:
        self._state = state
        self._client = client
        self._thread = ThreadPoolExecutor(1)
        self._settings = Settings(**settings_of(deployment.outputs))
        described = [client.call("DescribeTable", {"TableName": name})["Table"] for name in deployment.tables.values()]
        self._schema = [{"Table": _schema(table)} for table in described]
        self._keys = {table["TableName"]: [key["AttributeName"] for key in table["KeySchema"]] for table in described}

    def new_ids(self, count: int) -> Sequence[int]:
        """Take so many ticketIDs of Acme's."""
        addition = {
            "TableName": self._settings.TICKETS_TABLE,
            "Key": {"customerID": {"N": str(ACME)}, "ticketID": {"N": str(COUNTER)}},
            "UpdateExpression": "ADD lastTicketID :count",
            "ExpressionAttributeValues": {":count": {"N": str(count)}},
            "ReturnValues": "UPDATED_NEW",
        }
        reply = self._client.call("UpdateItem", addition)
        last = int(reply["Attributes"]["lastTicketID"]["N"])
        return range(last - count + 1, last + 1)

    def kept(self, tickets: Iterable[dict[str, Any]]) -> KeepingEngine:
        """Return what is to be written for tickets, by the names of the API's fields, and their messages."""
        adapters = Adapters(self._settings)
        engine = adapters.dynamodb = KeepingEngine(self._client, self._keys)
        adapters.executor = self._thread
        made = [written(adapters.tickets, fields) for fields in tickets]
        indexing = Indexing(adapters.ticket_counts, adapters.search, lambda _: None, adapters.now)
        indexing.enter_messages(MessageChange(message) for _, messages in made for message in messages)
        indexing.enter_tickets([TicketChange(ticket) for ticket, _ in made], Deadline(time.monotonic() + PATIENCE))
        return engine

    def add(self, kept: KeepingEngine) -> None:
        """Import what is kept into a file, and copy that into the engine's."""
        with TemporaryDirectory(dir=self._state.folder) as name:
            folder = Path(name)
            source, schema, imported = folder / "source", folder / "schema.json", folder / "tables.db"
            kept.export(source)
            schema.write_text(json.dumps(self._schema))
            command = [ENGINE, "import", "--source", source, "--schema", schema, "--output", imported]
            finished([*map(str, command)], os.environ, self._state.log("load"), "The import")
            _copy(imported, self._state.tables, self._keys)
        kept.add_sums()


def _schema(table: Mapping[str, Any]) -> dict[str, Any]:
    indexes = [{key: index[key] for key in OF_INDEX} for index in table.get("GlobalSecondaryIndexes", ())]
    return {key: table[key] for key in OF_TABLE} | ({"GlobalSecondaryIndexes": indexes} if indexes else {})


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
