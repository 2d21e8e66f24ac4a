"""The text of a ticket that the spam filter and the topic detector are taught and asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.tickets.messages import Direction, Message

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.ports import MessageStore

MESSAGES_READ = 20
"""Messages, from the first on: what a ticket is about is said early."""
MAX_CHARACTERS = 50_000


@dataclass(frozen=True)
class TicketText:
    """Reads the text of tickets."""

    messages: MessageStore

    def of(self, ticket: Ticket) -> str:
        """Return the subject and what the end user wrote in the first messages, cut off at MAX_CHARACTERS."""
        last = min(ticket.lastMessageID, MESSAGES_READ)
        found = self.messages.between(ticket.customerID, ticket.ticketID, 1, last) if last else []
        return text_of(ticket, found)[:MAX_CHARACTERS]


def text_of(ticket: Ticket, messages: Iterable[Message]) -> str:
    """Return the ticket's subject and the bodies of those messages that the end user wrote, oldest first."""
    written = (message.body for message in messages if message.direction is Direction.EndUser)
    return "\n".join((ticket.subject, *written))
