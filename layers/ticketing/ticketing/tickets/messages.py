"""A message of a ticket: as a client writes it (`MessageDraft`), as it is kept, as it is read (`MessageView`)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.instant import Instant
from ticketing.kernel.model import Model

if TYPE_CHECKING:
    from ticketing.directory.principal import Representative
    from ticketing.tickets.model import Ticket

PREVIEW_LENGTH = 200
"""Characters of a message that its ticket shows."""
MAX_FEEDBACK = 20
"""Notes on messages of the AI that their ticket shows."""
FEEDBACK_LENGTH = 500
"""Characters of such a note that its ticket shows."""

FOLLOWS_MESSAGES = (
    "lastMessageID",
    "lastSpokenMessageID",
    "lastDirection",
    "lastMessageDate",
    "preview",
    "lastEndUserMessageID",
    "aiFeedbackComments",
)
"""The fields of a ticket that its messages make what they are, by `with_message`."""


class Direction(StrEnum):
    """The speaker of a message; a Note is what representatives write for each other."""

    EndUser = "EndUser"
    Representative = "Representative"
    AI = "AI"
    Note = "Note"


class MessageDraft(Model):
    """A message as a client writes it. Lengths count code points."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, validate_by_alias=True, serialize_by_alias=True)

    ticketID: Identifier = Field(description="The ticket that the message belongs to.")
    body: Annotated[str, Field(max_length=50_000)] = Field(description="The text.")
    # a factory, since the default depends on who writes (`next_message`): the description must not state one
    direction: Annotated[Direction, Field(strict=False)] = Field(
        default_factory=lambda: Direction.EndUser,
        description="The speaker; left out: Representative for a representative, EndUser for a phone line.",
    )
    sender: Annotated[str | None, Field(max_length=254, alias="from")] = Field(None, description="The sender.")
    to: Annotated[str | None, Field(max_length=254)] = Field(None, description="The recipient.")
    subject: Annotated[str | None, Field(max_length=500)] = Field(None, description="The message's own subject.")
    feedbackOn: Identifier | None = Field(
        None, description="Of a Note: the message of the AI, on the same ticket, that it is about."
    )

    @field_validator("feedbackOn")
    @classmethod
    def _is_of_a_note(cls, feedbackOn: int | None, info: ValidationInfo) -> int | None:
        if feedbackOn is not None and info.data.get("direction", Direction.Note) is not Direction.Note:
            raise ValueError("is for a Note alone")
        return feedbackOn


class Message(MessageDraft):
    """A message as it is kept: `customerRepID` is the representative who wrote it, `pageUrl` and `lang` tell where a
    webchat began."""

    model_config = ConfigDict(extra="ignore")  # functions that were rolled back read what later ones have kept

    customerID: Identifier
    messageID: Identifier
    dateCreated: Instant
    customerRepID: Identifier | None = None
    pageUrl: str | None = None
    lang: str | None = None


class MessageView(MessageDraft):
    """A message as a client reads it. It is read when its ticket was marked read at it or after it."""

    direction: Direction = Field(description="The speaker.")
    messageID: int = Field(description="The message; counted per ticket, from 1, without gaps.")
    dateCreated: Instant = Field(description="The moment of its creation.")
    isRead: bool = Field(description="True if the ticket was marked as read at or after this message.")
    customerRepID: int | None = Field(description="The representative who wrote it; null for others.")
    customerRepName: str | None = Field(description="The name of the representative who wrote it.")
    pageUrl: str | None = Field(description="The page that a visitor wrote it on.")
    lang: str | None = Field(description="The language that a visitor has set.")


class MessagePage(Model):
    """A page of a ticket's messages."""

    items: list[MessageView] = Field(description="The messages on this page.")
    totalCount: int = Field(description="The number of messages in all.")
    totalPages: int = Field(description="The number of pages that they fill.")
    pageNumber: int = Field(description="This page's number.")
    pageSize: int = Field(description="The number of messages that a page holds.")


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
    """Return the ticket after a message: showing it, and open again if an end user wrote to a closed one. A Note is
    counted, and shows where it is about a message of the AI; nothing else changes."""
    if message.direction is Direction.Note:
        return _with_note(ticket, message)
    by_end_user = message.direction is Direction.EndUser
    if by_end_user and ticket.isClosed and not ticket.isSpam:
        from ticketing.tickets.lifecycle import reopened  # whoever reads messages needs no rules of tickets

        ticket = reopened(ticket)
    return ticket.model_copy(
        update={
            "lastMessageID": message.messageID,
            "lastSpokenMessageID": message.messageID,
            "lastDirection": message.direction.value,
            "lastMessageDate": max(ticket.lastMessageDate or "", message.dateCreated),
            "preview": message.body[:PREVIEW_LENGTH],
            "lastEndUserMessageID": message.messageID if by_end_user else ticket.lastEndUserMessageID,
        }
    )


def _with_note(ticket: Ticket, note: Message) -> Ticket:
    feedback = [note.body[:FEEDBACK_LENGTH]] if note.feedbackOn else []
    return ticket.model_copy(
        update={
            "lastMessageID": note.messageID,
            "lastDirection": note.direction.value,
            "aiFeedbackComments": [*feedback, *ticket.aiFeedbackComments][:MAX_FEEDBACK],
        }
    )


def view(message: Message, ticket: Ticket, customerRepName: str | None) -> MessageView:
    """Return the message as clients read it, with the name of who wrote it."""
    shown = {name: getattr(message, name) for name in MessageView.model_fields if name in Message.model_fields}
    isRead = message.messageID <= ticket.readUpTo
    return MessageView.model_construct(**shown, isRead=isRead, customerRepName=customerRepName)
