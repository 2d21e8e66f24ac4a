"""Begins tickets for visitors who come from a channel's own site, within limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from ticketing.kernel.idempotency import IdempotencyKey, OncePerKey
from ticketing.kernel.identifiers import canonical_uuid
from ticketing.kernel.instant import canonical
from ticketing.tickets.editing import Created, Tickets
from ticketing.webchat.admission import Visit, require_admission
from ticketing.webchat.chat import ChatDraft, Tokens, new_chat_ticket
from ticketing.webchat.limits import spend
from ticketing.webchat.token_bucket import TokenBucket, network
from ticketing.webchat.visitor_key import new_secret

if TYPE_CHECKING:
    from ticketing.directory.model import ChatChannel
    from ticketing.directory.ports import ChatChannels
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.ports import Receipt, Receipts
    from ticketing.tickets.model import Ticket
    from ticketing.webchat.ports import TokenBuckets

PER_VISITOR = 20
"""Tickets a minute, and at once, of one channel from one source address."""
PER_CHANNEL = 300
"""Tickets a minute, and at once, of one channel."""


@dataclass(frozen=True)
class Webchat:
    """Admits visitors, and begins their tickets."""

    tickets: Tickets
    receipts: Receipts
    channels: ChatChannels
    buckets: TokenBuckets
    now: Callable[[], datetime]

    def channel(self, token: str, visit: Visit) -> ChatChannel:
        """Return the channel that a visitor may write to; raises ChannelNotAllowed, without saying why."""
        canonical_token = canonical_uuid(token)
        chat = self.channels.with_token(canonical_token) if canonical_token else None
        return require_admission(chat, visit)

    def begin(
        self, chat: ChatChannel, draft: ChatDraft, visit: Visit, key: IdempotencyKey | None, deadline: Deadline
    ) -> Created:
        """Begin a ticket with its first message; raises KeyReused, TooManyRequests, KeyInUse, Conflict, and NotFound
        for a replay of a ticket that has been deleted."""
        moment = self.now()
        is_paid = False

        def do() -> Ticket:
            nonlocal is_paid
            if not is_paid:
                self._spend(chat, visit, moment, spender=key.key if key else uuid4().hex)
                is_paid = True
            return self._keep(chat, draft, key, moment)

        def again(receipt: Receipt) -> Ticket:
            return self.tickets.existing(chat.customerID, receipt.ticketID)

        return Created(*OncePerKey(self.receipts).answer(key, int(moment.timestamp()), deadline, do, again))

    def _spend(self, chat: ChatChannel, visit: Visit, moment: datetime, spender: str) -> None:
        """Spend the visitor's token first: one who has emptied their bucket must not empty the channel's for all
        others."""
        channel = f"chat#{chat.customerID}#{chat.channel.channelID}"
        visitor = TokenBucket(f"{channel}#{network(visit.address)}", PER_VISITOR)
        spend(self.buckets, (visitor, TokenBucket(channel, PER_CHANNEL)), moment, spender)

    def _keep(self, chat: ChatChannel, draft: ChatDraft, key: IdempotencyKey | None, moment: datetime) -> Ticket:
        ticketID = self.tickets.store.next_id(chat.customerID)
        ticket, message = new_chat_ticket(chat, draft, ticketID, Tokens(str(uuid4()), new_secret()), canonical(moment))
        receipt = key.receipt(ticketID, int(moment.timestamp())) if key else None
        self.tickets.store.create(ticket, message, receipt)
        return ticket
