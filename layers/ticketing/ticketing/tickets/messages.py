"""The messages of a ticket: what a client may write, what is kept, what is shown."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ticketing.directory.principal import Representative
from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.instant import Instant
from ticketing.tickets.lifecycle import reopened
from ticketing.tickets.model import Ticket

PREVIEW_LENGTH = 200
"""Characters of a message that its ticket shows."""


class Direction(StrEnum):
    """Who speaks in a message."""

    EndUser = "EndUser"
    Representative = "Representative"
    AI = "AI"


class MessageDraft(BaseModel):
    """What a client may write. Lengths count code points."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, validate_by_alias=True, serialize_by_alias=True)

    ticketID: Identifier
    body: Annotated[str, Field(max_length=50_000)]
    # a factory, since the default depends on who writes (`next_message`): the description must not state one
    direction: Annotated[Direction, Field(strict=False)] = Field(default_factory=lambda: Direction.EndUser)
    sender: Annotated[str | None, Field(max_length=254, alias="from")] = None
    to: Annotated[str | None, Field(max_length=254)] = None
    subject: Annotated[str | None, Field(max_length=500)] = None


class Message(MessageDraft):
    """What is kept: `customerRepID` is the representative who wrote it, `pageUrl` and `lang` tell where a webchat
    began."""

    model_config = ConfigDict(extra="ignore")  # functions that were rolled back read what later ones have kept

    customerID: Identifier
    messageID: Identifier
    dateCreated: Instant
    customerRepID: Identifier | None = None
    pageUrl: str | None = None
    lang: str | None = None


class MessageView(MessageDraft):
    """What a client reads. A message is read when its ticket was marked read at it or after it."""

    messageID: int
    dateCreated: Instant
    isRead: bool
    customerRepID: int | None
    customerRepName: str | None
    pageUrl: str | None
    lang: str | None


class MessagePage(BaseModel):
    """A page of a ticket's messages, oldest first."""

    items: list[MessageView]
    totalCount: int
    totalPages: int
    pageNumber: int
    pageSize: int


def next_message(ticket: Ticket, draft: MessageDraft, now: str, writer: Representative | None = None) -> Message:
    """Return the message that `draft` becomes as the next one of `ticket`, written by a representative or another.

    A representative's is `Representative` where it says nothing else.
    """
    written = {name: getattr(draft, name) for name in MessageDraft.model_fields}
    if writer and "direction" not in draft.model_fields_set:
        written["direction"] = Direction.Representative
    return Message.model_construct(
        **written,
        customerID=ticket.customerID,
        messageID=ticket.lastMessageID + 1,
        dateCreated=now,
        customerRepID=writer.repID if writer else None,
    )


def with_message(ticket: Ticket, message: Message) -> Ticket:
    """The ticket after a message: what it shows of it, and open again if an end user wrote to a closed one."""
    by_end_user = message.direction is Direction.EndUser
    if by_end_user and ticket.isClosed and not ticket.isSpam:
        ticket = reopened(ticket)
    return ticket.model_copy(
        update={
            "lastMessageID": message.messageID,
            "lastMessageDate": max(ticket.lastMessageDate or "", message.dateCreated),
            "preview": message.body[:PREVIEW_LENGTH],
            "lastEndUserMessageID": message.messageID if by_end_user else ticket.lastEndUserMessageID,
        }
    )


def view(message: Message, ticket: Ticket, customerRepName: str | None) -> MessageView:
    """Return the message as clients read it, with the name of who wrote it."""
    shown = {name: getattr(message, name) for name in MessageView.model_fields if name in Message.model_fields}
    isRead = message.messageID <= ticket.readUpTo
    return MessageView.model_construct(**shown, isRead=isRead, customerRepName=customerRepName)
