"""Principals: the kinds of callers, their roles, and the policies that admit them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from ticketing.errors import Forbidden

if TYPE_CHECKING:
    from ticketing.directory.author import Author

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
        """Return the principal's name in idempotency keys: their keys stay theirs when their role changes."""
        return f"rep#{self.repID}"


@dataclass(frozen=True)
class PhoneContext:
    """A phone line acting for a customer, bound to one channel."""

    customerID: int
    channelID: int

    @property
    def name(self) -> str:
        """Return the principal's name in idempotency keys."""
        return f"channel#{self.channelID}"


@dataclass(frozen=True)
class Automation:
    """The service itself, doing in the background what a representative asked for or a customer has configured;
    `author` says which part of it."""

    customerID: int
    author: Author

    @property
    def name(self) -> str:
        """Return the principal's name in idempotency keys."""
        return "automation"


@dataclass(frozen=True)
class ChatVisitor:
    """The visitor of a chat, known by its key. No principal: there is one ticket for them, and nothing else."""

    customerID: int
    ticketID: int

    @property
    def name(self) -> str:
        """Return the visitor's name in idempotency keys."""
        return f"visitor#{self.ticketID}"


type Principal = Representative | PhoneContext | Automation


class Access(Enum):
    """The policies of the contract's endpoint table: the kinds of callers that each admits."""

    TicketAccess = (Representative,)
    TicketCreateFromPhone = (PhoneContext, Representative)
    TicketAccessOrPhoneAuth = (Representative, PhoneContext)
    Visitor = (ChatVisitor,)
    Public = ()

    def require(self, principal: Principal) -> None:
        """Raise Forbidden unless the policy admits the principal."""
        if not isinstance(principal, self.value):
            raise Forbidden(f"{self.name} does not admit this kind of token.")
