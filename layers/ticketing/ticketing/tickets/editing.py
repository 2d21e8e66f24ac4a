"""One ticket at a time: create, replace, patch, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from ticketing.directory.author import author_of
from ticketing.kernel.idempotency import IdempotencyKey, OncePerKey
from ticketing.kernel.instant import canonical
from ticketing.tickets import permissions
from ticketing.tickets.draft import replacement
from ticketing.tickets.model import Ticket, TicketDraft
from ticketing.tickets.revision import Revisions

if TYPE_CHECKING:
    from ticketing.directory.principal import Principal
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.ports import Receipt, Receipts
    from ticketing.tickets.patch import Patch
    from ticketing.tickets.precondition import Precondition
    from ticketing.tickets.references import References


@dataclass(frozen=True)
class Created:
    """A ticket that was made now, or (`replayed`) by an earlier request with the same key."""

    ticket: Ticket
    replayed: bool = False


@dataclass(frozen=True)
class Tickets(Revisions):
    """Creates tickets, and changes them as clients ask."""

    receipts: Receipts
    references: References

    def create(self, caller: Principal, draft: TicketDraft, key: IdempotencyKey | None, deadline: Deadline) -> Created:
        """Create a ticket, once per key; a replay reads the ticket as it is now.

        Raises ChannelMismatch, KeyReused, KeyInUse, InvalidRequest, DuplicateCall, Conflict, and for a replay what
        `read` raises.
        """
        draft = permissions.on_own_channel(caller, draft)
        moment = self.now()
        seconds = int(moment.timestamp())

        def do() -> Ticket:
            ticket = self._new_ticket(caller, draft, canonical(moment))
            self.store.create(ticket, receipt=key.receipt(ticket.ticketID, seconds) if key else None)
            return ticket

        def again(receipt: Receipt) -> Ticket:
            return self.read(caller, receipt.ticketID)

        return Created(*OncePerKey(self.receipts).answer(key, seconds, deadline, do, again))

    def replace(
        self, caller: Principal, ticket: Ticket, draft: TicketDraft, condition: Precondition, deadline: Deadline
    ) -> Ticket:
        """Replace the editable fields of a ticket that was read (PUT); raises NotFound, Forbidden, PreconditionFailed,
        InvalidRequest, DuplicateCall, Conflict."""

        def decide(ticket: Ticket) -> Ticket:
            condition.require(ticket)
            return self._revised(caller, ticket, replacement(draft, ticket))

        return self.revise(caller, ticket, decide, deadline)

    def patch(
        self, caller: Principal, ticket: Ticket, patch: Patch, condition: Precondition, deadline: Deadline
    ) -> Ticket:
        """Apply the patch to the newest version of a ticket that was read; raises as `replace`, and ChannelMismatch,
        PatchTestFailed."""

        def decide(ticket: Ticket) -> Ticket:
            permissions.require_phone_change(caller, ticket, patch.asked)
            condition.require(ticket)
            return self._revised(caller, ticket, patch.draft(ticket))

        return self.revise(caller, ticket, decide, deadline)

    def delete(self, caller: Principal, ticketID: int, condition: Precondition, deadline: Deadline) -> None:
        """Remove the ticket; raises NotFound, Forbidden, PreconditionFailed, Conflict."""
        self.remove(caller, self.existing(caller.customerID, ticketID), condition, deadline)

    def _new_ticket(self, caller: Principal, draft: TicketDraft, now: str) -> Ticket:
        customerID = caller.customerID
        draft = self.references.checked_and_settled(customerID, draft, None, now)
        return Ticket(
            **draft.model_dump(exclude={"customerRepID"}),
            customerRepID=permissions.first_assignment(caller, draft.customerRepID),
            customerID=customerID,
            ticketID=self.store.next_id(customerID),
            token=str(uuid4()),
            dateCreated=now,
            changedBy=author_of(caller),
            changedAt=now,
            hasRecording=self._is_recorded(customerID, draft.twilio_CallSid),
        )

    def _revised(self, caller: Principal, ticket: Ticket, draft: TicketDraft) -> Ticket:
        after = ticket.with_draft(
            self.references.checked_and_settled(caller.customerID, draft, ticket, canonical(self.now()))
        )
        update: dict[str, object] = {
            "customerRepID": permissions.assignment(caller, ticket.customerRepID, after.customerRepID)
        }
        if after.twilio_CallSid != ticket.twilio_CallSid:
            update["hasRecording"] = self._is_recorded(ticket.customerID, after.twilio_CallSid)
        return after.model_copy(update=update)

    def _is_recorded(self, customerID: int, callSid: str | None) -> bool:
        return callSid is not None and self.store.is_recorded(customerID, callSid)
