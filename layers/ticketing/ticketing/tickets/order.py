"""The orders in which tickets are listed, and places in them."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from ticketing.kernel.instant import is_canonical
from ticketing.kernel.text import case_folded


class Sortable(Protocol):
    """A ticket as far as it takes to sort it."""

    @property
    def lastContact(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def closeDate(self) -> str | None: ...
    @property
    def followUpDate(self) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class SortFields:
    """The fields by which lists sort, beside ticketID, lastContact and status: indexes and counts hold them too."""

    subject: str = ""
    closeDate: str | None = None
    followUpDate: str | None = None


def sort_fields(ticket: Sortable) -> dict[str, Any]:
    """Return the values of SortFields that a ticket has."""
    return {field.name: getattr(ticket, field.name) for field in fields(SortFields)}


class SortBy(StrEnum):
    """The orders of a list."""

    lastMessageDate = "lastMessageDate"
    dateCreated = "dateCreated"
    ticketID = "ticketID"
    subject = "subject"
    status = "status"
    closeDate = "closeDate"
    followUpDate = "followUpDate"

    def value_of(self, ticket: Sortable) -> str | None:
        """Return what a ticket is sorted by, before its ticketID; None comes last in either direction."""
        match self:
            case SortBy.lastMessageDate:
                return ticket.lastContact
            case SortBy.subject:
                return case_folded(ticket.subject)
            case SortBy.status:
                return case_folded(ticket.status)
            case SortBy.closeDate:
                return ticket.closeDate
            case SortBy.followUpDate:
                return ticket.followUpDate
        return ""

    def may_be(self, value: object) -> bool:
        """Tell whether a ticket may be sorted by `value` in this order."""
        if self is SortBy.lastMessageDate:
            return isinstance(value, str) and is_canonical(value)
        return value is None or isinstance(value, str)


class Position(NamedTuple):
    """A place in an order: what a ticket is sorted by, and its ticketID. `labels` is what an index tells of the names
    that it is shown with (see tickets/labels.py), which may be nothing."""

    value: str | None
    ticketID: int
    labels: str = ""


@dataclass(frozen=True)
class Order:
    """An order of tickets. Ties break by ticketID in the same direction; nulls come last either way."""

    by: SortBy = SortBy.lastMessageDate
    descending: bool = True

    @property
    def by_creation(self) -> bool:
        """Tell whether this is the order of creation, which is that of ticketID."""
        return self.by in (SortBy.dateCreated, SortBy.ticketID)

    def sorted(self, positions: list[Position]) -> list[Position]:
        """Return `positions` in this order."""
        filled = [position for position in positions if position.value is not None]
        empty = [position for position in positions if position.value is None]
        filled.sort(key=lambda position: (position.value, position.ticketID), reverse=self.descending)
        empty.sort(key=lambda position: position.ticketID, reverse=self.descending)
        return filled + empty

    def is_after(self, position: Position, cursor: Position) -> bool:
        """Tell whether `position` comes later than `cursor`."""
        if (position.value is None) != (cursor.value is None):
            return position.value is None
        here, there = (position.value or "", position.ticketID), (cursor.value or "", cursor.ticketID)
        return here < there if self.descending else here > there
