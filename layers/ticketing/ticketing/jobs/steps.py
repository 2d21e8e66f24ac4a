"""A job's steps: each is done once, however often the queue brings the job."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from ticketing.directory.principal import Automation
from ticketing.errors import Unavailable
from ticketing.jobs.job import RequestedJob
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.idempotency import step_receipt
from ticketing.kernel.ports import AlreadyDone, Receipt
from ticketing.tickets.editing import Tickets
from ticketing.tickets.model import Ticket
from ticketing.tickets.precondition import Precondition


@dataclass(frozen=True)
class Steps:
    """The steps of one job on its ticket. All raise NotFound when the ticket is gone, and what makes a step worth
    another try."""

    tickets: Tickets
    job: RequestedJob
    deadline: Deadline

    @property
    def customerID(self) -> int:
        """Whose ticket it is."""
        return self.job.customerID

    def ticket(self) -> Ticket:
        """The ticket as it is now."""
        return self.tickets.existing(self.job.customerID, self.job.ticketID)

    def require_time(self) -> None:
        """Raises Unavailable once no other step may begin: the next delivery goes on from here."""
        if not self.deadline.remaining:
            raise Unavailable("Time is up for this delivery.")

    def is_done(self, step: str) -> bool:
        """Whether an earlier delivery of the job has done the step."""
        receipt = self._receipt(step)
        return self.tickets.receipts.find(receipt.key, self._now()) is not None

    def change(self, step: str, decide: Callable[[Ticket], Ticket]) -> None:
        """Changes the ticket, whose newest version `decide` is given."""
        with suppress(AlreadyDone):
            self.tickets.revise(self._automation(), self.ticket(), decide, self.deadline, self._receipt(step))

    def remove(self, step: str) -> None:
        """Removes the ticket."""
        with suppress(AlreadyDone):
            self.tickets.remove(self._automation(), self.ticket(), Precondition(), self.deadline, self._receipt(step))

    def note(self, step: str) -> None:
        """Notes that a step, which had its effect elsewhere, is done."""
        self.tickets.receipts.keep(self._receipt(step))

    def _automation(self) -> Automation:
        return Automation(self.job.customerID)

    def _receipt(self, step: str) -> Receipt:
        return step_receipt(self.job.jobID, step, self.job.ticketID, self._now())

    def _now(self) -> int:
        return int(self.tickets.now().timestamp())
