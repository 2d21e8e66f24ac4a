"""Tickets as clients read them: a ticket, and a page of a list."""

from pydantic import Field

from ticketing.directory.end_user import EndUserView
from ticketing.kernel.identifiers import Identifier, UUIDText
from ticketing.kernel.instant import Instant
from ticketing.kernel.model import Model
from ticketing.tickets.model import TicketDraft


class TicketView(TicketDraft):
    """A ticket as a client reads it (TicketReadDTO to clients): every field always present, null when empty."""

    ticketID: Identifier = Field(description="The ticket; counted per customer, from 1.")
    token: UUIDText = Field(description="The ticket's public token.")
    dateCreated: Instant = Field(description="When it was created.")
    customerRepName: str | None = Field(description="The name of the representative who holds it.")
    channelName: str | None = Field(description="The channel's name.")
    aiFeedbackComments: list[str] = Field(
        description="The newest 20 Notes on messages of the AI, the newest first, each cut to 500 characters. "
        "Empty for phone lines."
    )
    endUsers: list[EndUserView] = Field(description="The end users who have the ticket's uid.")
    topics: list[str] = Field(description="Names of its topics.")
    hasRecording: bool = Field(description="Whether the call's audio is there to play.")
    lastEndUserMessageID: int | None = Field(description="The last message that an end user wrote.")
    unread: bool = Field(description="Whether an end user's message is newer than the last mark that it was read.")


class TicketPage(Model):
    """A page of a list; `pageNumber` is null where a cursor took its place."""

    items: list[TicketView] = Field(description="The tickets on this page.")
    totalCount: int = Field(description="The number of tickets that match.")
    totalPages: int = Field(description="The number of pages that they fill.")
    pageNumber: int | None = Field(description="This page's number; null where a cursor was followed.")
    pageSize: int = Field(description="The number of tickets that a page holds.")
    nextCursor: str | None = Field(
        description="The cursor with which the list goes on after this page; null on the last one."
    )


READ_ONLY = frozenset(TicketView.model_fields) - frozenset(TicketDraft.model_fields)
"""Fields that only replies hold."""
