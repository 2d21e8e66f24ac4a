"""Measures how fast a restore brings lost tickets back, on the tests' engine: `python -m bench.restore [TICKETS]`."""

import os
import time
from argparse import ArgumentParser

from bench.command import command_line
from deploy.restore.command import add_options, restore, workers
from tests.backends import application_on
from tests.builders import ACME, a_ticket
from tests.engines import Tables, dynoxide, tables_at
from tests.tables import create_tables
from tests.tickets.stored import a_message
from ticketing.adapters import Adapters

MESSAGES = 3
"""Messages of each ticket."""
BEFORE = "before"


def main() -> None:
    """Restore into empty tables, then once more where nothing is missing; print seconds and items a second."""
    parser = command_line(__doc__)
    parser.add_argument("tickets", nargs="?", type=int, default=2_000, metavar="TICKETS")
    tickets = parser.parse_args().tickets
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    with dynoxide() as url:
        live = tables_at(url)
        beside = Tables(live.client, create_tables(live.boto3, suffix=f"-{BEFORE}"), live.executor)
        _fill(application_on(beside).adapters, tickets)
        for what in ("all missing", "nothing missing"):
            began = time.monotonic()
            _restore(application_on(live).adapters, live)
            seconds = time.monotonic() - began
            print(f"{what}: {seconds:.1f} s, {tickets * (1 + MESSAGES) / seconds:,.0f} items a second")


def _fill(adapters: Adapters, tickets: int) -> None:
    for ticketID in range(1, tickets + 1):
        ticket = a_ticket(ticketID=ticketID, lastMessageID=MESSAGES)
        adapters.tickets.create(ticket)
        for messageID in range(1, MESSAGES + 1):
            after = ticket.model_copy(update={"version": ticket.version + 1})
            adapters.tickets.replace(ticket, after, a_message(after, messageID))
            ticket = after
    adapters.tickets.next_id(ACME)


def _restore(adapters: Adapters, live: Tables) -> None:
    parser = ArgumentParser()
    add_options(parser)
    with workers() as executor:
        arguments = parser.parse_args(["--stack", "s", "--from-suffix", BEFORE, "--yes"])
        restore(arguments, adapters, live.boto3, executor)


if __name__ == "__main__":
    main()
