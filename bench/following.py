"""Writers and followers of the feed, who share one stream, and remember when they were answered and told."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from random import Random

from bench.writes import BODY
from tests.builders import ACME, ADMIN, ANN, BOB, RIK
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.feed.view import FeedPage
from ticketing.kernel.deadline import Deadline
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.draft import new_draft
from ticketing.tickets.messages import MessageDraft
from ticketing.tickets.model import Ticket
from ticketing.tickets.patch import merge_patch
from ticketing.tickets.permissions import visible_holders
from ticketing.tickets.precondition import Precondition

CALLER = Representative(ACME, ADMIN, Role.Administrator)
BATCH = 100
"""Records that the stream hands over at once, as in the template."""


def soon() -> Deadline:
    return Deadline(time.monotonic() + 30)


@dataclass
class Follower:
    """Keeps the versions of the tickets that it may read, and notes when it was told each."""

    application: Application
    rep: Representative
    versions: dict[int, int] = field(default_factory=dict)
    told: dict[tuple[int, int], float] = field(default_factory=dict)
    since: str | None = None
    pages: int = 0

    def ask(self) -> FeedPage:
        """Take note of one page; fails where it tells a ticket twice, or one that is out of reach."""
        page = self.application.following.page(self.rep, self.since, 100).page
        holders = visible_holders(self.rep)
        require(len({item.ticketID for item in page.items}) == len(page.items), "told twice in a page")
        for item in page.items:
            if item.ticket is None:
                self.versions.pop(item.ticketID, None)
            else:
                require(holders is None or (item.ticket.customerRepID or 0) in holders, "out of reach")
                self.versions[item.ticketID] = item.version
            self.told.setdefault((item.ticketID, item.version), time.monotonic())
        self.since, self.pages = page.next, self.pages + 1
        return page

    def catch_up(self) -> None:
        """Follow until that is all for now."""
        while not self.ask().isUpToDate:
            pass


@dataclass
class Desk:
    """Writers, and the stream that their changes go into, with the moments at which they were answered."""

    application: Application
    stream: SimpleQueue[TicketChange] = field(default_factory=SimpleQueue)
    answered: dict[tuple[int, int], float] = field(default_factory=dict)
    last: dict[int, Ticket] = field(default_factory=dict)
    logged: list[float] = field(default_factory=list)

    def chat(self, number: int) -> None:
        """Begin a chat, answer it, give it to someone."""
        chance = Random(number)  # noqa: S311 - no secret
        draft = new_draft({"status": "Open", "subject": "Where is my parcel?", "channelType": "Chat", "channelID": 2})
        ticketID = self.application.tickets.create(CALLER, draft, None, soon()).ticket.ticketID
        self._report(ticketID)
        self.application.conversations.add(CALLER, MessageDraft(ticketID=ticketID, body=BODY), None, soon())
        self._report(ticketID)
        patch = merge_patch({"customerRepID": chance.choice([None, ANN, BOB, RIK])})
        ticket = self.application.tickets.existing(CALLER.customerID, ticketID)
        self.application.tickets.patch(CALLER, ticket, patch, Precondition(), soon())
        self._report(ticketID)

    def deliver(self) -> int:
        """Do what the indexer does with the next batch; return how many records it had."""
        batch = list(self._batch())
        if batch:
            self.application.telling.enter(batch, soon())
            told = time.monotonic()
            self.logged += [told - self.answered[each.ticket.ticketID, each.version] for each in batch]
            self.application.history_keeping.enter(batch)
            self.application.indexing.enter_tickets(batch, soon())
        return len(batch)

    def _batch(self) -> Iterator[TicketChange]:
        try:
            yield self.stream.get(timeout=0.1)
            for _ in range(BATCH - 1):
                yield self.stream.get_nowait()
        except Empty:
            return

    def _report(self, ticketID: int) -> None:
        ticket = self.application.tickets.existing(ACME, ticketID)
        self.answered[ticketID, ticket.version] = time.monotonic()
        self.stream.put(TicketChange(ticket, before=self.last.get(ticketID)))
        self.last[ticketID] = ticket


def require(holds: bool, fault: str) -> None:
    """Raise ValueError with the fault unless it holds."""
    if not holds:
        raise ValueError(fault)
