"""Assigns a ticket to the caller who asks for it, and forwards its live phone call to them.

The assignment is kept first, and stands whatever becomes of the call. The call is marked before it is forwarded, so
that a crash leaves a mark and no phone rings twice; the outcome is then noted on the mark and in the receipt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ticketing.calls.call import CallForward, is_live
from ticketing.directory.author import author_of
from ticketing.directory.model import Rep, rep_key
from ticketing.errors import Unavailable
from ticketing.kernel.idempotency import IdempotencyKey, OncePerKey
from ticketing.kernel.instant import canonical
from ticketing.kernel.ports import AlreadyDone, Receipt, Receipts
from ticketing.tickets import permissions
from ticketing.tickets.precondition import Precondition

if TYPE_CHECKING:
    from ticketing.calls.ports import CallStore, Telephony
    from ticketing.directory.ports import Directory
    from ticketing.directory.principal import Representative
    from ticketing.kernel.deadline import Deadline
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.revision import Revisions

LATEST_START = 4
"""Seconds after the request within which the call is forwarded, or not at all."""
UNDER_WAY = LATEST_START + 6
"""Seconds after the request within which it is noted what became of the call, unless a crash came between: four are the
longest that forwarding takes, one more is for the note, and receipts keep whole seconds."""


@dataclass(frozen=True)
class AssignRequest:
    """The request of a caller: a ticket, on a condition, with its live call unless they do not want that."""

    caller: Representative
    ticketID: int
    condition: Precondition = field(default_factory=Precondition)
    wants_call: bool = True
    key: IdempotencyKey | None = None


@dataclass(frozen=True)
class Assigned:
    """A ticket that was assigned, now or (`replayed`) by an earlier request with the same key, and what became of its
    call; `problem` tells the operator why it was not forwarded, or why its hook was not fired."""

    ticket: Ticket
    callForward: CallForward
    replayed: bool = False
    problem: str | None = None


@dataclass(frozen=True)
class Assigning:
    """Assigns tickets to those who ask for them. `directory` must not be a cached one; `picked_up` is told of a ticket
    whose call was forwarded, and may fail with Unavailable."""

    tickets: Revisions
    receipts: Receipts
    calls: CallStore
    directory: Directory
    telephony: Telephony
    picked_up: Callable[[Ticket], None]
    now: Callable[[], datetime]

    def assign(self, taking: AssignRequest, deadline: Deadline) -> Assigned:
        """Assign the ticket to the caller.

        Raises NotFound, Forbidden, PreconditionFailed, AlreadyAssigned, KeyReused, KeyInUse, Conflict, Unavailable.
        """
        asked, first = self.now().timestamp(), None

        def do() -> Assigned:
            nonlocal first
            ticket = self.tickets.existing(taking.caller.customerID, taking.ticketID)
            first = first or ticket
            after = self._taken(taking, ticket, was_free=first.customerRepID is None)
            number = self._number(taking, ticket)
            self._keep(ticket, after, _receipt(taking, asked, None if number else CallForward.notApplicable))
            return self._with_call(taking, after, number, asked)

        def again(receipt: Receipt) -> Assigned:
            return Assigned(self.tickets.read(taking.caller, receipt.ticketID), self._outcome(receipt))

        assigned, replayed = OncePerKey(self.receipts).answer(taking.key, int(asked), deadline, do, again)
        return replace(assigned, replayed=True) if replayed else self._with_hook_fired(assigned)

    def _with_hook_fired(self, assigned: Assigned) -> Assigned:
        """Fire the hook of a call that was forwarded; where that fails, return the problem with it."""
        if assigned.callForward is CallForward.forwarded:
            try:
                self.picked_up(assigned.ticket)
            except Unavailable as unavailable:
                return replace(assigned, problem=unavailable.about)
        return assigned

    def _taken(self, taking: AssignRequest, ticket: Ticket, was_free: bool) -> Ticket:
        permissions.require_takeable(taking.caller, ticket)
        taking.condition.require(ticket)
        holder = permissions.taken(taking.caller, was_free, ticket.customerRepID)
        if holder == ticket.customerRepID:
            return ticket
        after = ticket.model_copy(update={"customerRepID": holder})
        return after.next_version(author_of(taking.caller), canonical(self.now()))

    def _outcome(self, receipt: Receipt) -> CallForward:
        """Return what became of an earlier request's call; raises AlreadyDone as long as it may be under way.

        The receipt's note says so; a crash while the call was forwarded leaves the receipt without a note.
        """
        if receipt.note:
            return CallForward(receipt.note)
        age = self.now().timestamp() - receipt.madeAt
        if age <= UNDER_WAY:
            raise AlreadyDone
        return CallForward.failed

    def _number(self, taking: AssignRequest, ticket: Ticket) -> str | None:
        """Return the number to forward the ticket's call to, None where there is nothing to forward."""
        if not taking.wants_call or not is_live(ticket):
            return None
        key = rep_key(taking.caller.repID)
        rep = self.directory.entries(taking.caller.customerID, [key]).get(key)
        number = rep.phone if isinstance(rep, Rep) else None
        return number if number and self.telephony.has_account() else None

    def _keep(self, ticket: Ticket, after: Ticket, receipt: Receipt | None) -> None:
        if after != ticket or receipt:
            self.tickets.store.replace(ticket, after, receipt=receipt)

    def _with_call(self, taking: AssignRequest, ticket: Ticket, number: str | None, asked: float) -> Assigned:
        assigned = Assigned(ticket, CallForward.notApplicable)
        if number is None:
            return assigned
        if self.calls.begin_forward(ticket, taking.caller.repID):
            assigned = self._forwarded(ticket, number, asked)
            self.calls.end_forward(ticket, taking.caller.repID, assigned.callForward)
        if receipt := _receipt(taking, asked, assigned.callForward):
            self.receipts.keep(receipt)
        return assigned

    def _forwarded(self, ticket: Ticket, number: str, asked: float) -> Assigned:
        if self.now().timestamp() - asked > LATEST_START:
            return Assigned(ticket, CallForward.failed, problem="The store was too slow to forward the call in time.")
        try:
            self.telephony.forward(ticket.twilio_CallSid or "", number)
        except Unavailable as unavailable:
            return Assigned(ticket, CallForward.failed, problem=unavailable.about)
        return Assigned(ticket, CallForward.forwarded)


def _receipt(taking: AssignRequest, asked: float, callForward: CallForward | None) -> Receipt | None:
    return taking.key.receipt(taking.ticketID, int(asked), note=callForward) if taking.key else None
