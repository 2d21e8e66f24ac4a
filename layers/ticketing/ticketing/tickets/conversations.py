"""The messages of a ticket: added together with what they change on it, read page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ticketing.directory.author import author_of
from ticketing.directory.principal import Principal, Representative
from ticketing.kernel.idempotency import IdempotencyKey, OncePerKey
from ticketing.kernel.instant import canonical
from ticketing.tickets.messages import MessageDraft, MessagePage, MessageView, next_message, with_message
from ticketing.tickets.revision import Revisions, not_found

if TYPE_CHECKING:
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.ports import Receipt, Receipts
    from ticketing.tickets.ports import MessageStore
    from ticketing.tickets.views import Labels


@dataclass(frozen=True)
class Added:
    """A message that was added now, or (`replayed`) by an earlier request with the same key."""

    message: MessageView
    replayed: bool = False


@dataclass(frozen=True)
class Conversations:
    """Adds and lists a ticket's messages."""

    tickets: Revisions
    messages: MessageStore
    receipts: Receipts
    labels: Labels
    now: Callable[[], datetime]

    def page(self, caller: Principal, ticketID: int, number: int, size: int) -> MessagePage:
        """Return a page of the messages, oldest first; ids have no gaps, so a page is a range of them."""
        ticket = self.tickets.read(caller, ticketID)
        first = (number - 1) * size + 1
        last = min(ticket.lastMessageID, number * size)
        found = self.messages.between(ticket.customerID, ticketID, first, last) if first <= last else []
        return MessagePage.model_construct(
            items=self.labels.messages(ticket, found),
            totalCount=ticket.lastMessageID,
            totalPages=-(-ticket.lastMessageID // size),
            pageNumber=number,
            pageSize=size,
        )

    def add(self, caller: Principal, draft: MessageDraft, key: IdempotencyKey | None, deadline: Deadline) -> Added:
        """Add a message to a ticket's newest version, once per key; a replay shows the message as it is now.

        Raises NotFound, Forbidden, ChannelMismatch, KeyReused, KeyInUse, Conflict.
        """
        moment = self.now()
        seconds = int(moment.timestamp())

        def do() -> MessageView:
            ticket = self.tickets.read(caller, draft.ticketID)
            writer = caller if isinstance(caller, Representative) else None
            message = next_message(ticket, draft, canonical(moment), writer)
            after = with_message(ticket, message).next_version(author_of(caller), message.dateCreated)
            receipt = key.receipt(ticket.ticketID, seconds, message.messageID) if key else None
            self.tickets.store.replace(ticket, after, message, receipt)
            return self.labels.messages(after, [message])[0]

        def again(receipt: Receipt) -> MessageView:
            ticket = self.tickets.read(caller, receipt.ticketID)
            messageID = receipt.messageID or 0
            found = self.messages.between(caller.customerID, receipt.ticketID, messageID, messageID)
            if not found:
                raise not_found()
            return self.labels.messages(ticket, found)[0]

        return Added(*OncePerKey(self.receipts).answer(key, seconds, deadline, do, again))
