"""One ticket's life, step by step, and what the streams' consumer does after each step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.population import CUSTOMER, seldom_word
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.kernel.deadline import Deadline
from ticketing.lists.indexing import MessageChange
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.draft import new_draft
from ticketing.tickets.messages import MessageDraft
from ticketing.tickets.model import Ticket
from ticketing.tickets.patch import merge_patch
from ticketing.tickets.precondition import Precondition

CALLER = Representative(CUSTOMER, 11, Role.Administrator)
BODY = f"Where is my parcel? It should have been here on Monday, order {seldom_word(3)}, and nobody answers the phone."
type Step = Callable[[], str]
"""Something to measure; says what came of it."""


def following(application: Application, size: int) -> Iterator[tuple[str, Step]]:
    """Return steps by name, in the order in which they belong, of the ticket that is made after `size` others."""
    life = Life(application, size + 1)
    yield "create", life.create
    yield "create: its indexing", life.entered()
    yield "message of 100 characters", life.message
    yield "message: its words", life.message_entered()
    yield "message: its ticket's indexing", life.entered()
    yield "patch of what no list knows", life.patched(summary="Asked the carrier.")
    yield "patch of what no list knows: its indexing", life.entered()
    yield "patch of the holder", life.patched(customerRepID=12)
    yield "patch of the holder: its indexing", life.entered()
    yield "assigned to another", life.patched(customerRepID=13)
    yield "assigned to another: its indexing", life.entered()
    life.patched(uid="user7@doe.example")()
    life.entered()()
    yield "message of an end user's ticket", life.message
    yield "message of an end user's ticket: its ticket's indexing", life.entered()
    yield from _closing_steps(life)


def _closing_steps(life: "Life") -> Iterator[tuple[str, Step]]:
    yield "close", life.patched(status="Closed")
    yield "close: its indexing", life.entered()
    last = life.ticket()
    yield "delete", life.delete
    yield "delete: its indexing", life.entered(TicketChange(last, isRemoved=True))


@dataclass(frozen=True)
class Life:
    """The life of one ticket. A step that enters something reads it before it is measured: a stream brings it."""

    application: Application
    ticketID: int

    def ticket(self) -> Ticket:
        """Return the ticket as it is."""
        return self.application.tickets.existing(CUSTOMER, self.ticketID)

    def create(self) -> str:
        """Make it."""
        draft = {"status": "Open", "subject": "Where is my parcel?", "channelType": "Email", "channelID": 1}
        return f"ticket {self.application.tickets.create(CALLER, new_draft(draft), None, Deadline(0)).ticket.ticketID}"

    def message(self) -> str:
        """Add a message."""
        draft = MessageDraft(ticketID=self.ticketID, body=BODY)
        return f"message {self.application.conversations.add(CALLER, draft, None, Deadline(0)).message.messageID}"

    def patched(self, **fields: object) -> Step:
        """Patch it."""
        tickets, patch = self.application.tickets, merge_patch(fields)

        def step() -> str:
            ticket = tickets.existing(CALLER.customerID, self.ticketID)
            return tickets.patch(CALLER, ticket, patch, Precondition(), Deadline(0)).status

        return step

    def delete(self) -> str:
        """Remove it."""
        self.application.tickets.delete(CALLER, self.ticketID, Precondition(), Deadline(0))
        return "deleted"

    def entered(self, change: TicketChange | None = None) -> Step:
        """Enter a change of it; without one, enter it as it is now."""
        changes = [change or TicketChange(self.ticket())]

        def enter() -> str:
            self.application.indexing.enter_tickets(changes, Deadline(0))
            return "entered"

        return enter

    def message_entered(self) -> Step:
        """Enter its first message."""
        changes = [
            MessageChange(message)
            for message in self.application.adapters.messages.between(CUSTOMER, self.ticketID, 1, 1)
        ]

        def enter() -> str:
            self.application.indexing.enter_messages(changes)
            return f"{len(list(changes[0].postings))} words"

        return enter
