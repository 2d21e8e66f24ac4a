"""The spam filter and the topic detector learn what representatives found tickets to be.

A lesson is kept on its ticket, in the write that it was given with; the table's stream brings it here, and what is
learnt replaces what was learnt of the ticket before. So none is lost, and none counts twice.
"""

from dataclasses import dataclass

from ticketing.jobs.jobs import LastLesson, Teach
from ticketing.learning.ports import SpamFilter, TopicDetector
from ticketing.learning.reading import Reading
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import TicketStore


@dataclass(frozen=True)
class Teaching:
    """Teaches."""

    store: TicketStore
    reading: Reading
    spam: SpamFilter
    topics: TopicDetector

    def teach(self, job: Teach) -> None:
        """The lessons of a ticket as they are now; those of one that is gone are taught when it is cleaned up."""
        ticket = self.store.get(job.customerID, job.ticketID)
        if ticket:
            self._teach(ticket)

    def teach_last(self, customerID: int, ticketID: int, lesson: LastLesson) -> None:
        """The lessons of a ticket that was removed, while its messages are still there."""
        self._teach(lesson.ticket(customerID, ticketID))

    def _teach(self, ticket: Ticket) -> None:
        text = self.reading.text(ticket)
        if ticket.taughtSpam is not None:
            self.spam.learn(ticket, text, ticket.taughtSpam)
        if ticket.taughtTopicIDs is not None:
            self.topics.learn(ticket, text, ticket.taughtTopicIDs)
