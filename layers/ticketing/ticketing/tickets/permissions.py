"""The permissions of roles on tickets: who may see, change and assign them. Every such decision is made here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ticketing.directory.principal import NOBODY, Automation, PhoneContext, Principal, Representative, Role
from ticketing.errors import AlreadyAssigned, ChannelMismatch, Fault, Forbidden

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket, TicketDraft


_OTHER_CHANNEL = Fault("/channelID", "is not the token's channel")


def visible_holders(principal: Representative) -> frozenset[int] | None:
    """Return the holders whose tickets a representative sees, NOBODY among them for unassigned ones; None: all."""
    if principal.role is Role.Restricted:
        return frozenset({principal.repID})
    if principal.role is Role.Agent and not principal.sees_all:
        return frozenset({principal.repID, NOBODY})
    return None


def require_ticket(principal: Principal, ticket: Ticket) -> None:
    """Raise Forbidden or ChannelMismatch unless the principal may read, change and delete this ticket."""
    if isinstance(principal, Automation):
        return
    if isinstance(principal, PhoneContext):
        if ticket.channelID != principal.channelID:
            raise ChannelMismatch("The ticket is not of the token's channel.")
        return
    holders = visible_holders(principal)
    if holders is not None and (ticket.customerRepID or NOBODY) not in holders:
        raise Forbidden("Your role does not let you see this ticket.")


def require_note_writer(principal: Principal) -> None:
    """Raise Forbidden unless the principal may write Notes: they are for representatives alone."""
    if not isinstance(principal, Representative):
        raise Forbidden("Notes are for representatives alone.", [Fault("/direction", "must not be Note")])


def assignment(principal: Principal, held: int | None, wanted: int | None) -> int | None:
    """Return who holds a ticket after `principal` asks for `wanted`; one that the role may not make changes nothing."""
    if isinstance(principal, Automation):
        return wanted
    if not isinstance(principal, Representative) or principal.role is Role.Restricted:
        return held
    if principal.role is not Role.Agent:
        return wanted
    takes_free_ticket = held is None and wanted == principal.repID
    gives_own_back = held == principal.repID and wanted is None
    return wanted if takes_free_ticket or gives_own_back else held


def require_takeable(caller: Representative, ticket: Ticket) -> None:
    """Raise Forbidden unless the representative may ask for this ticket: a Restricted one for their own only."""
    if caller.role is Role.Restricted:
        require_ticket(caller, ticket)


def taken(caller: Representative, was_free: bool, held: int | None) -> int:
    """Return who holds a ticket after `caller` takes it; raises AlreadyAssigned when another representative holds it.

    An Administrator or a Supervisor takes it over all the same, unless it was free when they asked for it and another
    was quicker.
    """
    held_by_another = held not in (None, caller.repID)
    if held_by_another and (was_free or caller.role is Role.Agent):
        raise AlreadyAssigned("Another representative has the ticket.")
    return caller.repID


def first_assignment(principal: Principal, wanted: int | None) -> int | None:
    """Return who holds a ticket that `principal` creates; a Restricted representative's is their own."""
    if isinstance(principal, Representative) and principal.role is Role.Restricted:
        return principal.repID
    return assignment(principal, None, wanted)


def may_assign_first(principal: Principal, repID: int) -> bool:
    """Tell whether the principal may set this representative as the holder of a ticket that nobody holds."""
    return assignment(principal, None, repID) == repID


def require_channel_kept(principal: Principal, fields: Mapping[str, object]) -> None:
    """Raise ChannelMismatch where a phone context would set the channel of a ticket, whatever ticket, to another."""
    if isinstance(principal, PhoneContext) and fields.get("channelID", principal.channelID) != principal.channelID:
        raise ChannelMismatch("A phone context cannot change the ticket's channel.", [_OTHER_CHANNEL])


def require_phone_change(principal: Principal, ticket: Ticket, asked: Callable[[Ticket], Mapping[str, object]]) -> None:
    """Raise ChannelMismatch, Forbidden where a phone context changes what it may not: the channel, a known uid.

    `asked` returns the fields as they would be.
    """
    if not isinstance(principal, PhoneContext):
        return
    fields = asked(ticket)
    require_channel_kept(principal, fields)
    if ticket.uid is not None and fields["uid"] != ticket.uid:
        fault = Fault("/uid", "is set already")
        raise Forbidden("A phone context may set uid only where there is none.", [fault])


def on_own_channel(principal: Principal, draft: TicketDraft) -> TicketDraft:
    """Return the draft of a new ticket, a phone context's bound to its channel; raises ChannelMismatch for another."""
    if not isinstance(principal, PhoneContext):
        return draft
    if draft.channelID not in (None, principal.channelID):
        raise ChannelMismatch("A phone context creates tickets on its own channel only.", [_OTHER_CHANNEL])
    return draft.model_copy(update={"channelID": principal.channelID})
