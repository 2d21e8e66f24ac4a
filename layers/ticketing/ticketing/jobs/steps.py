"""The steps of a job: each is done once, however often the queue delivers the job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ticketing.directory.author import SYSTEM
from ticketing.directory.principal import Automation
from ticketing.errors import NotFound, Unavailable
from ticketing.kernel.idempotency import step_receipt
from ticketing.kernel.ports import AlreadyDone, Receipt
from ticketing.tickets.precondition import Precondition

if TYPE_CHECKING:
    from ticketing.directory.author import Author
    from ticketing.directory.hooks import Hook
    from ticketing.jobs.job import RequestedJob
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.ports import Receipts
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.revision import Revisions

PATIENT_DELIVERIES = 3
"""Deliveries at which a step that fails ends the run. At later ones it is passed over, so that the steps behind it are
done, even if the worker dies in one of them."""


@dataclass(frozen=True)
class PassedOver:
    """A step that failed at a late delivery."""

    step: str
    error: Exception


@dataclass(frozen=True)
class Steps:
    """The steps of one job on its ticket. All raise NotFound when the ticket is gone, and Unavailable or Conflict when
    a step is worth another try. `hooks` are those that led to the job; `passed_over` are the steps that failed."""

    tickets: Revisions
    receipts: Receipts
    job: RequestedJob
    deadline: Deadline
    delivery: int = 1
    passed_over: list[PassedOver] = field(default_factory=list)
    hooks: tuple[Hook, ...] = ()

    @property
    def customerID(self) -> int:
        return self.job.customerID

    def led_by(self, *hooks: Hook) -> Steps:
        """Return the steps to which these hooks led: their names go with what is changed."""
        return replace(self, hooks=self.hooks + hooks)

    def ticket(self) -> Ticket:
        """Return the ticket as it is now."""
        return self.tickets.existing(self.job.customerID, self.job.ticketID)

    @contextmanager
    def attempt(self, step: str) -> Iterator[None]:
        """Let a step that fails end the delivery, or at a late one be passed over, whatever it fails with."""
        try:
            yield
        except NotFound:
            raise
        except Exception as error:
            if self.delivery <= PATIENT_DELIVERIES:
                raise
            self.passed_over.append(PassedOver(step, error))

    def require_time(self) -> None:
        """Raise Unavailable once no other step may begin: the next delivery goes on from here."""
        if not self.deadline.remaining:
            raise Unavailable("Time is up for this delivery.")

    def is_done(self, step: str) -> bool:
        """Return whether an earlier delivery of the job has done the step."""
        return self._receipt_of(step) is not None

    def change(self, step: str, decide: Callable[[Ticket], Ticket], by: Author) -> None:
        """Change the ticket to what `decide` makes of its newest version, in the name of `by`; where that changes
        nothing, note that the step is done, lest a later delivery do it to what others have made of the ticket."""
        change = (self._automation(by), self.ticket(), decide, self.deadline, self._receipt(step))
        with suppress(AlreadyDone):
            if not self.tickets.revise_and_tell(*change):
                self.note(step)

    def remove(self, step: str) -> None:
        with suppress(AlreadyDone):
            self.tickets.remove(
                self._automation(SYSTEM), self.ticket(), Precondition(), self.deadline, self._receipt(step)
            )

    def note(self, step: str) -> None:
        """Note that a step whose effect is in another store is done."""
        self.receipts.keep(self._receipt(step))

    def settled(self, question: str, answer: Callable[[], str]) -> str:
        """Return the answer to a question on which later steps depend: the first that a delivery of the job found."""
        if found := self._receipt_of(question):
            return found.note or ""
        first = self.receipts.keep_first(replace(self._receipt(question), note=answer()))
        return first.note or ""

    def name(self, step: str) -> str:
        """Return the name of a step, the same at each delivery of the job and no other step's."""
        return self._receipt(step).key

    def _receipt_of(self, step: str) -> Receipt | None:
        return self.receipts.find(self.name(step), self._now())

    def _automation(self, by: Author) -> Automation:
        return Automation(self.job.customerID, by)

    def _receipt(self, step: str) -> Receipt:
        return step_receipt(self.job.jobID, step, self.job.ticketID, self._now())

    def _now(self) -> int:
        return int(self.tickets.now().timestamp())
