"""Changes of tickets, as those who follow them are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class TicketChange:
    """A ticket as it is after a change, or (`isRemoved`) as it was when it was removed; `hasLesson` tells that in the
    change a representative found it to be something else than before. `before` is the ticket before the change, None
    where that is not known or where it is new (`isNew`); `request` is the id of the request that made it."""

    ticket: Ticket
    isRemoved: bool = False
    hasLesson: bool = False
    before: Ticket | None = None
    request: str = ""
    isNew: bool = False

    @property
    def version(self) -> int:
        """Return the number of the change: the version that it made; a removal counts as one."""
        return self.ticket.version + 1 if self.isRemoved else self.ticket.version

    @property
    def makesVersion(self) -> bool:
        """Tell whether the ticket changed: an item is also written to keep a receipt with it."""
        return self.before is None or self.version > self.before.version

    @property
    def closes(self) -> bool:
        """Tell whether the change closed the ticket, or created it closed."""
        return self.ticket.isClosed and not (self.before.isClosed if self.before else not self.isNew)

    @property
    def escalates(self) -> bool:
        """Tell whether the change escalated the ticket, or created it escalated."""
        return self.ticket.escalated and not (self.before.escalated if self.before else not self.isNew)
