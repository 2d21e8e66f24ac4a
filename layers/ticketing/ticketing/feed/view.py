"""The feed as clients read it."""

from collections.abc import Sequence

from pydantic import Field

from ticketing.kernel.model import Model
from ticketing.kernel.reply_size import Room
from ticketing.tickets.ticket_view import TicketView


class FeedItem(Model):
    """A ticket that changed."""

    ticketID: int = Field(description="The ticket; counted per customer, from 1.")
    version: int = Field(description="The ticket's version; a deletion counts as a further version.")
    ticket: TicketView | None = Field(
        description="The ticket as it is now; null where it is deleted, or you may not read it (any more): drop it."
    )


class FeedPage(Model):
    """A page of what changed since, each ticket once."""

    items: list[FeedItem] = Field(description="The tickets that changed; there may be none although more follow.")
    next: str = Field(description="The `since` of the next request; it counts for 30 days.")
    isUpToDate: bool = Field(description="True if this is all for now.")


def fitting(views: Sequence[TicketView]) -> Sequence[TicketView]:
    """Return as many of the tickets as a reply can hold, one at least."""
    room = Room()
    for place, view in enumerate(views):
        if not room.takes(view) and place:
            return views[:place]
    return views
