"""What clients write of tickets, read so that a refusal names at once all that is wrong with it.

What is wrong with the fields themselves hides nothing: what else the directory or the ticket shows of the sound ones is
told with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ticketing.bulk import request as bulk
from ticketing.bulk.request import BulkUpdateRequest
from ticketing.directory.principal import PhoneContext, Principal
from ticketing.errors import ChannelMismatch, Fault, Forbidden, InvalidRequest, NotFound
from ticketing.kernel.instant import canonical
from ticketing.tickets import draft as drafting
from ticketing.tickets.editing import Tickets
from ticketing.tickets.model import Ticket, TicketDraft
from ticketing.tickets.patch import Patch

type TicketID = Callable[[], int]
"""Gives the id of the ticket that is to be changed; raises NotFound for what is no id."""


@dataclass(frozen=True)
class Bodies:
    """Reads what a client writes; raises InvalidRequest, and leaves what is wrong with a sound body to its use."""

    tickets: Tickets

    def first_draft(self, caller: Principal, document: object) -> TicketDraft:
        """The draft of a new ticket."""
        try:
            return drafting.new_draft(document)
        except InvalidRequest as refusal:
            rest = drafting.usable(document, refusal.faults)
            raise refusal.and_also(self._faults(caller, rest, None)) from refusal

    def replacement(self, caller: Principal, ticketID: TicketID, document: object) -> TicketDraft:
        """The draft that replaces what a ticket has."""
        try:
            return drafting.new_draft(document)
        except InvalidRequest as refusal:
            rest = drafting.usable(document, refusal.faults)
            shown = self._shown(caller, ticketID, lambda ticket: drafting.replacement(rest, ticket))
            raise refusal.and_also(shown) from refusal

    def patch(self, caller: Principal, ticketID: TicketID, patch: Patch) -> Patch:
        """The patch, if it is sound on any ticket."""
        fields = patch.literals
        faults = [*patch.faults, *drafting.literal_faults(fields)]
        if not faults:
            return patch

        def rest(ticket: Ticket) -> TicketDraft:
            return drafting.usable(fields, faults, drafting.editable_document(ticket))

        raise InvalidRequest("The patch holds what is not taken.", faults).and_also(self._shown(caller, ticketID, rest))

    def update(self, caller: Principal, document: object) -> BulkUpdateRequest:
        """What is asked of many tickets."""
        try:
            return drafting.validated(BulkUpdateRequest, document)
        except InvalidRequest as refusal:
            rest = bulk.usable(document, refusal.faults)
            references = self.tickets.references
            also = _faults_of(lambda: references.require_for_all(caller.customerID, rest))
            raise refusal.and_also(also) from refusal

    def _shown(self, caller: Principal, ticketID: TicketID, rest: Callable[[Ticket], TicketDraft]) -> Sequence[Fault]:
        """What the ticket shows to be wrong with the rest of a body; nothing of one that the caller may not see."""
        try:
            ticket = self.tickets.read(caller, ticketID())
        except (NotFound, Forbidden):
            return ()
        return self._faults(caller, rest(ticket), ticket)

    def _faults(self, caller: Principal, draft: TicketDraft, was: Ticket | None) -> Sequence[Fault]:
        now = canonical(self.tickets.now())
        return _faults_of(lambda: self.tickets.references.sound(caller.customerID, draft, was, now))


def require_channel(caller: Principal, patch: Patch) -> None:
    """Raises ChannelMismatch for a patch by which a phone context would change the channel of any ticket."""
    if isinstance(caller, PhoneContext) and patch.literals.get("channelID", caller.channelID) != caller.channelID:
        raise ChannelMismatch("A phone context cannot change the ticket's channel.")


def _faults_of(check: Callable[[], object]) -> Sequence[Fault]:
    try:
        check()
    except InvalidRequest as refusal:
        return refusal.faults
    return ()
