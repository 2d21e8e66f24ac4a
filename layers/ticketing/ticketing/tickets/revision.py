"""Changes of a ticket: read, decide, write under the version that was decided on, again if others were quicker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ticketing.directory.author import author_of
from ticketing.errors import NotFound
from ticketing.kernel.deadline import Deadline, lost_to_others
from ticketing.kernel.instant import canonical
from ticketing.kernel.ports import Contended, Receipt
from ticketing.tickets.model import Ticket
from ticketing.tickets.permissions import require_ticket
from ticketing.tickets.ports import Outdated, TicketStore

if TYPE_CHECKING:
    from ticketing.directory.principal import Principal
    from ticketing.tickets.precondition import Precondition

type Decision = Callable[[Ticket], Ticket]
"""Returns the ticket as it is to become; raises the refusal when it may not."""


@dataclass(frozen=True)
class Revisions:
    """Reads, changes and removes single tickets."""

    store: TicketStore
    now: Callable[[], datetime]

    def existing(self, customerID: int, ticketID: int) -> Ticket:
        """Return the ticket, whoever asks; raises NotFound."""
        return self.ask(customerID, ticketID)()

    def ask(self, customerID: int, ticketID: int) -> Callable[[], Ticket]:
        """Ask for the ticket ahead; return what waits for it, and raises NotFound."""
        wait = self.store.ask(customerID, ticketID)

        def existing() -> Ticket:
            ticket = wait()
            if ticket is None:
                raise not_found()
            return ticket

        return existing

    def read(self, caller: Principal, ticketID: int) -> Ticket:
        """Return a ticket that the caller may read; raises NotFound, Forbidden, ChannelMismatch."""
        ticket = self.existing(caller.customerID, ticketID)
        require_ticket(caller, ticket)
        return ticket

    def revise(
        self, caller: Principal, ticket: Ticket, decide: Decision, deadline: Deadline, receipt: Receipt | None = None
    ) -> Ticket:
        """Change a ticket that was read to what `decide` makes of its newest version, and keep the receipt with the
        change; a ticket that stays as it is is not written. Raises NotFound, Forbidden, Conflict, AlreadyDone."""

        def write(ticket: Ticket) -> Ticket:
            require_ticket(caller, ticket)
            after = decide(ticket)
            if after == ticket:
                return ticket
            after = after.next_version(author_of(caller), canonical(self.now()))
            self.store.replace(ticket, after, receipt=receipt)
            return after

        return _on_newest(ticket, write, deadline)

    def revise_and_tell(
        self, caller: Principal, ticket: Ticket, decide: Decision, deadline: Deadline, receipt: Receipt | None = None
    ) -> bool:
        """Do as `revise`; return False where nothing was written, and so no receipt kept."""
        newest = ticket

        def noticed(ticket: Ticket) -> Ticket:
            nonlocal newest
            newest = ticket
            return decide(ticket)

        return self.revise(caller, ticket, noticed, deadline, receipt) != newest

    def remove(
        self,
        caller: Principal,
        ticket: Ticket,
        condition: Precondition,
        deadline: Deadline,
        receipt: Receipt | None = None,
    ) -> None:
        """Remove a ticket that was read, whatever it has become; raises as `revise`, and PreconditionFailed."""

        def write(ticket: Ticket) -> None:
            require_ticket(caller, ticket)
            condition.require(ticket)
            self.store.delete(ticket, receipt)

        _on_newest(ticket, write, deadline)


def not_found() -> NotFound:
    """Return the refusal of a missing ticket, in the same words as that of another customer's."""
    return NotFound("There is no such ticket.")


def _on_newest[Written](ticket: Ticket, write: Callable[[Ticket], Written], deadline: Deadline) -> Written:
    for _ in deadline.attempts():
        try:
            return write(ticket)
        except Outdated as outdated:
            if outdated.current is None:
                raise not_found() from outdated
            ticket = outdated.current
        except Contended:
            continue
    raise lost_to_others()
