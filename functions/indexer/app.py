"""The streams of Tickets and Messages: tells the feed, keeps histories, search and counts, and queues the jobs that
follow a change."""

import time
from collections.abc import Sequence

from ticketing.application import Application
from ticketing.kernel.deadline import Deadline
from ticketing.lambda_handler import LambdaHandler
from ticketing.lists.dynamodb.changes import Change, change
from ticketing.lists.indexing import MessageChange
from ticketing.stream import Consumer
from ticketing.tickets.changes import TicketChange

PATIENCE = 20.0
"""Seconds for which a batch is tried against others who count the same tickets."""


def _enter(application: Application, changes: Sequence[Change]) -> None:
    deadline = Deadline(time.monotonic() + PATIENCE)
    tickets = [change for change in changes if isinstance(change, TicketChange)]
    if tickets:
        application.telling.enter(tickets, deadline)  # first: followers wait for it, and a repetition harms nobody
        # then jobs: no new ticket and no hook is kept back by what becomes of histories, search and totals
        application.new_tickets.after(tickets)
        application.firing.after(tickets)
        application.history_keeping.enter(tickets)
    application.indexing.enter_tickets(tickets, deadline)
    application.indexing.enter_messages(change for change in changes if isinstance(change, MessageChange))


lambda_handler = LambdaHandler(Consumer[Change]("indexing", change, _enter, in_order=False).handle)
