"""The ticket, as a client writes it (`TicketDraft`), as it is kept (`Ticket`), as a client reads it (`TicketView`).

A field is declared here once; POST, PUT, PATCH, the stored item, replies and the API description follow from it.
Python names are the contract's own names.
"""

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, ConfigDict, Field

from ticketing.directory.author import Author
from ticketing.directory.channel_type import LONGEST_TYPE, TYPE_DESCRIPTION
from ticketing.directory.end_user import LONGEST_UID
from ticketing.kernel.identifiers import Identifier, UUIDText
from ticketing.kernel.instant import Instant
from ticketing.kernel.model import Model
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.tickets.chat import Chat

LONGEST_STATUS = 50
"""Characters of a status at most."""
LONGEST_SUBJECT = 500
"""Characters of a subject at most."""

MaybeNobody = Annotated[int, Field(ge=0, le=MAX_INTEGER), AfterValidator(lambda rep: rep or None)]


class TicketDraft(Model):
    """A ticket as a client writes it (TicketWriteDTO to clients). Lengths count code points."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    KEPT_BY_PUT: ClassVar = frozenset({"isProcessed", "lastMessageDate", "preview", "closeDate"})

    status: Annotated[str, Field(min_length=1, max_length=LONGEST_STATUS, examples=["Open"])] = Field(
        description=(
            "Free text, compared ignoring case; Open, Pending, Escalated and Closed are the usual ones. "
            "Closed and isClosed always agree: when one changes, the other follows."
        )
    )
    subject: Annotated[str, Field(min_length=1, max_length=LONGEST_SUBJECT, examples=["Where is my parcel?"])] = Field(
        description="The subject."
    )
    channelType: Annotated[str, Field(min_length=1, max_length=LONGEST_TYPE, examples=["Email"])] = Field(
        description=TYPE_DESCRIPTION
    )
    customerRepID: MaybeNobody | None = Field(
        None,
        description=(
            "The representative who holds the ticket: an active one of the customer. null and 0 mean "
            "nobody. An assignment that the caller's role may not make is left out, without an error."
        ),
    )
    channelID: Identifier | None = Field(None, description="The channel that it came through: one of the customer's.")
    escalated: bool = Field(False, description="True once it was escalated.")
    isSpam: bool = Field(False, description="True for spam.")
    isImportant: bool = Field(False, description="True for an important ticket.")
    isClosed: bool = Field(False, description="True while it is closed; agrees with the status.")
    isProcessed: bool = Field(
        True,
        description=(
            "True while it is listed. A ticket that is created with false runs through the spam filter, the topic "
            "detector and their hooks in the background, then it is true, within half an hour; a later false hides it."
        ),
    )
    closeDate: Instant | None = Field(
        None, description="The moment of closing, set by closing where it is not given; null while the ticket is open."
    )
    endDate: Instant | None = Field(None, description="The end of the conversation (the call).")
    followUpDate: Instant | None = Field(
        None, description="The moment until which lists leave the ticket out, unless includeFollowUp asks for it."
    )
    lastMessageDate: Instant | None = Field(None, description="The moment of the last message; a new message moves it.")
    uid: Annotated[str, Field(max_length=LONGEST_UID), AfterValidator(lambda uid: uid or None)] | None = Field(
        None,
        description=(
            "The end user's address: a mail address, a phone number. Links the ticket to the end user's "
            "history; compared exactly. An empty text counts as null."
        ),
    )
    preview: Annotated[str, Field(max_length=1000)] | None = Field(
        None, description="The beginning of the last message; a new message replaces it."
    )
    summary: Annotated[str, Field(max_length=10_000)] | None = Field(None, description="The outcome.")
    twilio_CallSid: Annotated[str, Field(pattern=r"^CA[0-9a-f]{32}$")] | None = Field(
        None, description="The phone call. No two tickets of a customer have the same."
    )
    fromNumber: Annotated[str, Field(max_length=32)] | None = Field(
        None, description="The number that called or wrote."
    )
    toNumber: Annotated[str, Field(max_length=32)] | None = Field(
        None, description="The number that was called or written to."
    )


class Ticket(TicketDraft):  # noqa: PLW1641 - it is not hashed: it has lists
    """A ticket as it is kept: the draft, plus what only the service may set. `version` counts its changes, from 1."""

    model_config = ConfigDict(extra="ignore")  # such as an item's attributes for indexes

    customerID: Identifier
    ticketID: Identifier
    version: Annotated[int, Field(ge=1)] = 1
    token: UUIDText
    dateCreated: Instant
    topicIDs: list[Identifier] = []
    aiFeedbackComments: list[str] = []
    hasRecording: bool = False
    lastEndUserMessageID: Identifier | None = None
    lastMessageID: Annotated[int, Field(ge=0)] = 0
    lastSpokenMessageID: Annotated[int, Field(ge=0)] = 0
    """The last message that is no Note; 0: there is none."""
    lastDirection: str | None = None
    """The direction of the last message, a Note too; None: there is none."""
    readUpTo: Annotated[int, Field(ge=0)] = 0
    spamVerdict: bool | None = None
    spamScore: Annotated[int, Field(ge=0, le=1000)] | None = None
    topicScores: dict[str, int] = {}
    taughtSpam: bool | None = None
    taughtTopicIDs: list[Identifier] | None = None
    clearedOfSpam: bool | None = None
    """True: an edit took isSpam away, which teaches nothing, and the pipeline does not set it again."""
    closedAsSpam: bool = False
    removeAt: Annotated[int, Field(ge=0)] | None = None
    chat: Chat | None = Field(None, repr=False)
    changedBy: Author | None = None
    changedAt: Instant | None = None
    """The author and moment of this version."""
    writers: Annotated[list[str], Field(exclude=True, repr=False)] = []
    """Short names of the writes that made this version and those before it, newest first. The store keeps them, to know
    its own writes again."""

    MAKING: ClassVar = ("changedBy", "changedAt", "writers")
    """The fields that tell how a version was made: no part of what the ticket is, so that tickets which differ in
    nothing else are equal."""

    ONLY_WHILE_CLOSED: ClassVar = {"closedAsSpam": False, "removeAt": None}
    """The fields that a ticket loses when it is reopened: that spam closed it, when (epoch seconds) it is to go."""

    LESSONS: ClassVar = ("taughtSpam", "taughtTopicIDs")
    """The fields that say what representatives found the ticket to be: the filter and the detector learn from them."""

    def __eq__(self, other: object) -> bool:
        """Tell whether two tickets are the same in everything but how they were made."""
        nothing = dict.fromkeys(self.MAKING)
        return isinstance(other, Ticket) and vars(self) | nothing == vars(other) | nothing

    @property
    def ledBy(self) -> list[str]:
        """Return the hooks that led to this version, the one whose action made it last."""
        return self.changedBy.hooks if self.changedBy else []

    @property
    def teaches(self) -> bool:
        """Tell whether a representative has found the ticket to be anything."""
        return any(getattr(self, lesson) is not None for lesson in self.LESSONS)

    @property
    def lastContact(self) -> str:
        """Return when the ticket last moved: its last message, or its creation where it has none."""
        return self.lastMessageDate or self.dateCreated

    @property
    def unread(self) -> bool:
        """Tell whether an end user's message is newer than the last mark that the ticket was read."""
        return (self.lastEndUserMessageID or 0) > self.readUpTo

    def next_version(self, by: Author, at: str) -> "Ticket":
        """Return the ticket as the version that `by` makes of it at a moment."""
        return self.model_copy(update={"version": self.version + 1, "changedBy": by, "changedAt": at})

    def with_draft(self, draft: TicketDraft) -> "Ticket":
        """Return the ticket with what a client may write replaced by `draft`, and note if that clears it of spam."""
        written = {name: getattr(draft, name) for name in TicketDraft.model_fields}
        if draft.isSpam != self.isSpam:
            written["clearedOfSpam"] = self.isSpam or None  # None is not stored
        return self.model_copy(update=written | ({} if draft.isClosed else self.ONLY_WHILE_CLOSED))


def reset_to_default(document: dict[str, Any]) -> dict[str, Any]:
    """Return `document` without its nulls: a field that is nulled becomes what a POST without it would give."""
    return {name: value for name, value in document.items() if value is not None}
