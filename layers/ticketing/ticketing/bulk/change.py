"""The change that a bulk request makes to each of its tickets, and the job that does the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from ticketing.bulk.actions import bulk_job
from ticketing.errors import TicketingError, Unavailable
from ticketing.kernel.ports import AlreadyDone
from ticketing.tickets.effects import unchanged
from ticketing.tickets.permissions import assignment
from ticketing.tickets.precondition import Precondition
from ticketing.tickets.revision import not_found

if TYPE_CHECKING:
    from ticketing.bulk.request import BulkUpdateRequest
    from ticketing.directory.principal import Principal
    from ticketing.jobs.job import Job
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.ports import Receipt, Receipts
    from ticketing.tickets.effects import Effect
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.revision import Revisions

TIME_WAS_UP = "time was up"
"""The `about` of a refusal for lack of time, where no dependency failed."""

type Outcome = TicketingError | None
"""The refusal of a ticket; None where the change or the job of it was accepted."""


@dataclass(frozen=True)
class BulkChange:
    """Does the action of a request to one ticket after the other."""

    tickets: Revisions
    receipts: Receipts
    caller: Principal
    update: BulkUpdateRequest
    effect: Effect | None
    deadline: Deadline

    def outcome(self, ticket: Ticket | None, part: Receipt | None) -> Outcome:
        """Change one ticket (None: a missing one), unless the part's receipt says that it is done."""
        try:
            self._do(ticket, part)
        except AlreadyDone:
            return None
        except TicketingError as refusal:
            return refusal
        return None

    def job(self, ticketID: int, part: Receipt | None) -> Job | None:
        """Return the job that does the rest; its id is the part's key, so that a retry with the key queues the same
        job."""
        return bulk_job(self.update, self.caller.customerID, ticketID, part.key if part else uuid4().hex)

    def _do(self, ticket: Ticket | None, part: Receipt | None) -> None:
        require_time(self.deadline)
        if ticket is None:
            raise not_found()
        if self.effect is None:
            self.tickets.remove(self.caller, ticket, Precondition(), self.deadline, part)
            return
        is_different = self.tickets.revise_and_tell(self.caller, ticket, self._decided, self.deadline, part)
        if part and not is_different and self._may_change:
            self.receipts.keep(part)  # a retry leaves alone what others make of the ticket meanwhile

    @property
    def _may_change(self) -> bool:
        """Tell whether tickets may change; False for actions that only queue jobs."""
        return self.effect is not unchanged or self.update.customerRepID is not None

    def _decided(self, ticket: Ticket) -> Ticket:
        after = ticket if self.effect is None else self.effect(ticket)
        wanted = self.update.customerRepID
        if wanted is None:
            return after
        holder = assignment(self.caller, ticket.customerRepID, wanted or None)
        return after.model_copy(update={"customerRepID": holder})


def require_time(deadline: Deadline) -> None:
    """Raise Unavailable once the deadline has passed."""
    if not deadline.remaining:
        raise Unavailable("Time was up before this ticket was reached; ask again with a new key.", about=TIME_WAS_UP)
