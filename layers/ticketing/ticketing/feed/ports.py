"""Ports of the feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ticketing.kernel.deadline import Deadline
    from ticketing.tickets.model import Ticket

LASTS = 31 * 24 * 60 * 60
"""Seconds for which an entry of the log lasts: a day longer than any bookmark counts."""


@dataclass(frozen=True)
class LogEntry:
    """An entry of a customer's log: its number, which tickets changed with the versions that they came to, when (epoch
    seconds) it ends, whether or not it is there longer, and the number with which the log `began` before it."""

    number: int
    versions: Mapping[int, int]
    expiresAt: int
    began: int

    @property
    def is_first(self) -> bool:
        """Tell whether the log began with it: whatever else is still there was seen, or counts no more."""
        return self.number == self.began


class FeedLog(Protocol):
    """A log per customer. Its numbers have no gaps, so that whoever has read up to one knows which comes next."""

    def append(self, customerID: int, versions: Mapping[int, int], deadline: Deadline) -> None:
        """Append an entry behind all that there are; raises Contended when others came first until the deadline."""

    def end(self, customerID: int) -> int:
        """Return the number of the last entry, 0 where there is none: as the log is now."""

    def after(self, customerID: int, number: int, limit: int, fresh: bool = False) -> Sequence[LogEntry]:
        """Return up to `limit` entries above a number, in order; unless `fresh`, perhaps as they were a moment ago."""


class TicketWalk(Protocol):
    """Walks all tickets of a customer, by ticketID."""

    def after(self, customerID: int, ticketID: int, limit: int) -> tuple[Sequence[Ticket], int | None]:
        """Return up to `limit` tickets above a ticketID as they are now, and the ticketID to go on from, None at the
        end."""
