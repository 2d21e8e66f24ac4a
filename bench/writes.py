"""One ticket's life, step by step, and what the streams' consumer does after each step."""

from collections.abc import Callable, Iterator

from bench.population import CUSTOMER, seldom_word
from tests.followers import InMemoryJobs
from ticketing import wiring
from ticketing.domain.drafting import new_draft
from ticketing.domain.message import MessageDraft
from ticketing.domain.patch import merge_patch
from ticketing.domain.precondition import Precondition
from ticketing.domain.principal import Representative, Role
from ticketing.usecases.deadline import Deadline
from ticketing.usecases.indexing import Indexing, MessageChange, TicketChange

CALLER = Representative(CUSTOMER, 11, Role.Administrator)
BODY = f"Where is my parcel? It should have been here on Monday, order {seldom_word(3)}, and nobody answers the phone."


def following(size: int) -> Iterator[tuple[str, Callable[[], str]]]:
    """Steps by name; each says what came of it. They belong in this order."""
    indexing = Indexing(wiring.tallies(), wiring.search(), InMemoryJobs(), wiring.now)
    ticketID = size + 1

    def create() -> str:
        draft = {"status": "Open", "subject": "Where is my parcel?", "channelType": "Email", "channelID": 1}
        return f"ticket {wiring.tickets().create(CALLER, new_draft(draft), None, Deadline(0)).ticket.ticketID}"

    def message() -> str:
        draft = MessageDraft(ticketID=ticketID, body=BODY)
        return f"message {wiring.conversations().add(CALLER, draft, None, Deadline(0)).message.messageID}"

    def delete() -> str:
        wiring.tickets().delete(CALLER, ticketID, Precondition(), Deadline(0))
        return "deleted"

    def patched(**fields: object) -> Callable[[], str]:
        patch = merge_patch(fields)
        return lambda: wiring.tickets().patch(CALLER, ticketID, patch, Precondition(), Deadline(0)).status

    def entered(change: TicketChange | None = None) -> Callable[[], str]:
        now = change or TicketChange(wiring.tickets().existing(CUSTOMER, ticketID))  # read before: a stream brings it

        def enter() -> str:
            indexing.enter_tickets([now], Deadline(0))
            return "entered"

        return enter

    def message_entered() -> Callable[[], str]:
        changes = [MessageChange(message) for message in wiring.messages().between(CUSTOMER, ticketID, 1, 1)]

        def enter() -> str:
            indexing.enter_messages(changes)
            return f"{len(list(changes[0].postings))} words"

        return enter

    yield "create", create
    yield "create: its indexing", entered()
    yield "message of 100 characters", message
    yield "message: its words", message_entered()
    yield "message: its ticket's indexing", entered()
    yield "patch of what no list knows", patched(summary="Asked the carrier.")
    yield "patch of what no list knows: its indexing", entered()
    yield "patch of the holder", patched(customerRepID=12)
    yield "patch of the holder: its indexing", entered()
    yield "close", patched(status="Closed")
    yield "close: its indexing", entered()
    last = wiring.tickets().existing(CUSTOMER, ticketID)
    yield "delete", delete
    yield "delete: its indexing", entered(TicketChange(last, isRemoved=True))
