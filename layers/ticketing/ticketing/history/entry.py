"""An entry of a ticket's history: who made a version of it, when, and what differs from the version before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ticketing.tickets.model import Ticket
from ticketing.tickets.ticket_view import TicketView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ticketing.directory.author import Author
    from ticketing.tickets.changes import TicketChange

LONGEST = 1_000
"""Characters of a text that an entry keeps."""
TOPICS = "topics"
MESSAGES = "messages"
FIELDS = [name for name in TicketView.model_fields if name in Ticket.model_fields and name != "token"]
"""The fields of a ticket that entries tell of, by their own names."""

type Pair = list[Any]
"""A field before the change and after it; null where there was nothing, or is nothing."""


@dataclass(frozen=True)
class HistoryEntry:
    """One version of a ticket. `changes` are by field; topics are ids in it. `request` is the id of the request that
    made the version, `truncated` tells that a text was too long for the entry."""

    customerID: int
    ticketID: int
    version: int
    at: str
    by: Author
    request: str
    changes: dict[str, Pair]
    truncated: bool = False

    @property
    def ticket(self) -> tuple[int, int]:
        """Return the customerID and the ticketID."""
        return self.customerID, self.ticketID


def entry_of(change: TicketChange) -> HistoryEntry | None:
    """Return the entry of a change; None for a removal, for what made no version, and where no author is known."""
    ticket = change.ticket
    if change.isRemoved or not change.makesVersion or ticket.changedBy is None or ticket.changedAt is None:
        return None
    changes = dict(_pairs(change.before, ticket))
    cut = {name: [_cut(value) for value in pair] for name, pair in changes.items()}
    return HistoryEntry(
        customerID=ticket.customerID,
        ticketID=ticket.ticketID,
        version=ticket.version,
        at=ticket.changedAt,
        by=ticket.changedBy,
        request=change.request,
        changes=cut,
        truncated=cut != changes,
    )


def _pairs(before: Ticket | None, after: Ticket) -> Iterator[tuple[str, Pair]]:
    for name in FIELDS:
        yield from _pair(name, getattr(before, name, None), getattr(after, name))
    yield from _pair(TOPICS, before.topicIDs if before else None, after.topicIDs)
    if after.lastMessageID > (before.lastMessageID if before else 0):
        yield MESSAGES, [None, {"messageID": after.lastMessageID, "direction": after.lastDirection}]


def _pair(name: str, before: Any, after: Any) -> Iterator[tuple[str, Pair]]:
    """Return the pair of a field that differs; nothing and an empty list are the same before a ticket was there."""
    if before != after and not (before is None and after == []):
        yield name, [before, after]


def _cut(value: Any) -> Any:
    return value[:LONGEST] if isinstance(value, str) else value
