"""Keeps the history of tickets, as their changes come by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ticketing.history.entry import entry_of
from ticketing.kernel.instant import canonical

if TYPE_CHECKING:
    from ticketing.history.ports import TicketHistories
    from ticketing.tickets.changes import TicketChange


LATE = 60 * 60
"""Seconds after which an entry is late: it was set aside, and its ticket may be gone and cleaned up meanwhile."""


@dataclass(frozen=True)
class HistoryKeeping:
    """Keeps the entries of changes. `doubtful` is told the tickets (customerID, ticketID) of entries that come late, to
    clean up after those that are gone; the stream's order sees to all others."""

    histories: TicketHistories
    doubtful: Callable[[Collection[tuple[int, int]]], None]
    now: Callable[[], datetime]

    def enter(self, changes: Iterable[TicketChange]) -> None:
        """Keep an entry for each version that changes made; nothing of tickets that are removed by one of them. May be
        repeated. Raises Unavailable."""
        changes = list(changes)
        removed = {(each.ticket.customerID, each.ticket.ticketID) for each in changes if each.isRemoved}
        told = [entry for each in changes if (entry := entry_of(each)) and entry.ticket not in removed]
        self.histories.keep(list({(entry.ticket, entry.version): entry for entry in told}.values()))
        expected = canonical(self.now() - timedelta(seconds=LATE))
        if late := {entry.ticket for entry in told if entry.at < expected}:
            self.doubtful(late)
