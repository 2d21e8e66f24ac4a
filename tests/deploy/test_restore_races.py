"""While others write, on an atomic engine: every change that was acknowledged was made on what stood there."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from deploy.restore.tickets import LEAP
from tests.builders import a_ticket
from tests.deploy.loss import Live
from tests.engines import Tables, dynoxide, tables_at
from tests.tickets.stored import changed
from ticketing.tickets.ports import Outdated

TICKETS, CHANGES = 12, 6


@pytest.fixture
def tables() -> Iterator[Tables]:
    with dynoxide() as url:
        tables = tables_at(url)
        yield tables
        tables.executor.shutdown()


def write(live: Live, ticketID: int) -> int:
    """Change a ticket several times, each time on what it is; return how many changes were acknowledged."""
    done = 0
    while done < CHANGES:
        ticket = live.now(ticketID)
        try:
            live.adapters.tickets.replace(ticket, changed(ticket, subject=f"change {done}"))
        except Outdated:
            continue
        done += 1
    return done


def test_overwriting_and_changing_at_once_loses_no_version(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    for ticketID in range(1, TICKETS + 1):
        live.adapters.tickets.create(a_ticket(ticketID=ticketID))
    live.remember()
    with ThreadPoolExecutor() as threads:
        writing = [threads.submit(write, live, ticketID) for ticketID in range(1, TICKETS + 1)]
        for _ in range(3):
            live.restore("--overwrite")
        acknowledged = sum(each.result() for each in writing)
    overwritten = sum(map(int, re.findall(r"(\d+) overwritten", capsys.readouterr().out)))
    assert sum(live.now(ticketID).version - 1 for ticketID in range(1, TICKETS + 1)) == acknowledged + overwritten


def test_two_restores_at_once_bring_everything_back_once(live: Live) -> None:
    tickets = [live.conversation(ticketID) for ticketID in range(1, TICKETS + 1)]
    live.remember()
    for ticket in tickets:
        live.delete(ticket)
    with ThreadPoolExecutor() as threads:
        for running in [threads.submit(live.restore) for _ in range(2)]:
            running.result()
    assert [live.now(each.ticketID).version for each in tickets] == [each.version + LEAP for each in tickets]
    assert len(live.scanned("messages")) == sum(ticket.lastMessageID for ticket in tickets)
