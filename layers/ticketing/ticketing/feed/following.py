"""Follows the feed: a first pass over all tickets, then whatever changes, each ticket as it is when it is told.

The log says only that a ticket changed. It is read anew, and shown if the follower may read it; so the log may repeat
itself, and be behind, and nobody is shown what they may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from ticketing.errors import Forbidden, Gone
from ticketing.feed.bookmark import Bookmark, opened
from ticketing.feed.view import FeedItem, FeedPage, fitting
from ticketing.tickets.permissions import require_ticket

if TYPE_CHECKING:
    from ticketing.directory.principal import Representative
    from ticketing.feed.ports import FeedLog, LogEntry, TicketWalk
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.ports import TicketStore
    from ticketing.tickets.views import Labels

NOW = "now"
"""The bookmark of a follower who begins without a first pass."""


@dataclass(frozen=True)
class Told:
    """A page of the feed, and its entity tag."""

    page: FeedPage
    tag: str

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing is new."""
        return self.page.isUpToDate and not self.page.items


@dataclass(frozen=True)
class _Step:
    """One ticket in an entry of the log, and the place behind it."""

    ticketID: int
    version: int
    behind: Bookmark


@dataclass(frozen=True)
class Following:
    """Tells representatives what changed since."""

    log: FeedLog
    walk: TicketWalk
    store: TicketStore
    labels: Labels
    now: Callable[[], datetime]

    def page(self, caller: Representative, since: str | None, size: int) -> Told:
        """Return what follows a bookmark; raises InvalidCursor, Gone."""
        now = int(self.now().timestamp())  # before anything is read: what is appended later is not said to be seen
        if since and since != NOW:
            bookmark = opened(since, caller, now)
        else:
            walked = None if since else 0
            bookmark = Bookmark(self.log.end(caller.customerID), told=0, walked=walked, asOf=now)
        if since == NOW:
            return _page_of(caller, [], bookmark, is_up_to_date=True)
        if bookmark.walked is None:
            return self._followed(caller, bookmark, now, size)
        return self._walked(caller, bookmark, bookmark.walked, size)

    def _walked(self, caller: Representative, bookmark: Bookmark, walked: int, size: int) -> Told:
        """Return the next tickets of the first pass. What changes meanwhile stands in the log behind its beginning."""
        tickets, last = self.walk.after(caller.customerID, walked, size)
        readable = [ticket for ticket in tickets if _may_read(caller, ticket)]
        views = fitting(self.labels.views(readable)) if readable else []
        items = [
            FeedItem.model_construct(ticketID=ticket.ticketID, version=ticket.version, ticket=view)
            for ticket, view in zip(readable, views, strict=False)
        ]
        if len(views) < len(readable):
            last = readable[len(views) - 1].ticketID
        return _page_of(caller, items, replace(bookmark, walked=last), is_up_to_date=False)

    def _followed(self, caller: Representative, bookmark: Bookmark, now: int, size: int) -> Told:
        """Return the tickets that the next entries of the log name, each once."""
        entries, are_all = self._entries(caller.customerID, bookmark, now, size)
        steps = list(_steps(bookmark, entries))
        wanted = list(islice(dict.fromkeys(step.ticketID for step in steps), size))
        tickets = self.store.get_many(caller.customerID, wanted) if wanted else {}
        readable = {ticketID: ticket for ticketID, ticket in tickets.items() if _may_read(caller, ticket)}
        shown = self._shown_items([readable[ticketID] for ticketID in wanted if ticketID in readable])
        items: dict[int, FeedItem] = {}
        for step in steps:
            if step.ticketID not in wanted or (step.ticketID in readable and step.ticketID not in shown):
                break  # the page is full, or as large as a reply may be
            items[step.ticketID] = shown.get(step.ticketID) or _dropped(step, items)
            bookmark = step.behind
        else:
            if are_all:
                bookmark = replace(bookmark, asOf=now)
                return _page_of(caller, list(items.values()), bookmark, is_up_to_date=True)
        return _page_of(caller, list(items.values()), bookmark, is_up_to_date=False)

    def _shown_items(self, tickets: Sequence[Ticket]) -> dict[int, FeedItem]:
        """Return as many tickets, as they are shown, as a reply can hold."""
        views = fitting(self.labels.views(tickets)) if tickets else []
        return {
            ticket.ticketID: FeedItem.model_construct(ticketID=ticket.ticketID, version=ticket.version, ticket=view)
            for ticket, view in zip(tickets, views, strict=False)
        }

    def _entries(self, customerID: int, bookmark: Bookmark, now: int, size: int) -> tuple[list[LogEntry], bool]:
        """Return the entries that follow a bookmark without a gap, and whether they are all that there are; raises Gone
        where the first of them is no more. A gap further on closes in a moment: it is a replica's."""
        is_beginning = bookmark.number == 0  # nothing tells the first entry from one behind a gap
        found = self.log.after(customerID, bookmark.number, size, fresh=is_beginning)
        if found and not is_beginning and found[0].number != bookmark.number + 1:
            found = self.log.after(customerID, bookmark.number, size, fresh=True)
        if found and not bookmark.is_followed_by(found[0], now):
            raise Gone("What followed the bookmark is not kept any more")
        dense = [entry for place, entry in enumerate(found) if entry.number == found[0].number + place]
        return dense, len(dense) == len(found) < size


def _steps(bookmark: Bookmark, entries: Sequence[LogEntry]) -> Iterator[_Step]:
    """Return the tickets in entries, in order, from the bookmark on."""
    told = bookmark.told
    for entry in entries:
        place = bookmark.beyond(entry)
        for number, (ticketID, version) in enumerate(entry.versions.items(), 1):
            if number > told:
                is_last = number == len(entry.versions)
                behind = place if is_last else replace(place, number=entry.number - 1, told=number)
                yield _Step(ticketID, version, behind)
        told = 0


def _dropped(step: _Step, items: dict[int, FeedItem]) -> FeedItem:
    """Return a ticket that is gone, or out of the follower's reach, at the newest version that the log tells."""
    earlier = items.get(step.ticketID)
    version = max(step.version, earlier.version if earlier else 0)
    return FeedItem.model_construct(ticketID=step.ticketID, version=version, ticket=None)


def _may_read(caller: Representative, ticket: Ticket) -> bool:
    try:
        require_ticket(caller, ticket)
    except Forbidden:
        return False
    return True


def _page_of(caller: Representative, items: list[FeedItem], bookmark: Bookmark, is_up_to_date: bool) -> Told:
    page = FeedPage.model_construct(items=items, next=bookmark.sealed(caller), isUpToDate=is_up_to_date)
    return Told(page, bookmark.tag)
