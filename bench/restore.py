"""How fast a restore brings lost tickets back, on the tests' engine: `python -m bench.restore [TICKETS]`."""

import os
import sys
import time
from argparse import ArgumentParser

from cloud.restore.command import add_options, restore, workers
from tests.backends import wired
from tests.builders import ACME, a_ticket
from tests.engines import Tables, dynoxide, tables_at
from tests.tables import create_tables
from tests.tickets.stored import a_message
from ticketing import wiring

MESSAGES = 3
"""Messages of each ticket."""
BEFORE = "before"


def main(tickets: int) -> None:
    """Restores into empty tables, then once more where nothing is missing; prints seconds and items a second."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    with dynoxide() as url:
        live = tables_at(url)
        beside = Tables(live.client, create_tables(live.client, suffix=f"-{BEFORE}"), live.executor)
        with wired(beside):
            _fill(tickets)
        with wired(live):
            for what in ("all missing", "nothing missing"):
                began = time.monotonic()
                _restore(live)
                seconds = time.monotonic() - began
                print(f"{what}: {seconds:.1f} s, {tickets * (1 + MESSAGES) / seconds:,.0f} items a second")


def _fill(tickets: int) -> None:
    for ticketID in range(1, tickets + 1):
        ticket = a_ticket(ticketID=ticketID, lastMessageID=MESSAGES)
        wiring.store().create(ticket)
        for messageID in range(1, MESSAGES + 1):
            after = ticket.model_copy(update={"version": ticket.version + 1})
            wiring.store().replace(ticket, after, a_message(after, messageID))
            ticket = after
    wiring.store().next_id(ACME)


def _restore(live: Tables) -> None:
    parser = ArgumentParser()
    add_options(parser)
    names = {f"{role.capitalize()}Table": name for role, name in live.names.items()}
    outputs = {**names, "JobsQueue": "https://queue.example", "RecordingsBucket": "recordings"}
    with workers() as executor:
        arguments = parser.parse_args(["--stack", "s", "--from-suffix", BEFORE, "--yes"])
        restore(arguments, outputs, live.client, executor)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
