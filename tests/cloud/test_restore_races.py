"""While others write, on an atomic engine: every change that was acknowledged was made on what stood there."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from cloud.restore.tickets import LEAP
from tests.backends import wired
from tests.builders import ACME, a_ticket
from tests.cloud.loss import command, conversation, deleted, now, remember, scanned
from tests.engines import Tables, dynoxide, tables_at
from tests.tickets.stored import changed
from ticketing import wiring
from ticketing.tickets.ports import Outdated

TICKETS, CHANGES = 12, 6


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tables]:
    for name in ("JOBS_QUEUE", "RECORDINGS_BUCKET"):
        monkeypatch.setenv(name, "")  # the command sets both; they are put back
    with dynoxide() as url:
        tables = tables_at(url)
        with wired(tables):
            wiring.store().next_id(ACME)
            yield tables
        tables.executor.shutdown()


def write(ticketID: int) -> int:
    """Changes a ticket several times, each time on what it is; gives how many changes were acknowledged."""
    done = 0
    while done < CHANGES:
        ticket = now(ticketID)
        try:
            wiring.store().replace(ticket, changed(ticket, subject=f"change {done}"))
        except Outdated:
            continue
        done += 1
    return done


def test_overwriting_and_changing_at_once_loses_no_version(tables: Tables, capsys: pytest.CaptureFixture[str]) -> None:
    for ticketID in range(1, TICKETS + 1):
        wiring.store().create(a_ticket(ticketID=ticketID))
    remember(tables)
    with ThreadPoolExecutor() as threads:
        writing = [threads.submit(write, ticketID) for ticketID in range(1, TICKETS + 1)]
        for _ in range(3):
            command(tables, "--overwrite")
        acknowledged = sum(each.result() for each in writing)
    overwritten = sum(map(int, re.findall(r"(\d+) overwritten", capsys.readouterr().out)))
    assert sum(now(ticketID).version - 1 for ticketID in range(1, TICKETS + 1)) == acknowledged + overwritten


def test_two_restores_at_once_bring_everything_back_once(tables: Tables) -> None:
    tickets = [conversation(ticketID) for ticketID in range(1, TICKETS + 1)]
    remember(tables)
    for ticket in tickets:
        deleted(ticket)
    with ThreadPoolExecutor() as threads:
        for running in [threads.submit(command, tables) for _ in range(2)]:
            running.result()
    assert [now(each.ticketID).version for each in tickets] == [each.version + LEAP for each in tickets]
    assert len(scanned(tables.names["messages"])) == sum(ticket.lastMessageID for ticket in tickets)
