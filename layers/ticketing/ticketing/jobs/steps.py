"""The steps of a job: each is done once, however often the queue delivers the job."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.directory.author import SYSTEM
from ticketing.directory.principal import Automation
from ticketing.errors import Unavailable
from ticketing.kernel.idempotency import step_receipt
from ticketing.kernel.ports import AlreadyDone, Receipt
from ticketing.tickets.precondition import Precondition

if TYPE_CHECKING:
    from ticketing.directory.author import Author
    from ticketing.jobs.job import RequestedJob
    from ticketing.kernel.deadline import Deadline
    from ticketing.tickets.editing import Tickets
    from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class Steps:
    """The steps of one job on its ticket. All raise NotFound when the ticket is gone, and Unavailable or Conflict when
    a step is worth another try."""

    tickets: Tickets
    job: RequestedJob
    deadline: Deadline

    @property
    def customerID(self) -> int:
        return self.job.customerID

    def ticket(self) -> Ticket:
        """Return the ticket as it is now."""
        return self.tickets.existing(self.job.customerID, self.job.ticketID)

    def require_time(self) -> None:
        """Raise Unavailable once no other step may begin: the next delivery goes on from here."""
        if not self.deadline.remaining:
            raise Unavailable("Time is up for this delivery.")

    def is_done(self, step: str) -> bool:
        """Return whether an earlier delivery of the job has done the step."""
        receipt = self._receipt(step)
        return self.tickets.receipts.find(receipt.key, self._now()) is not None

    def change(self, step: str, decide: Callable[[Ticket], Ticket], by: Author) -> None:
        """Change the ticket to what `decide` makes of its newest version, in the name of `by`."""
        with suppress(AlreadyDone):
            self.tickets.revise(self._automation(by), self.ticket(), decide, self.deadline, self._receipt(step))

    def remove(self, step: str) -> None:
        with suppress(AlreadyDone):
            self.tickets.remove(
                self._automation(SYSTEM), self.ticket(), Precondition(), self.deadline, self._receipt(step)
            )

    def note(self, step: str) -> None:
        """Note that a step whose effect is in another store is done."""
        self.tickets.receipts.keep(self._receipt(step))

    def _automation(self, by: Author) -> Automation:
        return Automation(self.job.customerID, by)

    def _receipt(self, step: str) -> Receipt:
        return step_receipt(self.job.jobID, step, self.job.ticketID, self._now())

    def _now(self) -> int:
        return int(self.tickets.now().timestamp())
