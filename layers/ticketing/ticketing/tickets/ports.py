"""The stores of tickets and of their messages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from ticketing.kernel.ports import Contended, Receipt

if TYPE_CHECKING:
    from ticketing.tickets.messages import Message
    from ticketing.tickets.model import Ticket


class Outdated(Contended):
    """The ticket changed before this write; `current` is what it is now, None when it is gone."""

    def __init__(self, current: Ticket | None) -> None:
        super().__init__()
        self.current = current


class TicketStore(Protocol):
    """Tickets by id, read as they are now. Every change is conditional on the version that it was decided on."""

    def ask(self, customerID: int, ticketID: int) -> Callable[[], Ticket | None]:
        """Ask for the ticket; return what waits for it, and returns None where there is none."""

    def get(self, customerID: int, ticketID: int) -> Ticket | None:
        """Return the ticket; None where there is none."""

    def get_many(self, customerID: int, ticketIDs: Collection[int]) -> Mapping[int, Ticket]:
        """Return those of the tickets that exist, by id."""

    def next_id(self, customerID: int) -> int:
        """Return a ticketID that was never given before."""

    def is_recorded(self, customerID: int, callSid: str) -> bool:
        """Tell whether a recording of the call has arrived."""

    def create(self, ticket: Ticket, message: Message | None = None, receipt: Receipt | None = None) -> None:
        """Keep a new ticket, its first message and the receipt, all or none; raises DuplicateCall, AlreadyDone,
        Contended."""

    def replace(
        self, before: Ticket, after: Ticket, message: Message | None = None, receipt: Receipt | None = None
    ) -> None:
        """Keep `after` in the place of `before`, a new message and the receipt, all or none; raises Outdated,
        DuplicateCall, AlreadyDone, Contended."""

    def delete(self, ticket: Ticket, receipt: Receipt | None = None) -> None:
        """Remove the ticket, free its call and keep the receipt, all or none; raises Outdated, AlreadyDone,
        Contended."""


class MessageStore(Protocol):
    """The messages of tickets, which are written with their tickets."""

    def between(self, customerID: int, ticketID: int, first: int, last: int) -> Iterator[Message]:
        """Return the messages with these ids, both ends included, oldest first, read as they are asked for."""

    def delete(self, customerID: int, ticketID: int, first: int, last: int) -> None:
        """Remove the messages with these ids, both ends included; may be repeated."""
