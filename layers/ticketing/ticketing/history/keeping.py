"""Keeps the history of tickets, as their changes come by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.history.entry import entry_of

if TYPE_CHECKING:
    from ticketing.history.ports import TicketHistories
    from ticketing.tickets.changes import TicketChange


@dataclass(frozen=True)
class HistoryKeeping:
    """Keeps the entries of changes, before they are indexed: indexing sees to what comes after its ticket's removal."""

    histories: TicketHistories

    def enter(self, changes: Iterable[TicketChange]) -> None:
        """Keep an entry for each version that changes made; nothing of tickets that are removed by one of them. May be
        repeated. Raises Unavailable."""
        changes = list(changes)
        removed = {(each.ticket.customerID, each.ticket.ticketID) for each in changes if each.isRemoved}
        told = [entry for each in changes if (entry := entry_of(each)) and entry.ticket not in removed]
        self.histories.keep(list({(entry.ticket, entry.version): entry for entry in told}.values()))
