"""The streams of Tickets and Messages: keeps search and counts in step, and queues the jobs that follow a change."""

import time
from collections.abc import Sequence

from ticketing.application import Application, LambdaHandler
from ticketing.kernel.deadline import Deadline
from ticketing.lists.dynamodb.changes import Change, change
from ticketing.lists.indexing import MessageChange
from ticketing.stream import Consumer
from ticketing.tickets.changes import TicketChange

PATIENCE = 20.0
"""Seconds for which a batch is tried against others who count the same tickets."""


def _enter(application: Application, changes: Sequence[Change]) -> None:
    deadline = Deadline(time.monotonic() + PATIENCE)
    tickets = [change for change in changes if isinstance(change, TicketChange)]
    # before they are counted: neither a new ticket nor a hook is kept back by what becomes of search and totals
    application.new_tickets.after(tickets)
    application.firing.after(tickets)
    indexing = application.indexing
    indexing.enter_tickets(tickets, deadline)
    indexing.enter_messages(change for change in changes if isinstance(change, MessageChange))


lambda_handler = LambdaHandler(Consumer[Change]("indexing", change, _enter, in_order=False).handle)
