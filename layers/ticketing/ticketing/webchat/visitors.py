"""Authenticates visitors: from a visitorKey to the chat that it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ticketing.directory.bearer import bearer_token
from ticketing.directory.model import Channel, ChatChannel, channel_key
from ticketing.directory.principal import ChatVisitor
from ticketing.errors import Unauthorized
from ticketing.kernel.instant import canonical
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.webchat.visitor_key import VisitorKey

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.tickets.chat import Chat
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.ports import TicketStore

OPEN_FOR = timedelta(days=30)
"""Time after the last contact for which a key opens its chat."""


@dataclass(frozen=True)
class Visitor(ChatVisitor):
    """A visitor who was let in: to the ticket as it was then, and to the channel that their chat began in."""

    ticket: Ticket
    channel: ChatChannel
    called: str | None


@dataclass(frozen=True)
class Visitors:
    """Lets visitors in; `directory` may be a minute old."""

    store: TicketStore
    directory: Directory
    now: Callable[[], datetime]

    def visitor(self, authorization: str | None) -> Visitor:
        """Return the visitor of an Authorization header; raises Unauthorized, for every key that fails alike."""
        key = VisitorKey.parsed(bearer_token(authorization))
        ticket = self._ticket(key) if key else None
        chat = ticket.chat if ticket else None
        if not (key and ticket and chat and key.opens(chat.secret)) or self._has_expired(ticket):
            raise opens_no_chat()
        return Visitor(key.customerID, key.ticketID, ticket, self._open_channel(ticket, chat), chat.visitor)

    def _ticket(self, key: VisitorKey) -> Ticket | None:
        is_possible = 0 < key.customerID <= MAX_INTEGER and 0 < key.ticketID <= MAX_INTEGER
        return self.store.get(key.customerID, key.ticketID) if is_possible else None

    def _has_expired(self, ticket: Ticket) -> bool:
        return ticket.lastContact < canonical(self.now() - OPEN_FOR)

    def _open_channel(self, ticket: Ticket, chat: Chat) -> ChatChannel:
        name = channel_key(chat.channelID)
        channel = self.directory.entries(ticket.customerID, [name]).get(name)
        found = ChatChannel(ticket.customerID, channel) if isinstance(channel, Channel) else None
        if found is None or not found.is_open:
            raise opens_no_chat()
        return found


def opens_no_chat() -> Unauthorized:
    """Return the refusal of every key that fails."""
    return Unauthorized("The key opens no chat.")
