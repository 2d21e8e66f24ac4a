"""Tells the feed of changes, before anything else follows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.feed.ports import FeedLog
    from ticketing.kernel.deadline import Deadline
    from ticketing.tickets.changes import TicketChange


@dataclass(frozen=True)
class FeedTelling:
    """Appends changes to the logs of their customers: one entry per customer, however many there are. What is appended
    again, because what came after it failed, is told again, and does no harm."""

    log: FeedLog

    def enter(self, changes: Iterable[TicketChange], deadline: Deadline) -> None:
        """Append changes; raises Contended, Unavailable."""
        by_customer: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for change in changes:
            if change.makesVersion:
                versions = by_customer[change.ticket.customerID]
                ticketID = change.ticket.ticketID
                versions[ticketID] = max(change.version, versions.get(ticketID, 0))
        for customerID, versions in by_customer.items():
            self.log.append(customerID, versions, deadline)
