"""Disturbs a consumer of the streams and what it writes to: by calls that fail, before their effect or after it, by
others who come first, and by jobs that are brought twice."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.lists.fakes import InMemoryJobs
from ticketing.errors import Unavailable
from ticketing.lists.counts import CountedTicket, Move
from ticketing.lists.ports import SearchIndex, TicketCounts
from ticketing.lists.postings import Posting


@dataclass
class Trouble:
    """Makes a consumer go wrong: at its n-th call of a port it fails, or others do something first."""

    calls: int = 0
    fails_at: int = 0
    is_too_late: bool = False
    """Whether the call that fails has its effect all the same."""
    others_at: int = 0
    others: Callable[[], None] = lambda: None

    def strike(self) -> bool:
        """Counts a call; whether it fails."""
        self.calls += 1
        if self.calls == self.others_at:
            self.others()
        return self.calls == self.fails_at


@dataclass
class TroubledSearch:
    """A search index that fails halfway."""

    search: SearchIndex
    trouble: Trouble

    def write(self, postings: Mapping[Posting, bool]) -> None:
        if self.trouble.strike():
            self.search.write(dict(list(postings.items())[::2]))
            raise Unavailable("Halfway.")
        self.search.write(postings)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.search, name)


@dataclass
class TroubledTicketCounts:
    """Tallies that fail, before a move or after it."""

    ticket_counts: TicketCounts
    trouble: Trouble

    def counted_tickets(
        self, customerID: int, ticketIDs: Iterable[int], fresh: bool = True
    ) -> Mapping[int, CountedTicket]:
        if self.trouble.strike():
            raise Unavailable("Not now.")
        return self.ticket_counts.counted_tickets(customerID, list(ticketIDs), fresh)

    def move(self, moves: Sequence[Move]) -> None:
        if self.trouble.strike():
            if self.trouble.is_too_late:
                self.ticket_counts.move(moves)
            raise Unavailable("The answer is lost.")
        self.ticket_counts.move(moves)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.ticket_counts, name)


@dataclass
class TroubledJobs(InMemoryJobs):
    """A queue that brings every job twice."""

    def send(self, jobs: Sequence[Any]) -> None:
        self.sent += [*jobs, *jobs]
