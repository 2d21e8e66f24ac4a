"""Reads the history of a ticket, for whoever may read the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.errors import Fault, InvalidCursor
from ticketing.history.view import ChangePage, change_view, keys_of
from ticketing.kernel.seal import is_number, sealed, unsealed

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.directory.principal import Principal
    from ticketing.history.ports import TicketHistories
    from ticketing.tickets.revision import Revisions


@dataclass(frozen=True)
class Place:
    """A place in the history of a ticket: before this version."""

    ticketID: int
    version: int

    @classmethod
    def of(cls, cursor: str) -> Place:
        """Return the place that a cursor names; raises InvalidCursor."""
        try:
            ticketID, version = unsealed(cursor)
        except ValueError as error:
            raise InvalidCursor("The cursor is damaged.", _FAULT) from error
        if not (is_number(ticketID) and is_number(version)):
            raise InvalidCursor("The cursor is damaged.", _FAULT)
        return cls(ticketID, version)

    def require_in(self, ticketID: int) -> None:
        """Raise InvalidCursor unless the place is in the history of this ticket."""
        if self.ticketID != ticketID:
            raise InvalidCursor("The cursor belongs to another ticket.", _FAULT)


@dataclass(frozen=True)
class HistoryReading:
    """Reads the history of a ticket."""

    tickets: Revisions
    histories: TicketHistories
    directory: Directory

    def page(self, caller: Principal, ticketID: int, after: Place | None, size: int) -> ChangePage:
        """Return a page, newest first; raises NotFound, Forbidden, InvalidCursor."""
        if after:
            after.require_in(ticketID)
        ticket = self.tickets.read(caller, ticketID)
        before = after.version if after else None
        entries, goes_on = self.histories.newest(ticket.customerID, ticketID, before, size)
        keys = keys_of(entries)
        directory = self.directory.entries(ticket.customerID, keys) if keys else {}
        return ChangePage.model_construct(
            items=[change_view(entry, directory) for entry in entries],
            nextCursor=sealed(ticketID, entries[-1].version) if goes_on else None,
        )


_FAULT = [Fault("cursor", "use the nextCursor of a reply to this very list")]
