"""Changes of tickets, as those who follow them are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class TicketChange:
    """A ticket as it is after a change, or (`isRemoved`) as it was when it was removed; `hasLesson` tells that in the
    change a representative found it to be something else than before."""

    ticket: Ticket
    isRemoved: bool = False
    hasLesson: bool = False
