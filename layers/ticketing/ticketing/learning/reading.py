"""What the spam filter and the topic detector get to see of a ticket."""

from dataclasses import dataclass

from ticketing.learning.classification import text_of
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import MessageStore

MESSAGES_READ = 20
"""Messages, from the first on: what a ticket is about is said early."""
LONGEST_TEXT = 50_000
"""Characters."""


@dataclass(frozen=True)
class Reading:
    """Reads tickets."""

    messages: MessageStore

    def text(self, ticket: Ticket) -> str:
        """The subject and what the end user wrote, as far as it is looked at."""
        last = min(ticket.lastMessageID, MESSAGES_READ)
        found = self.messages.between(ticket.customerID, ticket.ticketID, 1, last) if last else []
        return text_of(ticket, found)[:LONGEST_TEXT]
