"""Changes of tickets, as those who follow them are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class TicketChange:
    """A ticket as it is after a change, or (`isRemoved`) as it was when it was removed. In the change it was created
    (`isNew`), a representative found it to be something else than before (`hasLesson`), it was closed (`closes`) or
    escalated (`escalates`)."""

    ticket: Ticket
    isRemoved: bool = False
    isNew: bool = False
    hasLesson: bool = False
    closes: bool = False
    escalates: bool = False
