"""Jobs, done: what was queued to be done later. Each may be done more than once."""

from dataclasses import dataclass

from ticketing.domain.jobs import CleanUp, Job
from ticketing.ports import MessageStore


@dataclass(frozen=True)
class Working:
    """Does jobs."""

    messages: MessageStore

    def do(self, job: Job) -> None:
        """Does one job; raises what makes it worth another try."""
        match job:
            case CleanUp():
                self.messages.delete_all(job.customerID, job.ticketID)
