"""Views of tickets and messages, in which the directory's names stand beside ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from ticketing.directory.model import Channel, Entry, Rep, Topic, UidOwners, channel_key, rep_key, topic_key, uid_key
from ticketing.directory.principal import Representative
from ticketing.tickets.labels import label_keys
from ticketing.tickets.model import Ticket
from ticketing.tickets.ticket_view import TicketView

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.directory.principal import Principal
    from ticketing.tickets.messages import Message, MessageView

STORED = tuple(name for name in TicketView.model_fields if name in Ticket.model_fields)
"""The fields of a view that are the ticket's own."""
_stored = attrgetter(*STORED)
_IN_ORDER = dict.fromkeys(TicketView.model_fields)


@dataclass(frozen=True)
class Labels:
    """Turns tickets into views, with one look into the directory for all of them."""

    directory: Directory

    def view(self, ticket: Ticket, reader: Principal) -> TicketView:
        """Return a ticket as `reader` may read it: Notes are for representatives alone."""
        if not isinstance(reader, Representative):
            ticket = ticket.model_copy(update={"aiFeedbackComments": []})
        return self.views([ticket])[0]

    def views(self, tickets: Sequence[Ticket]) -> list[TicketView]:
        """Return tickets of one customer as representatives read them."""
        keys = {key for ticket in tickets for key in label_keys(ticket, ticket.topicIDs)}
        entries = self.directory.entries(tickets[0].customerID, keys) if keys else {}
        return [_view(ticket, entries) for ticket in tickets]

    def messages(self, ticket: Ticket, messages: Sequence[Message]) -> list[MessageView]:
        """Return messages of a ticket as clients read them."""
        from ticketing.tickets.messages import view  # most functions show tickets alone

        names = self.rep_names(ticket.customerID, (message.customerRepID for message in messages))
        return [view(message, ticket, names.get(message.customerRepID or 0)) for message in messages]

    def rep_names(self, customerID: int, repIDs: Iterable[int | None]) -> Mapping[int, str]:
        """Return the names of representatives, by id; None among the ids stands for nobody."""
        keys = {rep_key(repID) for repID in repIDs if repID}
        entries = self.directory.entries(customerID, keys) if keys else {}
        return {entry.repID: entry.name for entry in entries.values() if isinstance(entry, Rep)}


def _view(ticket: Ticket, entries: Mapping[str, Entry]) -> TicketView:
    channel = entries.get(channel_key(ticket.channelID or 0))
    owners = entries.get(uid_key(ticket.uid or ""))
    topics = [entries.get(topic_key(topicID)) for topicID in ticket.topicIDs]
    added = {
        "unread": ticket.unread,
        "customerRepName": _rep_name(entries, ticket.customerRepID),
        "channelName": channel.name if isinstance(channel, Channel) else None,
        "endUsers": owners.endUsers if isinstance(owners, UidOwners) else [],
        "topics": [topic.name for topic in topics if isinstance(topic, Topic)],
    }
    return TicketView.trusted(_IN_ORDER | dict(zip(STORED, _stored(ticket), strict=True)) | added)


def _rep_name(entries: Mapping[str, Entry], repID: int | None) -> str | None:
    rep = entries.get(rep_key(repID or 0))
    return rep.name if isinstance(rep, Rep) else None
