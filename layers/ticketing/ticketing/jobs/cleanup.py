"""Removes what a deleted ticket leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.jobs.job import CleanUp
    from ticketing.jobs.ports import JobQueue
    from ticketing.kernel.deadline import Deadline
    from ticketing.tickets.ports import MessageStore, TicketStore

SLICE = 250
"""Messages removed between two looks at the clock."""


@dataclass(frozen=True)
class TicketCleanup:
    """Removes messages of deleted tickets; `before` does what other slices need done while the messages are there."""

    tickets: TicketStore
    messages: MessageStore
    jobs: JobQueue
    before: Callable[[CleanUp], None]

    def clean_up(self, job: CleanUp, deadline: Deadline) -> None:
        """Remove messages slice by slice; what is left when time is up becomes a job of its own.

        A ticket that exists again was restored, because no id is used twice: it keeps its messages and its call.
        """
        if self.tickets.get(job.customerID, job.ticketID):
            return None
        self.before(job)
        for first in range(job.firstMessageID, job.lastMessageID + 1, SLICE):
            if first > job.firstMessageID and not deadline.remaining:
                rest = {"firstMessageID": first, "lesson": None, "callSid": None}
                return self.jobs.send([job.model_copy(update=rest)])
            last = min(first + SLICE - 1, job.lastMessageID)
            self.messages.delete(job.customerID, job.ticketID, first, last)
        return None
