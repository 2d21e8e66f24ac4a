"""A chat from its visitor's side: what was said, and what the visitor says next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from ticketing.errors import NotFound
from ticketing.kernel.idempotency import IdempotencyKey, OncePerKey
from ticketing.kernel.reply_size import Room
from ticketing.tickets.messages import Direction, Message, MessageDraft
from ticketing.webchat.admission import Visit, require_admission
from ticketing.webchat.chat import ChatMessages, ChatMessageView, SentView
from ticketing.webchat.limits import spend
from ticketing.webchat.token_bucket import TokenBucket
from ticketing.webchat.visitors import opens_no_chat

if TYPE_CHECKING:
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.ports import Receipt, Receipts
    from ticketing.tickets.conversations import Conversations
    from ticketing.tickets.model import Ticket
    from ticketing.webchat.ports import TokenBuckets
    from ticketing.webchat.visitors import Visitor

MAX_MESSAGES = 100
"""Messages that are read at once."""
PER_CHAT = 60
"""Messages a minute, and at once, of one chat."""
PER_CHANNEL = 3_000
"""Messages a minute, and at once, of the chats of one channel."""


@dataclass(frozen=True)
class Sent:
    """A message that was sent now, or (`replayed`) by an earlier request with the same key."""

    message: SentView
    replayed: bool = False


@dataclass(frozen=True)
class ChatConversation:
    """Reads and writes chats for their visitors."""

    conversations: Conversations
    receipts: Receipts
    buckets: TokenBuckets
    now: Callable[[], datetime]

    def messages(self, visitor: Visitor, after: int) -> ChatMessages:
        """Return what was said after a message, oldest first, as much as a reply holds; never a Note."""
        ticket = visitor.ticket
        found = self._messages_after(ticket, after)
        reps = [ticket.customerRepID, *(message.customerRepID for message in found)]
        names = self.conversations.labels.rep_names(ticket.customerID, reps)
        return ChatMessages(
            isClosed=ticket.isClosed,
            agentName=names.get(ticket.customerRepID or 0),
            items=[_message_view(message, names) for message in found],
            lastMessageID=ticket.lastSpokenMessageID or None,
        )

    def send(self, visitor: Visitor, text: str, visit: Visit, key: IdempotencyKey | None, deadline: Deadline) -> Sent:
        """Add a message of the visitor, once per key; raises ChannelNotAllowed, KeyReused, TooManyRequests, KeyInUse,
        Conflict, and Unauthorized where the ticket is deleted meanwhile."""
        require_admission(visitor.channel, visit)
        moment = self.now()
        draft = MessageDraft.model_validate({"ticketID": visitor.ticketID, "body": text, "from": visitor.called})
        is_paid = False

        def do() -> SentView:
            nonlocal is_paid
            ticket = self._ticket_now(visitor) if is_paid else visitor.ticket
            if not is_paid:
                self._spend(visitor, moment, spender=key.key if key else uuid4().hex)
                is_paid = True
            return _sent(*self.conversations.append(ticket, draft, moment, key)[1])

        def again(receipt: Receipt) -> SentView:
            return _sent(self.conversations.message(visitor.ticket, receipt))

        try:
            return Sent(*OncePerKey(self.receipts).answer(key, int(moment.timestamp()), deadline, do, again))
        except NotFound as gone:
            raise opens_no_chat() from gone

    def _messages_after(self, ticket: Ticket, after: int) -> list[Message]:
        found: list[Message] = []
        if after >= ticket.lastSpokenMessageID:
            return found
        room = Room()
        for message in self.conversations.messages.between(
            ticket.customerID, ticket.ticketID, after + 1, ticket.lastSpokenMessageID
        ):
            if message.direction is Direction.Note:
                continue
            if len(found) == MAX_MESSAGES or not room.takes(message):
                break
            found.append(message)
        return found

    def _ticket_now(self, visitor: Visitor) -> Ticket:
        return self.conversations.tickets.existing(visitor.customerID, visitor.ticketID)

    def _spend(self, visitor: Visitor, moment: datetime, spender: str) -> None:
        """Spend the chat's token first: one that has emptied its bucket must not empty the channel's for all others."""
        channel = f"chatmessages#{visitor.customerID}#{visitor.channel.channel.channelID}"
        chat = TokenBucket(f"{channel}#{visitor.ticketID}", PER_CHAT)
        spend(self.buckets, (chat, TokenBucket(channel, PER_CHANNEL)), moment, spender)


def _message_view(message: Message, names: Mapping[int, str]) -> ChatMessageView:
    is_reps = message.direction is Direction.Representative and message.customerRepID
    sender = names.get(message.customerRepID or 0) if is_reps else message.sender
    shown = {name: getattr(message, name) for name in ("messageID", "direction", "body", "dateCreated")}
    return ChatMessageView.model_construct(sender=sender, **shown)


def _sent(message: Message) -> SentView:
    return SentView(messageID=message.messageID, dateCreated=message.dateCreated)
