"""The streams of Tickets and Messages: keeps search and tallies in step, has deleted tickets cleaned up."""

import time
from collections.abc import Sequence

from ticketing import stream, wiring
from ticketing.kernel.deadline import Deadline
from ticketing.lists.indexing import MessageChange, TicketChange

PATIENCE = 20.0
"""Seconds for which a batch is tried against others who count the same tickets."""


def _enter(changes: Sequence[stream.Change]) -> None:
    deadline = Deadline(time.monotonic() + PATIENCE)
    wiring.indexing().enter_tickets((change for change in changes if isinstance(change, TicketChange)), deadline)
    wiring.indexing().enter_messages(change for change in changes if isinstance(change, MessageChange))


lambda_handler = stream.Consumer[stream.Change]("indexing", stream.change, _enter, in_order=False).handle
