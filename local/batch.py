"""A batch of the tickets that a load adds, made in a process of its own: a file with what is to be copied, and sums."""

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bundle.children import finished
from bundle.errors import CannotContinue
from deploy.rebuild import settings_of
from local import aws
from local.demo import ACME, tickets_over_time
from local.demo.load import written
from local.deployment import Deployment
from local.kept import KeepingEngine, Keys, Sums
from local.places import ENGINE
from ticketing.adapters import Adapters
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.services import DYNAMODB
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.retries import Refusal
from ticketing.lists.indexing import Indexing, MessageChange
from ticketing.settings import Settings
from ticketing.tickets.changes import TicketChange

OF_TABLE = ("TableName", "AttributeDefinitions", "KeySchema")
OF_INDEX = ("IndexName", "KeySchema", "Projection")
"""The parts of a description of a table, or of an index, that an import needs."""
PATIENCE = 60
"""Seconds to wait for an answer."""


@dataclass(frozen=True)
class Batch:
    """Tickets at some places among all that a load adds, the first of which has the ticketID `first`."""

    first: int
    places: range
    count: int
    now: datetime
    folder: Path
    log: Path

    @property
    def file(self) -> Path:
        """Return the file that it is imported into."""
        return self.folder.with_suffix(".db")


@dataclass(frozen=True)
class Tables:
    """The tables of a deployment, as an import wants to know them, and where the engine that keeps them answers."""

    settings: Settings
    schema: list[dict[str, Any]]
    url: str

    @staticmethod
    def of(deployment: Deployment, url: str) -> "Tables":
        """Ask the engine how the tables are made."""
        engine = Engine(_client(url))
        described = [engine.call("describe_table", TableName=name)["Table"] for name in deployment.tables.values()]
        return Tables(
            Settings(**settings_of(deployment.outputs)), [{"Table": _schema(each)} for each in described], url
        )

    @property
    def keys(self) -> Keys:
        """Return the names of each table's key."""
        tables = [each["Table"] for each in self.schema]
        return {table["TableName"]: [key["AttributeName"] for key in table["KeySchema"]] for table in tables}

    def engine(self) -> Engine:
        """Return the engine."""
        return Engine(_client(self.url))


class AtOnce(Executor):
    """Runs what it is given at once: what only keeps things waits for nothing."""

    def submit[**P, T](self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return what is done already."""
        future = Future[T]()
        future.set_result(fn(*args, **kwargs))
        return future


def end_with_parent() -> None:
    """Let this process end when the one that loads does, which alone heeds an interrupt."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_after, args=[parent_process()], daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def made(tables: Tables, batch: Batch) -> Sums:
    """Import a batch into its file; return what is to be added to counts. Raises CannotContinue."""
    try:
        return _imported(tables, batch)
    except Refusal as refusal:  # which cannot be handed on to another process
        raise CannotContinue(f"Tickets cannot be made: {refusal.about}.") from refusal


def _imported(tables: Tables, batch: Batch) -> Sums:
    tickets = tickets_over_time(ACME, batch.places, batch.count, batch.now)
    ids = iter(range(batch.first + batch.places.start, batch.first + batch.places.stop))
    kept = _kept(tables, ({"customerID": ACME, "ticketID": next(ids), **fields} for fields in tickets))
    source, schema = batch.folder / "source", batch.folder / "schema.json"
    kept.export(source)
    schema.write_text(json.dumps(tables.schema))
    command = [ENGINE, "import", "--source", source, "--schema", schema, "--output", batch.file]
    finished([*map(str, command)], os.environ, batch.log, "The import")
    batch.log.unlink()
    shutil.rmtree(batch.folder)
    return kept.sums


def _kept(tables: Tables, tickets: Iterable[dict[str, Any]]) -> KeepingEngine:
    """Return what is to be written for tickets, by the names of the API's fields, and their messages."""
    adapters = Adapters(tables.settings)
    engine = adapters.dynamodb = KeepingEngine(_client(tables.url), tables.keys)
    adapters.executor = AtOnce()
    made = [written(adapters.tickets, fields) for fields in tickets]
    indexing = Indexing(adapters.ticket_counts, adapters.search, lambda _: None, lambda _: None, adapters.now)
    indexing.enter_messages(MessageChange(message) for _, messages in made for message in messages)
    indexing.enter_tickets([TicketChange(ticket) for ticket, _ in made], Deadline(time.monotonic() + PATIENCE))
    return engine


def _client(url: str) -> JsonClient:
    return JsonClient(DYNAMODB, url, aws.REGION, patience=PATIENCE)


def _schema(table: Mapping[str, Any]) -> dict[str, Any]:
    indexes = [{key: index[key] for key in OF_INDEX} for index in table.get("GlobalSecondaryIndexes", ())]
    return {key: table[key] for key in OF_TABLE} | ({"GlobalSecondaryIndexes": indexes} if indexes else {})
