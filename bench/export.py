"""A population as an export of DynamoDB's, which the engine imports at once.

The adapters themselves say what is written: they are given an engine that keeps instead of sending.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import batched
from pathlib import Path
from typing import Any, TextIO

from bench.population import CUSTOMER, NOW, customer, tickets
from deploy.progress import shown
from local.places import ENGINE
from tests.engines import client_of, dynoxide
from tests.fakes import InlineExecutor
from tests.tables import resources
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.services import DYNAMODB
from ticketing.kernel.dynamodb.engine import Engine, Item
from ticketing.kernel.instant import canonical
from ticketing.kernel.text import indexed
from ticketing.lists.counts import Move, counted_as
from ticketing.lists.dynamodb.counts import DynamoTicketCounts
from ticketing.lists.dynamodb.postings import DynamoSearchIndex
from ticketing.lists.dynamodb.vocabularies import vocabulary_item
from ticketing.lists.indexing import MessageChange
from ticketing.lists.postings import SUBJECT, Posting
from ticketing.lists.vocabulary import Vocabulary
from ticketing.tickets.dynamodb.messages import message_put
from ticketing.tickets.dynamodb.stored import COUNTER
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket

TABLES = ("TicketsTable", "MessagesTable", "SearchTable", "TalliesTable")
BATCH = 20
"""Tickets counted at once."""
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
"""A folder in memory, where there is one: on a disk, which other programs use too, each write would wait."""
ROOM = 50_000
"""Bytes that a ticket takes there at most, with all that follows it, while it is imported."""


class FileEngine(Engine):
    """Writes items to files, one per table, and adds numbers up."""

    def __init__(self, files: Mapping[str, TextIO]) -> None:
        super().__init__(JsonClient(DYNAMODB, "http://127.0.0.1", "eu-west-1"))  # asked for nothing
        self._files = files
        self._sums: dict[tuple[str, str], Counter[str]] = {}

    def call(self, operation: str, **parameters: Any) -> Any:
        """Keep what a write puts."""
        actions = parameters["TransactItems"] if operation == "transact_write_items" else [{"Put": parameters}]
        for action in actions:
            ((kind, details),) = action.items()
            if kind == "Put":
                self.keep(details["TableName"], details["Item"])
            else:
                self._add(details)

    def asked_pages(self, operation: str, parameters: Mapping[str, Any]) -> Iterator[list[Item]]:  # noqa: ARG002
        """Return the items that were added to: nothing but the counts is asked for."""
        yield [self.plain(json.loads(key)) | dict(sums) for (_, key), sums in self._sums.items()]

    def batch_write(self, table: str, requests: Iterable[Mapping[str, Any]]) -> None:
        """Keep what a batch puts."""
        for request in requests:
            self.keep(table, request["PutRequest"]["Item"])

    def keep(self, table: str, item: Mapping[str, Any]) -> None:
        """Write one line of an export."""
        self._files[table].write(json.dumps({"Item": item}, ensure_ascii=False) + "\n")

    def keep_sums(self) -> None:
        """Write the items that were added to."""
        for (table, key), sums in self._sums.items():
            self.keep(table, json.loads(key) | self.typed(sums))

    def _add(self, update: Mapping[str, Any]) -> None:
        sums = self._sums.setdefault((update["TableName"], json.dumps(update["Key"])), Counter())
        for placeholder, name in update["ExpressionAttributeNames"].items():
            sums[name] += int(update["ExpressionAttributeValues"][placeholder.replace("#", ":")]["N"])


def schema() -> list[dict[str, Any]]:
    """Return the template's tables as DescribeTable tells of them."""
    wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    return [
        {"Table": {"TableName": name, **{key: properties[key] for key in wanted if key in properties}}}
        for name, properties in resources("AWS::DynamoDB::Table").items()
    ]


@contextmanager
def imported(count: int, is_searchable: bool) -> Iterator[str]:
    """Import a population and its customer into an engine of its own; give its URL."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > count * ROOM
    with tempfile.TemporaryDirectory(dir=MEMORY if has_room else None) as folder:
        source, database, tables = Path(folder, "export"), Path(folder, "database"), Path(folder, "schema.json")
        source.mkdir()
        print(f"Making {count:,} tickets …", file=sys.stderr, flush=True)
        export(count, source, is_searchable)
        tables.write_text(json.dumps(schema()))
        print("Importing them …", file=sys.stderr, flush=True)
        command = [str(ENGINE), "import", "--source", str(source), "--schema", str(tables), "--output", str(database)]
        subprocess.run(command, check=True, capture_output=True)
        with dynoxide("--db-path", str(database), "--schema", str(tables)) as url:
            DynamoDirectory(Engine(client_of(url)), "DirectoryTable").load(customer())
            yield url


def export(count: int, folder: Path, is_searchable: bool) -> None:
    """Write a population and what follows it: tickets, messages, counts, and postings if it is to be searched."""
    with ExitStack() as stack:
        engine = FileEngine({name: stack.enter_context(_file(folder, name)) for name in TABLES})
        store = DynamoTicketStore(engine, "TicketsTable", "MessagesTable", "CallsTable", "EphemeraTable")
        search = DynamoSearchIndex(engine, "SearchTable", InlineExecutor)
        counts, vocabulary = DynamoTicketCounts(engine, "TalliesTable", InlineExecutor, lambda: NOW), Vocabulary()
        for batch in _batches(count):
            for ticket, messages in batch:
                store.create(ticket, messages[0])
                for message in messages[1:]:
                    engine.call("put_item", **message_put(engine, "MessagesTable", message, "bench")["Put"])
                if is_searchable:
                    search.write(dict.fromkeys(_postings(ticket, messages), True))
            vocabulary = _enter(counts, vocabulary, [ticket for ticket, _ in batch])
        engine.keep("TicketsTable", engine.typed({"customerID": 1, "ticketID": COUNTER, "lastTicketID": count}))
        engine.keep_sums()
        engine.keep("TalliesTable", engine.typed(vocabulary_item(CUSTOMER, 1, [vocabulary])))


def _batches(count: int) -> Iterator[Sequence[tuple[Ticket, list[Message]]]]:
    """Yield the tickets in batches, and show how many are done."""
    made = batched(tickets(count), BATCH, strict=False)
    for _ in shown(range(0, count, BATCH), f"batches of {BATCH} tickets"):
        yield next(made)


def _enter(counts: DynamoTicketCounts, vocabulary: Vocabulary, batch: Sequence[Ticket]) -> Vocabulary:
    """Count tickets; return the vocabulary with their values."""
    now = canonical(NOW)
    counted = [each for ticket in batch if (each := counted_as(ticket, now)).cell]
    vocabulary = vocabulary.taking_first([each.cell for each in counted if each.cell])
    placed = [replace(each, odd=vocabulary.odd(each.cell)) for each in counted if each.cell]
    counts.move([Move.of(None, each, vocabulary.generation) for each in placed])
    return vocabulary


def _postings(ticket: Ticket, messages: Sequence[Message]) -> Iterator[Posting]:
    for message in messages:
        yield from MessageChange(message).postings
    for word in indexed(ticket.subject):
        yield Posting(ticket.customerID, word, ticket.ticketID, SUBJECT)


def _file(folder: Path, table: str) -> TextIO:
    path = folder / table / "data" / "all.json"
    path.parent.mkdir(parents=True)
    return path.open("w")
