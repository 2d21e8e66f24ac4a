"""The messages of a ticket: added together with what they change on it, read page by page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ticketing.directory.principal import Principal, Representative
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.idempotency import IdempotencyKey, in_use
from ticketing.kernel.instant import canonical
from ticketing.kernel.ports import AlreadyDone, Contended, Receipt, Receipts
from ticketing.tickets.editing import Tickets, lost_to_others, not_found
from ticketing.tickets.messages import MessageDraft, MessagePage, MessageView, next_message, with_message
from ticketing.tickets.ports import MessageStore, Outdated
from ticketing.tickets.views import Labels


@dataclass(frozen=True)
class Added:
    """A message that was added, now or (`replayed`) by an earlier request with the same key."""

    message: MessageView
    replayed: bool = False


@dataclass(frozen=True)
class Conversations:
    """What can be done with a ticket's messages."""

    tickets: Tickets
    messages: MessageStore
    receipts: Receipts
    labels: Labels
    now: Callable[[], datetime]

    def page(self, caller: Principal, ticketID: int, number: int, size: int) -> MessagePage:
        """A page of the messages, oldest first; ids have no gaps, so a page is a range of them."""
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
        """Adds a message to a ticket's newest version; raises NotFound, Forbidden, KeyReused, KeyInUse, Conflict."""
        moment = self.now()
        seconds = int(moment.timestamp())
        writer = caller if isinstance(caller, Representative) else None
        for _ in deadline.attempts():
            earlier = key.earlier(self.receipts, seconds) if key else None
            if earlier:
                return Added(self._again(caller, earlier), replayed=True)
            ticket = self.tickets.read(caller, draft.ticketID)
            message = next_message(ticket, draft, canonical(moment), writer)
            after = with_message(ticket, message).model_copy(update={"version": ticket.version + 1})
            receipt = key.receipt(ticket.ticketID, seconds, message.messageID) if key else None
            try:
                self.tickets.store.replace(ticket, after, message, receipt)
            except (AlreadyDone, Contended, Outdated):
                continue
            return Added(self.labels.messages(after, [message])[0])
        raise in_use() if key else lost_to_others()

    def _again(self, caller: Principal, receipt: Receipt) -> MessageView:
        ticket = self.tickets.read(caller, receipt.ticketID)
        messageID = receipt.messageID or 0
        found = self.messages.between(caller.customerID, receipt.ticketID, messageID, messageID)
        if not found:
            raise not_found()
        return self.labels.messages(ticket, found)[0]
