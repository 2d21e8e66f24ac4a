"""The tickets of bench/population.py as lines of JSON, which the peers' own environments read."""

import json
from pathlib import Path

from bench.population import REPS, seldom_word, tickets

SEARCHED = seldom_word(7)
"""A word of one ticket in twenty: in its subject at the peers, in one of its messages here."""


def write_lines(path: Path, size: int) -> None:
    """Write a line per ticket: subject, status, holder (an index, or null), created, texts of the messages."""
    with path.open("w") as file:
        for ticket, messages in tickets(size):
            holder = ticket.customerRepID and REPS.index(ticket.customerRepID) - 1
            line = {
                "subject": f"{ticket.subject} {seldom_word(ticket.ticketID)}",
                "status": ticket.status,
                "holder": holder,
                "created": ticket.dateCreated,
                "messages": [message.body for message in messages],
            }
            file.write(f"{json.dumps(line)}\n")
