"""Jobs, done: what was queued to be done later. Each may be done more than once."""

from dataclasses import dataclass

from ticketing.domain.jobs import CleanUp, Job
from ticketing.ports import JobQueue, MessageStore
from ticketing.usecases.deadline import Deadline

SLICE = 250
"""Messages removed between two looks at the clock."""


@dataclass(frozen=True)
class Working:
    """Does jobs."""

    messages: MessageStore
    jobs: JobQueue

    def do(self, job: Job, deadline: Deadline) -> None:
        """Does one job; raises what makes it worth another try."""
        match job:
            case CleanUp():
                self._remove_messages(job, deadline)

    def _remove_messages(self, job: CleanUp, deadline: Deadline) -> None:
        """Removes messages slice by slice; what is left when time is up becomes a job of its own."""
        for first in range(job.firstMessageID, job.lastMessageID + 1, SLICE):
            if first > job.firstMessageID and not deadline.remaining:
                return self.jobs.send([job.model_copy(update={"firstMessageID": first})])
            last = min(first + SLICE - 1, job.lastMessageID)
            self.messages.delete(job.customerID, job.ticketID, first, last)
        return None
