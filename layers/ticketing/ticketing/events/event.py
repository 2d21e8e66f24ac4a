"""Events: one for each change of a ticket.

Its sequence number is the ticket's version after the change (a removal's is one more than the last), so that a listener
knows which events it has had already, which come late, and which are still missing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ticketing.tickets.model import Ticket
from ticketing.tickets.ticket_view import TicketView

DETAIL_LIMIT = 250_000
"""Bytes of an event's detail at most: its bus takes 262,144 with the envelope around it."""
FIELDS = (Ticket.model_fields.keys() & TicketView.model_fields.keys()) - {"ticketID", "token", "aiFeedbackComments"} | {
    "topicIDs",
    "lastMessageID",
    "readUpTo",
}
"""The fields of a ticket in an event: those that clients read, and the ids of what the API names. Never what Notes say:
they are for representatives alone."""

type TicketFields = dict[str, Any]
"""A ticket as an event shows it: its fields by the API's names, and the ids of what the API names."""


class EventName(StrEnum):
    """The kinds of changes. One that closes the ticket is a TicketClosed and nothing else."""

    TicketCreated = "TicketCreated"
    TicketUpdated = "TicketUpdated"
    TicketClosed = "TicketClosed"
    TicketDeleted = "TicketDeleted"


@dataclass(frozen=True)
class Event:
    """One change: the ticket before it (None when it was created) and after it (None when it was deleted)."""

    name: EventName
    customerID: int
    ticketID: int
    sequence: int
    time: datetime
    old: TicketFields | None
    new: TicketFields | None

    @property
    def changed(self) -> list[str]:
        """Return the names of the fields that differ; none where the ticket was created or deleted."""
        if self.old is None or self.new is None:
            return []
        return [name for name, value in self.new.items() if value != self.old[name]]

    @property
    def detail(self) -> str:
        """Return the event as JSON of at most DETAIL_LIMIT bytes; fields that do not fit, the largest first, are
        `omitted`."""
        omitted: list[str] = []
        largest = iter(_by_size(self.old or {}, self.new or {}))
        while len((text := self._text(omitted)).encode()) > DETAIL_LIMIT:
            omitted.append(next(largest))
        return text

    def _text(self, omitted: list[str]) -> str:
        members = {
            "customerID": self.customerID,
            "ticketID": self.ticketID,
            "sequence": self.sequence,
            "changed": self.changed,
            "old": _without(self.old, omitted),
            "new": _without(self.new, omitted),
            "omitted": omitted,
        }
        return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


def event_of(before: Ticket | None, after: Ticket | None, time: datetime) -> Event | None:
    """Return the event of a change; None where the item was written and its ticket did not change."""
    ticket = after or before
    if ticket is None or (before and after and before.version == after.version):
        return None
    return Event(
        name=_name(before, after),
        customerID=ticket.customerID,
        ticketID=ticket.ticketID,
        sequence=ticket.version if after else ticket.version + 1,
        time=time,
        old=_fields(before),
        new=_fields(after),
    )


def _name(before: Ticket | None, after: Ticket | None) -> EventName:
    if before is None:
        return EventName.TicketCreated
    if after is None:
        return EventName.TicketDeleted
    return EventName.TicketClosed if after.isClosed and not before.isClosed else EventName.TicketUpdated


def _fields(ticket: Ticket | None) -> TicketFields | None:
    return ticket.model_dump(include=FIELDS) if ticket else None


def _without(document: TicketFields | None, names: list[str]) -> TicketFields | None:
    return {name: value for name, value in document.items() if name not in names} if document else None


def _by_size(*documents: Mapping[str, Any]) -> list[str]:
    """Return the names of all fields, those with the most text in any of the documents first."""
    names = {name: None for document in documents for name in document}
    return sorted(names, key=lambda name: -sum(len(str(document.get(name, ""))) for document in documents))
