"""Removes what a deleted ticket leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.jobs.job import CleanUp
    from ticketing.jobs.ports import Histories, JobQueue
    from ticketing.kernel.deadline import Deadline
    from ticketing.tickets.ports import MessageStore, TicketStore

SLICE = 250
"""Messages removed between two looks at the clock."""


@dataclass(frozen=True)
class TicketCleanup:
    """Removes the messages and the history of deleted tickets; `before` does what other slices need done while the
    messages are there."""

    tickets: TicketStore
    messages: MessageStore
    histories: Histories
    jobs: JobQueue
    before: Callable[[CleanUp], None]

    def clean_up(self, job: CleanUp, deadline: Deadline) -> None:
        """Remove messages, then the history, slice by slice; what is left when time is up becomes a job of its own.

        A ticket that exists again was restored, because no id is used twice: it keeps its messages and its call.
        """
        if self.tickets.get(job.customerID, job.ticketID):
            return
        self.before(job)
        for next_message in self._slices(job):
            if not deadline.remaining:
                rest = {"firstMessageID": next_message, "lesson": None, "callSid": None}
                self.jobs.send([job.model_copy(update=rest)])
                return

    def _slices(self, job: CleanUp) -> Iterator[int]:
        """Remove one slice after the other; return the message that comes next after each but the last."""
        for first in range(job.firstMessageID, job.lastMessageID + 1, SLICE):
            last = min(first + SLICE - 1, job.lastMessageID)
            self.messages.delete(job.customerID, job.ticketID, first, last)
            yield last + 1
        while self.histories.delete_some(job.customerID, job.ticketID):
            yield job.lastMessageID + 1
