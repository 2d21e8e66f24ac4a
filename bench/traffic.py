"""Measures the load of one customer's writes on each partition: `python -m bench.traffic`.

DynamoDB gives a partition of a table or an index 1,000 write units and 3,000 read units a second, and a new table 4,000
write units. Every kind of write is done for real, and entered in batches of 100 as the streams bring them; the units
are summed up by partition and set against these limits. Prints a table.
TICKETS in the environment takes the place of 2,000 tickets, RATE that of 300 writes a second.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import batched, count

from bench.command import command_line
from bench.export import imported, schema
from bench.partitions import Partitions, Units
from bench.population import CUSTOMER, NOW, REPS
from bench.report import Table, Value
from bench.writes import BODY, CALLER
from deploy.progress import shown
from tests.engines import client_of
from tests.lists.fakes import InMemoryJobs
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.lists.indexing import MessageChange
from ticketing.settings import Settings
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.draft import new_draft
from ticketing.tickets.messages import MessageDraft
from ticketing.tickets.patch import merge_patch
from ticketing.tickets.precondition import Precondition

TICKETS = int(os.environ.get("TICKETS", "2000"))
RATE = int(os.environ.get("RATE", "300"))
WRITES = 1_000
"""Writes of each kind."""
BATCH = 100
"""Records that a stream brings at once."""
OF_A_PARTITION, OF_A_TABLE, READ_FROM_A_PARTITION = 1_000, 4_000, 3_000
"""Units a second: write units of a partition and of a new table, read units of a partition."""
MOST = 5
"""Partitions that are told of for each kind of write."""


@dataclass
class Desk:
    """Writes to tickets; a change of one follows another, so that each has a batch of its own."""

    application: Application
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - no secret

    def create(self, _: int) -> int:
        """Make a ticket."""
        draft = {"status": "Open", "subject": "Where is my parcel?", "channelType": "Email", "channelID": 1}
        return self.application.tickets.create(CALLER, new_draft(draft), None, Deadline(0)).ticket.ticketID

    def assign(self, ticketID: int) -> int:
        """Give a ticket to another, or to nobody."""
        holder = self.application.tickets.existing(CUSTOMER, ticketID).customerRepID
        others = [repID for repID in REPS if repID != holder]
        return self._patched(ticketID, customerRepID=self.chance.choice(others))

    def close(self, ticketID: int) -> int:
        """Close a ticket, or reopen it."""
        is_closed = self.application.tickets.existing(CUSTOMER, ticketID).isClosed
        return self._patched(ticketID, isClosed=not is_closed)

    def converse(self, ticketID: int) -> int:
        """Add a message."""
        draft = MessageDraft(ticketID=ticketID, body=BODY)
        self.application.conversations.add(CALLER, draft, None, Deadline(0))
        return ticketID

    def brought(self, ticketIDs: Sequence[int]) -> tuple[list[TicketChange], list[MessageChange]]:
        """Return what streams bring of these tickets, and of their last messages."""
        tickets = self.application.adapters.tickets.get_many(CUSTOMER, ticketIDs).values()
        messages = [
            message
            for each in tickets
            for message in self.application.adapters.messages.between(
                CUSTOMER, each.ticketID, each.lastMessageID, each.lastMessageID
            )
        ]
        return [*map(TicketChange, tickets)], [*map(MessageChange, messages)]

    def enter(self, tickets: Sequence[TicketChange], messages: Sequence[MessageChange]) -> None:
        """Enter what streams bring."""
        deadline = Deadline(time.monotonic() + 20)
        self.application.telling.enter(tickets, deadline)
        self.application.history_keeping.enter(tickets)
        self.application.indexing.enter_tickets(tickets, deadline)
        self.application.indexing.enter_messages(messages)

    def _patched(self, ticketID: int, **fields: object) -> int:
        ticket = self.application.tickets.existing(CALLER.customerID, ticketID)
        self.application.tickets.patch(CALLER, ticket, merge_patch(fields), Precondition(), Deadline(0))
        return ticketID


@dataclass(frozen=True)
class Kind:
    """The units of one kind of write, by partition: of so many writes."""

    written: Units
    read: Units
    told: float


def main() -> None:
    """Measure every kind of write, and print a table."""
    command_line(__doc__).parse_args()
    print(loads(measured()).markdown())


def loads(kinds: Mapping[str, Kind]) -> Table:
    """Return the load of the hottest partitions by each kind of write."""
    columns = ["writes", "the hottest partition", "units of a write", f"units a second at {RATE}"]
    rows = [row for name, kind in kinds.items() for row in _rows(name, kind)]
    return Table("Hottest partitions of each kind of write", [*columns, "limit", "writes a second"], rows)


def measured() -> dict[str, Kind]:
    """Return the units of every kind of write."""
    with imported(TICKETS, is_searchable=False) as url:
        client = client_of(url)
        partitions = Partitions({each["Table"]["TableName"]: each["Table"] for each in schema()})
        partitions.attach(client)
        desk = Desk(_application(Engine(client)))
        return {name: _measured(name, write, desk, partitions) for name, write in _kinds(desk)}


def _kinds(desk: Desk) -> Iterator[tuple[str, Callable[[int], int]]]:
    yield "creations", desk.create
    yield "changes of the holder", desk.assign
    yield "closing and reopening", desk.close
    yield "messages", desk.converse


def _measured(name: str, write: Callable[[int], int], desk: Desk, partitions: Partitions) -> Kind:
    partitions.reset()
    for numbers in shown([*batched(range(WRITES), BATCH, strict=True)], f"{name}, batches of {BATCH}"):
        ticketIDs = [write(number % TICKETS + 1) for number in numbers]
        with partitions.paused():  # what a stream brings is not read
            tickets, messages = desk.brought(ticketIDs)
        desk.enter(tickets, messages if write == desk.converse else [])
    kind = Kind(partitions.written.copy(), partitions.read.copy(), partitions.told)
    print(f"{name}: {sum(kind.written.values()):g} write units, of which DynamoDB tells {kind.told:g}", file=sys.stderr)
    return kind


def _rows(name: str, kind: Kind) -> Iterator[Sequence[Value]]:
    """Yield the hottest partition of each table and index, and the Search table as a whole."""
    for (where, partition), units in _hottest(kind.written):
        yield _row(name, f"{where}: `{partition}`", units, OF_A_PARTITION)
    yield _row(name, "SearchTable, all of it", _of_table(kind.written, "SearchTable"), OF_A_TABLE)
    for (where, partition), units in _hottest(kind.read):
        yield _row(name, f"{where}: `{partition}`, read", units, READ_FROM_A_PARTITION)


def _hottest(units: Units) -> Sequence[tuple[tuple[str, str], float]]:
    """Return the hottest partition of each table and index that has one, the hottest of all first."""
    ascending = sorted(units.items(), key=lambda each: each[1])
    hottest = {where: ((where, partition), found) for (where, partition), found in ascending}
    return sorted(hottest.values(), key=lambda each: -each[1])[:MOST]


def _of_table(units: Units, table: str) -> float:
    return sum(found for (where, _), found in units.items() if where == table)


def _row(name: str, where: str, units: float, limit: int) -> Sequence[Value]:
    each = units / WRITES
    return name, where, each, each * RATE, limit, limit / each if each else "any"


def _application(engine: Engine) -> Application:
    names = [each["Table"]["TableName"] for each in schema()]
    adapters = Adapters(Settings(**{f"{name.removesuffix('Table').upper()}_TABLE": name for name in names}))
    adapters.dynamodb, adapters.executor, adapters.jobs = engine, ThreadPoolExecutor(16), InMemoryJobs()
    seconds = count()
    adapters.now = lambda: NOW + timedelta(seconds=next(seconds))
    return Application(adapters)


if __name__ == "__main__":
    main()
