"""Chats: the drafts that a visitor may write, and the views that they get of their ticket and its messages."""

from typing import Annotated, NamedTuple, cast

from pydantic import ConfigDict, Field, WithJsonSchema, field_validator

from ticketing.directory.author import VISITOR
from ticketing.directory.channel_type import CHAT
from ticketing.directory.end_user import LONGEST_UID
from ticketing.directory.model import ChatChannel
from ticketing.kernel.instant import Instant
from ticketing.kernel.model import Model
from ticketing.tickets.chat import Chat
from ticketing.tickets.lifecycle import OPEN
from ticketing.tickets.messages import Direction, Message, MessageDraft, next_message, with_message
from ticketing.tickets.model import LONGEST_SUBJECT, Ticket
from ticketing.webchat.visitor_key import VisitorKey

LONGEST_MESSAGE = 10_000
"""Characters of a visitor's message at most."""
NO_SUBJECT = "Webchat"


class ChatDraft(Model):
    """The body of a new chat. Lengths count code points; an empty text counts as absent in all fields but the token, as
    forms send fields that nobody filled in."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    channelToken: Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})] = Field(
        description="The channel's public token."
    )
    subject: Annotated[str, Field(max_length=LONGEST_SUBJECT)] | None = Field(
        None, description="The subject; without it, the message's first line that is not blank."
    )
    message: Annotated[str, Field(max_length=LONGEST_MESSAGE)] | None = Field(
        None, description="The visitor's first message."
    )
    name: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="The visitor's name; stands as the message's sender."
    )
    uid: Annotated[str, Field(max_length=LONGEST_UID)] | None = Field(
        None, description="The visitor's address; links the ticket to their history."
    )
    pageUrl: Annotated[str, Field(max_length=2000, pattern=r"^([Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+\S*)?$")] | None = (
        Field(None, description="The page that the visitor is on.")
    )
    lang: Annotated[str, Field(max_length=35)] | None = Field(None, description="The visitor's language.")

    @field_validator("subject", "message", "name", "uid", "pageUrl", "lang", mode="before")
    @classmethod
    def _filled_in(cls, text: object) -> object:
        return None if text == "" else text

    @property
    def title(self) -> str:
        """Return the ticket's subject: the visitor's, or the first line of the message that is not blank."""
        lines = (line for line in (self.message or "").splitlines() if line.strip())
        return self.subject or next(lines, NO_SUBJECT)[:LONGEST_SUBJECT]


class ChatView(Model):
    """A ticket as its visitor reads it, without anything internal."""

    ticketID: int = Field(description="The ticket; counted per customer, from 1.")
    token: str = Field(description="The ticket's public token.")
    dateCreated: Instant = Field(description="The moment of its creation.")
    channelID: int = Field(description="The channel.")
    channelName: str = Field(description="The channel's name.")
    status: str = Field(description="The ticket's status.")
    visitorKey: str = Field(
        description="Opens this chat for its visitor, and nothing else: the bearer token of chatmessages. Keep it."
    )


class ChatMessageDraft(Model):
    """The body of another message of a visitor."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    message: Annotated[str, Field(min_length=1, max_length=LONGEST_MESSAGE)] = Field(description="The text.")


class SentView(Model):
    """A message as it was sent."""

    messageID: int = Field(description="The message; counted per chat, from 1.")
    dateCreated: Instant = Field(description="The moment at which it was sent.")


class ChatMessageView(SentView):
    """A message as the visitor reads it."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_alias=True)

    direction: Direction = Field(description="The speaker; never a Note.")
    sender: str | None = Field(alias="from", description="The author; a representative's name.")
    body: str = Field(description="The text.")


class ChatMessages(Model):
    """The messages of a chat as its visitor reads them, oldest first."""

    isClosed: bool = Field(description="True while the ticket is closed; another message opens it again.")
    agentName: str | None = Field(description="The name of the representative who holds the ticket.")
    items: list[ChatMessageView] = Field(description="The messages, 100 at most and 4 MB at most.")
    lastMessageID: int | None = Field(
        description="The last message that a visitor sees. While it is above the last item's, ask again after that."
    )


class Tokens(NamedTuple):
    """The random parts of a new chat: the ticket's public token, and the secret of its visitorKey."""

    token: str
    secret: str


def chat_view(chat: ChatChannel, ticket: Ticket) -> ChatView:
    """Return the ticket as its visitor reads it: of the channel that they wrote to, wherever it was moved since."""
    begun = cast(Chat, ticket.chat)  # a ticket that a chat began keeps it
    return ChatView(
        ticketID=ticket.ticketID,
        token=ticket.token,
        dateCreated=ticket.dateCreated,
        channelID=chat.channel.channelID,
        channelName=chat.channel.name,
        status=ticket.status,
        visitorKey=str(VisitorKey(ticket.customerID, ticket.ticketID, begun.secret)),
    )


def new_chat_ticket(
    chat: ChatChannel, draft: ChatDraft, ticketID: int, tokens: Tokens, now: str
) -> tuple[Ticket, Message | None]:
    """Return the ticket that a chat begins, and its first message if the visitor wrote one."""
    ticket = Ticket(
        status=OPEN,
        subject=draft.title,
        channelType=CHAT,
        channelID=chat.channel.channelID,
        uid=draft.uid,
        customerID=chat.customerID,
        ticketID=ticketID,
        token=tokens.token,
        dateCreated=now,
        chat=Chat(channelID=chat.channel.channelID, secret=tokens.secret, visitor=draft.name or draft.uid),
        changedBy=VISITOR,
        changedAt=now,
    )
    return (ticket, None) if draft.message is None else _with_first_message(ticket, draft, now)


def _with_first_message(ticket: Ticket, draft: ChatDraft, now: str) -> tuple[Ticket, Message]:
    said = {"ticketID": ticket.ticketID, "body": draft.message, "from": draft.name or draft.uid}
    message = next_message(ticket, MessageDraft.model_validate(said), now)
    message = message.model_copy(update={"pageUrl": draft.pageUrl, "lang": draft.lang})
    return with_message(ticket, message), message
