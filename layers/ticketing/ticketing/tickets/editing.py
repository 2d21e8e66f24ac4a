"""The life of one ticket: read, create, replace, patch, delete. A change reads, decides, writes under a condition."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from ticketing.directory.principal import Principal
from ticketing.errors import Conflict, NotFound
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.idempotency import IdempotencyKey, in_use
from ticketing.kernel.instant import canonical
from ticketing.kernel.ports import AlreadyDone, Contended, Receipt, Receipts
from ticketing.tickets import permissions
from ticketing.tickets.draft import editable_document, replacement, validated
from ticketing.tickets.model import Ticket, TicketDraft, reset_to_default
from ticketing.tickets.patch import Patch
from ticketing.tickets.ports import Outdated, TicketStore
from ticketing.tickets.precondition import Precondition
from ticketing.tickets.references import References

type Decision = Callable[[Ticket], Ticket]
"""What a ticket becomes; raises the refusal when it may not."""


@dataclass(frozen=True)
class Created:
    """A ticket that was made, now or (`replayed`) by an earlier request with the same key."""

    ticket: Ticket
    replayed: bool = False


@dataclass(frozen=True)
class Tickets:
    """What can be done with one ticket."""

    store: TicketStore
    receipts: Receipts
    references: References
    now: Callable[[], datetime]

    def read(self, caller: Principal, ticketID: int) -> Ticket:
        """The ticket; raises NotFound, Forbidden."""
        ticket = self.store.get(caller.customerID, ticketID)
        if ticket is None:
            raise not_found()
        permissions.require_ticket(caller, ticket)
        return ticket

    def create(self, caller: Principal, draft: TicketDraft, key: IdempotencyKey | None, deadline: Deadline) -> Created:
        """Create a ticket, once per key. A replay reads the ticket as it is now.

        Raises ChannelMismatch, KeyReused, KeyInUse, InvalidRequest, DuplicateCall, Conflict, and for a replay what
        `read` raises.
        """
        draft = permissions.on_own_channel(caller, draft)
        moment = self.now()
        seconds = int(moment.timestamp())
        for _ in deadline.attempts():
            earlier = key.earlier(self.receipts, seconds) if key else None
            if earlier:
                return Created(self.read(caller, earlier.ticketID), replayed=True)
            try:
                return Created(self._keep_new(caller, draft, key, moment))
            except (AlreadyDone, Contended):
                continue
        raise in_use() if key else lost_to_others()

    def replace(
        self, caller: Principal, ticketID: int, draft: TicketDraft, condition: Precondition, deadline: Deadline
    ) -> Ticket:
        """The ticket with its editable fields replaced (PUT)."""

        def decide(ticket: Ticket) -> Ticket:
            condition.require(ticket)
            return self._revised(caller, ticket, replacement(draft, ticket))

        return self.change(caller, ticketID, decide, deadline)

    def patch(
        self, caller: Principal, ticketID: int, patch: Patch, condition: Precondition, deadline: Deadline
    ) -> Ticket:
        """The ticket with the patch applied to whatever its newest version is."""

        def decide(ticket: Ticket) -> Ticket:
            document = editable_document(ticket)
            permissions.require_phone_change(caller, ticket, patch.untested(document))
            condition.require(ticket)
            return self._revised(caller, ticket, validated(TicketDraft, reset_to_default(patch(document))))

        return self.change(caller, ticketID, decide, deadline)

    def delete(self, caller: Principal, ticketID: int, condition: Precondition, deadline: Deadline) -> None:
        """Removes the ticket; raises NotFound, Forbidden, PreconditionFailed, Conflict."""
        self.remove(caller, self.read(caller, ticketID), condition, deadline)

    def remove(
        self,
        caller: Principal,
        ticket: Ticket,
        condition: Precondition,
        deadline: Deadline,
        receipt: Receipt | None = None,
    ) -> None:
        """Removes a ticket that was read, whatever it has become; raises as `delete`, and AlreadyDone."""
        for _ in deadline.attempts():
            permissions.require_ticket(caller, ticket)
            condition.require(ticket)
            try:
                return self.store.delete(ticket, receipt)
            except Contended:
                continue
            except Outdated as outdated:
                ticket = _still_there(outdated)
        raise lost_to_others()

    def change(self, caller: Principal, ticketID: int, decide: Decision, deadline: Deadline) -> Ticket:
        """What `decide` makes of the ticket's newest version, however many race; raises NotFound, Conflict."""
        return self.revise(caller, self.read(caller, ticketID), decide, deadline)

    def revise(
        self, caller: Principal, ticket: Ticket, decide: Decision, deadline: Deadline, receipt: Receipt | None = None
    ) -> Ticket:
        """What `decide` makes of a ticket that was read, and of what others make of it meanwhile; the receipt is kept
        with the change. Raises NotFound, Forbidden, Conflict, AlreadyDone."""
        for _ in deadline.attempts():
            permissions.require_ticket(caller, ticket)
            after = decide(ticket)
            if after == ticket:
                return ticket
            after = after.model_copy(update={"version": ticket.version + 1})
            try:
                self.store.replace(ticket, after, receipt=receipt)
            except Contended:
                continue
            except Outdated as outdated:
                ticket = _still_there(outdated)
            else:
                return after
        raise lost_to_others()

    def _keep_new(self, caller: Principal, draft: TicketDraft, key: IdempotencyKey | None, moment: datetime) -> Ticket:
        customerID = caller.customerID
        draft = self.references.sound(customerID, draft, None, canonical(moment))
        ticket = Ticket(
            **draft.model_dump(exclude={"customerRepID"}),
            customerRepID=permissions.first_assignment(caller, draft.customerRepID),
            customerID=customerID,
            ticketID=self.store.next_id(customerID),
            token=str(uuid4()),
            dateCreated=canonical(moment),
            hasRecording=draft.twilio_CallSid is not None and self.store.is_recorded(customerID, draft.twilio_CallSid),
        )
        receipt = key.receipt(ticket.ticketID, int(moment.timestamp())) if key else None
        self.store.create(ticket, receipt=receipt)
        return ticket

    def existing(self, customerID: int, ticketID: int) -> Ticket:
        """The ticket, whoever asks; raises NotFound."""
        ticket = self.store.get(customerID, ticketID)
        if ticket is None:
            raise not_found()
        return ticket

    def _revised(self, caller: Principal, ticket: Ticket, draft: TicketDraft) -> Ticket:
        after = ticket.with_draft(self.references.sound(caller.customerID, draft, ticket, canonical(self.now())))
        holder = permissions.assignment(caller, ticket.customerRepID, after.customerRepID)
        recorded = after.hasRecording
        if after.twilio_CallSid != ticket.twilio_CallSid:
            recorded = after.twilio_CallSid is not None and self.store.is_recorded(
                ticket.customerID, after.twilio_CallSid
            )
        return after.model_copy(update={"customerRepID": holder, "hasRecording": recorded})


def not_found() -> NotFound:
    """The same words for a ticket that is missing and for another customer's."""
    return NotFound("There is no such ticket.")


def lost_to_others() -> Conflict:
    """The refusal of a change that lost to others for its whole deadline."""
    return Conflict("The ticket changed faster than this change could be made; try again.")


def _still_there(outdated: Outdated) -> Ticket:
    if outdated.current is None:
        raise not_found() from outdated
    return outdated.current
