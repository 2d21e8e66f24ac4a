"""Checks a ticket that is lost again after it was restored is brought back once more, from the same tables beside."""

from time import monotonic

from tests.builders import ACME
from tests.deploy.loss import Live
from ticketing.application import Application
from ticketing.kernel.deadline import Deadline
from ticketing.tickets.changes import TicketChange


def follow(live: Live, change: TicketChange) -> None:
    """Do what the reader of the stream does."""
    Application(live.adapters).indexing.enter_tickets([change], Deadline(monotonic() + 30))


def test_a_ticket_that_is_lost_and_restored_twice_is_newer_each_time_and_listed_again(live: Live) -> None:
    ticket = live.conversation()
    follow(live, TicketChange(ticket))
    live.remember()
    for _ in range(2):
        live.delete(ticket)
        follow(live, TicketChange(ticket, isRemoved=True))
        live.restore("--tables", "tickets")
        last, ticket = ticket, live.now()
        follow(live, TicketChange(ticket))
        assert not live.adapters.ticket_counts.counted_tickets(ACME, [1])[1].isRemoved
        assert ticket.version > last.version + 1
