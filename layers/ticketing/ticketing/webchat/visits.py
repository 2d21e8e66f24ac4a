"""Webchat: anyone who comes from a channel's own site may begin a ticket, within limits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from ticketing.directory.model import ChatChannel
from ticketing.directory.ports import ChatChannels
from ticketing.errors import ChannelNotAllowed, TooManyRequests
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.idempotency import IdempotencyKey, OncePerKey
from ticketing.kernel.identifiers import canonical_uuid
from ticketing.kernel.instant import canonical
from ticketing.kernel.ports import Receipt, Receipts
from ticketing.tickets.editing import Created, Tickets
from ticketing.tickets.model import Ticket
from ticketing.webchat.bucket import Bucket, network
from ticketing.webchat.chat import ChatDraft, begun
from ticketing.webchat.hostnames import admits
from ticketing.webchat.ports import Buckets

PER_VISITOR = 20
"""Tickets a minute, and at once, of one channel from one source address."""
PER_CHANNEL = 300
"""Tickets a minute, and at once, of one channel."""


@dataclass(frozen=True)
class Visit:
    """Where a visitor comes from: what their browser says (None: nothing), and what the gateway saw."""

    origin: str | None
    referer: str | None
    address: str


@dataclass(frozen=True)
class Webchat:
    """Begins tickets for visitors."""

    tickets: Tickets
    receipts: Receipts
    channels: ChatChannels
    buckets: Buckets
    now: Callable[[], datetime]

    def channel(self, token: str, visit: Visit) -> ChatChannel:
        """The channel that a visitor may write to; raises ChannelNotAllowed, and does not say why."""
        canonical_token = canonical_uuid(token)
        chat = self.channels.with_token(canonical_token) if canonical_token else None
        if chat and chat.is_open and admits(chat.channel.hostnames, visit.origin, visit.referer):
            return chat
        raise ChannelNotAllowed("The channel's token or this site is not allowed.")

    def begin(
        self, chat: ChatChannel, draft: ChatDraft, visit: Visit, key: IdempotencyKey | None, deadline: Deadline
    ) -> Created:
        """A new ticket with its first message; raises KeyReused, TooManyRequests, KeyInUse, Conflict, and NotFound for
        a replay of a ticket that has been deleted."""
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
        """The visitor's bucket first: one who has emptied it must not empty the channel's for all others."""
        channel = f"chat#{chat.customerID}#{chat.channel.channelID}"
        visitor = Bucket(f"{channel}#{network(visit.address)}", PER_VISITOR)
        now = int(moment.timestamp() * 1000)
        for bucket in (visitor, Bucket(channel, PER_CHANNEL)):
            wait = self.buckets.spend(bucket, now, spender)
            if wait:
                seconds = str(-(-wait // 1000))
                raise TooManyRequests("Too many chats were begun; try again later.", headers={"Retry-After": seconds})

    def _keep(self, chat: ChatChannel, draft: ChatDraft, key: IdempotencyKey | None, moment: datetime) -> Ticket:
        ticketID = self.tickets.store.next_id(chat.customerID)
        ticket, message = begun(chat, draft, ticketID, str(uuid4()), canonical(moment))
        receipt = key.receipt(ticketID, int(moment.timestamp())) if key else None
        self.tickets.store.create(ticket, message, receipt)
        return ticket
