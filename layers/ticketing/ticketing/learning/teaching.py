"""Teaches the spam filter and the topic detector what representatives found tickets to be.

A lesson is kept on its ticket, in the write that it was given with. The table's stream brings it here, and it replaces
what was learnt of the ticket before. So no lesson is lost, and none counts twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.jobs.job import LastLesson, Teach
    from ticketing.learning.ports import SpamFilter, TopicDetector
    from ticketing.learning.ticket_text import TicketText
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.ports import TicketStore


@dataclass(frozen=True)
class Teaching:
    """Teaches the lessons that tickets hold."""

    store: TicketStore
    text: TicketText
    spam: SpamFilter
    topics: TopicDetector

    def teach(self, job: Teach) -> None:
        """Teach what the ticket holds now; a ticket that is gone is left to its clean-up."""
        ticket = self.store.get(job.customerID, job.ticketID)
        if ticket:
            self._teach(ticket)

    def teach_last(self, customerID: int, ticketID: int, lesson: LastLesson) -> None:
        """Teach what a removed ticket held, while its messages are still there."""
        self._teach(lesson.ticket(customerID, ticketID))

    def _teach(self, ticket: Ticket) -> None:
        text = self.text.of(ticket)
        if ticket.taughtSpam is not None:
            self.spam.learn(ticket, text, ticket.taughtSpam)
        if ticket.taughtTopicIDs is not None:
            self.topics.learn(ticket, text, ticket.taughtTopicIDs)
