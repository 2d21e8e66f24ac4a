"""The messages of a ticket: added together with what they change on it, read page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ticketing.directory.author import VISITOR, author_of
from ticketing.directory.principal import Principal, Representative
from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.idempotency import IdempotencyKey, OncePerKey
from ticketing.kernel.instant import canonical
from ticketing.kernel.reply_size import Room, too_large
from ticketing.tickets.messages import (
    Direction,
    Message,
    MessageDraft,
    MessagePage,
    MessageView,
    next_message,
    with_message,
)
from ticketing.tickets.permissions import require_note_writer
from ticketing.tickets.revision import Revisions, not_found

if TYPE_CHECKING:
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.ports import Receipt, Receipts
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.ports import MessageStore
    from ticketing.tickets.views import Labels


@dataclass(frozen=True)
class Added:
    """A message that was added now, or (`replayed`) by an earlier request with the same key."""

    message: MessageView
    replayed: bool = False


@dataclass(frozen=True)
class PageRequest:
    """A page of a ticket's messages with ids above `after`, oldest or newest first."""

    number: int
    size: int
    after: int = 0
    newest_first: bool = False

    def ids(self, last: int) -> range:
        """Return the ids on the page, ascending, of a ticket whose last message is `last`; they have no gaps."""
        skipped = (self.number - 1) * self.size
        if self.newest_first:
            return range(max(self.after, last - skipped - self.size) + 1, last - skipped + 1)
        first = self.after + skipped + 1
        return range(first, min(last, first + self.size - 1) + 1)


@dataclass(frozen=True)
class Conversations:
    """Adds and lists a ticket's messages."""

    tickets: Revisions
    messages: MessageStore
    receipts: Receipts
    labels: Labels
    now: Callable[[], datetime]

    def page(self, caller: Principal, ticketID: int, wanted: PageRequest) -> MessagePage:
        """Return a page of the messages; raises InvalidRequest for one that is too large to be sent."""
        ticket = self.tickets.read(caller, ticketID)
        found = self._fitting(ticket, wanted.ids(ticket.lastMessageID))
        total = max(0, ticket.lastMessageID - wanted.after)
        return MessagePage.model_construct(
            items=self.labels.messages(ticket, found[::-1] if wanted.newest_first else found),
            totalCount=total,
            totalPages=-(-total // wanted.size),
            pageNumber=wanted.number,
            pageSize=wanted.size,
        )

    def add(self, caller: Principal, draft: MessageDraft, key: IdempotencyKey | None, deadline: Deadline) -> Added:
        """Add a message to a ticket's newest version, once per key; a replay shows the message as it is now.

        Raises NotFound, Forbidden, ChannelMismatch, KeyReused, KeyInUse, InvalidRequest, Conflict.
        """
        if draft.direction is Direction.Note:
            require_note_writer(caller)
        moment = self.now()

        def do() -> MessageView:
            ticket = self.tickets.read(caller, draft.ticketID)
            self._require_answer(ticket, draft.feedbackOn)
            return self.labels.messages(*self.append(ticket, draft, moment, key, caller))[0]

        def again(receipt: Receipt) -> MessageView:
            ticket = self.tickets.read(caller, receipt.ticketID)
            return self.labels.messages(ticket, [self.message(ticket, receipt)])[0]

        return Added(*OncePerKey(self.receipts).answer(key, int(moment.timestamp()), deadline, do, again))

    def append(
        self,
        ticket: Ticket,
        draft: MessageDraft,
        moment: datetime,
        key: IdempotencyKey | None,
        caller: Principal | None = None,
    ) -> tuple[Ticket, list[Message]]:
        """Add a message of a caller, or (None) of the ticket's visitor, to the ticket as it was read, with the key's
        receipt; return both as they are then. Raises Outdated, AlreadyDone, Contended."""
        writer = caller if isinstance(caller, Representative) else None
        author = author_of(caller) if caller else VISITOR
        message = next_message(ticket, draft, canonical(moment), writer)
        after = with_message(ticket, message).next_version(author, message.dateCreated)
        receipt = key.receipt(ticket.ticketID, int(moment.timestamp()), message.messageID) if key else None
        self.tickets.store.replace(ticket, after, message, receipt)
        return after, [message]

    def message(self, ticket: Ticket, receipt: Receipt) -> Message:
        """Return the message that a receipt tells of; raises NotFound."""
        messageID = receipt.messageID or 0
        found = next(self.messages.between(ticket.customerID, ticket.ticketID, messageID, messageID), None)
        if found is None:
            raise not_found()
        return found

    def _fitting(self, ticket: Ticket, ids: range) -> list[Message]:
        """Return the messages with these ids, which are read no further than to what a page can hold."""
        found: list[Message] = []
        if not ids:
            return found
        room = Room()
        for message in self.messages.between(ticket.customerID, ticket.ticketID, ids.start, ids.stop - 1):
            if not room.takes(message):
                raise too_large()
            found.append(message)
        return found

    def _require_answer(self, ticket: Ticket, messageID: int | None) -> None:
        """Raise InvalidRequest for feedback on anything but a message of the AI on this ticket."""
        if messageID is None:
            return
        found = self.messages.between(ticket.customerID, ticket.ticketID, messageID, messageID)
        if not any(message.direction is Direction.AI for message in found):
            fault = Fault("/feedbackOn", "is no message of the AI on this ticket")
            raise InvalidRequest("The Note does not take what is asked for.", [fault])
