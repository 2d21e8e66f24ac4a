"""Who is calling, which policy admits them, and what their role lets them see, change and assign.

Every decision about permissions is made here, and by nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from ticketing.domain.ticket import Ticket
from ticketing.errors import AlreadyAssigned, ChannelMismatch, Forbidden

NOBODY = 0
"""Stands for no representative where a set of holders is named."""


class Role(StrEnum):
    """The roles of a representative."""

    Administrator = "Administrator"
    Supervisor = "Supervisor"
    Agent = "Agent"
    Restricted = "Restricted"


@dataclass(frozen=True)
class Representative:
    """A member of a customer's staff; `sees_all` lets an Agent see every ticket of the customer (agentScope All)."""

    customerID: int
    repID: int
    role: Role
    sees_all: bool = False

    @property
    def name(self) -> str:
        """The principal as keys name it: whoever they are now, a key that they used stays theirs."""
        return f"rep#{self.repID}"


@dataclass(frozen=True)
class PhoneContext:
    """A phone line acting for a customer, bound to one channel."""

    customerID: int
    channelID: int

    @property
    def name(self) -> str:
        """The principal as keys name it."""
        return f"channel#{self.channelID}"


@dataclass(frozen=True)
class Automation:
    """The service itself, doing in the background what a representative asked for or a customer has configured."""

    customerID: int

    @property
    def name(self) -> str:
        """The principal as keys name it."""
        return "automation"


type Principal = Representative | PhoneContext | Automation


class Access(Enum):
    """The policies of the contract's endpoint table: the kinds of principal that each admits."""

    TicketAccess = (Representative,)
    TicketCreateFromPhone = (PhoneContext, Representative)
    TicketAccessOrPhoneAuth = (Representative, PhoneContext)
    Public = ()

    def require(self, principal: Principal) -> None:
        """Raises Forbidden unless the policy admits the principal."""
        if not isinstance(principal, self.value):
            raise Forbidden(f"{self.name} does not admit this kind of token.")


def visible_holders(principal: Representative) -> frozenset[int] | None:
    """The holders whose tickets a representative sees, NOBODY among them where unassigned ones count; None: all."""
    if principal.role is Role.Restricted:
        return frozenset({principal.repID})
    if principal.role is Role.Agent and not principal.sees_all:
        return frozenset({principal.repID, NOBODY})
    return None


def require_ticket(principal: Principal, ticket: Ticket) -> None:
    """Raises Forbidden or ChannelMismatch unless the principal may read, change and delete this ticket."""
    if isinstance(principal, Automation):
        return
    if isinstance(principal, PhoneContext):
        if ticket.channelID != principal.channelID:
            raise ChannelMismatch("The ticket is not of the token's channel.")
        return
    holders = visible_holders(principal)
    if holders is not None and (ticket.customerRepID or NOBODY) not in holders:
        raise Forbidden("Your role does not let you see this ticket.")


def assignment(principal: Principal, held: int | None, wanted: int | None) -> int | None:
    """Who holds the ticket after `principal` asks for `wanted`: an assignment the role may not make changes nothing."""
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
    """Raises Forbidden unless the representative may ask for this ticket: a Restricted one for their own only."""
    if caller.role is Role.Restricted:
        require_ticket(caller, ticket)


def taken(caller: Representative, was_free: bool, held: int | None) -> int:
    """Who holds the ticket after `caller` takes it; raises AlreadyAssigned when another representative holds it.

    An Administrator or a Supervisor takes it over all the same, unless it was free when they asked for it and another
    was quicker.
    """
    held_by_another = held not in (None, caller.repID)
    if held_by_another and (was_free or caller.role is Role.Agent):
        raise AlreadyAssigned("Another representative has the ticket.")
    return caller.repID


def first_assignment(principal: Principal, wanted: int | None) -> int | None:
    """Who holds a ticket that `principal` creates; a Restricted representative's is their own."""
    if isinstance(principal, Representative) and principal.role is Role.Restricted:
        return principal.repID
    return assignment(principal, None, wanted)


def require_phone_change(principal: Principal, ticket: Ticket, patched: Mapping[str, object]) -> None:
    """Raises ChannelMismatch, Forbidden where a phone context changes what it may not: the channel, a known uid."""
    if not isinstance(principal, PhoneContext):
        return
    if patched["channelID"] != ticket.channelID:
        raise ChannelMismatch("A phone context cannot change the ticket's channel.")
    if ticket.uid is not None and patched["uid"] != ticket.uid:
        raise Forbidden("A phone context may set uid only where there is none.")
