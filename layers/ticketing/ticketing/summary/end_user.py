"""Summarises the history of a ticket's end user, for all who may read the ticket."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from ticketing.directory.model import UidOwners, uid_key
from ticketing.lists.query import Filters
from ticketing.summary.summary import LOOKED_AT, Contact, HistorySummary, summarise
from ticketing.tickets.facets import STATE, UID, state_values

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.directory.principal import Principal
    from ticketing.lists.ports import TicketCounts
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.ports import TicketStore
    from ticketing.tickets.revision import Revisions
    from ticketing.tickets.views import Labels

BATCH = 100
"""Tickets read at once."""


@dataclass(frozen=True)
class EndUserSummaries:
    """Finds the other tickets of an end user, under any of their uids, and summarises them. The latest are read anew;
    of an end user with very many tickets, the earlier ones are known as they were counted."""

    tickets: Revisions
    store: TicketStore
    ticket_counts: TicketCounts
    directory: Directory
    labels: Labels
    executor: Callable[[], Executor]

    def summary(self, caller: Principal, ticketID: int) -> HistorySummary:
        """Return the history of the ticket's end user; raises NotFound, Forbidden, ChannelMismatch."""
        ticket = self.tickets.read(caller, ticketID)
        view = self.labels.view(ticket, caller)
        if not ticket.uid:
            return summarise(view, [])
        wanted = Filters({STATE: state_values(None, False), UID: self._uids(ticket.customerID, ticket.uid)})
        contacts = self._contacts(ticket, wanted)
        latest, earlier = contacts[:LOOKED_AT], contacts[LOOKED_AT:]
        if earlier:  # when the first of all was created is not counted
            first = min(earlier, key=lambda contact: contact.ticketID)
            earlier.remove(first)
            latest.append(first)
        others = self._read_anew(ticket.customerID, [contact.ticketID for contact in latest])
        return summarise(view, self.labels.views([other for other in others if wanted.matches(other)]), earlier)

    def _contacts(self, ticket: Ticket, wanted: Filters) -> list[Contact]:
        """Return the other tickets as they were counted, the latest contact first."""
        found = self.ticket_counts.having(ticket.customerID, UID, wanted.facets[UID])
        listed = (each for each in found if each.listed_under(wanted) and each.ticketID != ticket.ticketID)
        contacts = (Contact(each.lastContact, each.ticketID, each.isClosed, each.channelType) for each in listed)
        return sorted({contact.ticketID: contact for contact in contacts}.values(), reverse=True)

    def _read_anew(self, customerID: int, ticketIDs: Collection[int]) -> list[Ticket]:
        batches = batched(ticketIDs, BATCH, strict=False)
        read = self.executor().map(lambda batch: self.store.get_many(customerID, batch), batches)
        return [ticket for tickets in read for ticket in tickets.values()]

    def _uids(self, customerID: int, uid: str) -> frozenset[str]:
        """Return the uid, and every other uid of the end users who have it."""
        owners = self.directory.entries(customerID, [uid_key(uid)]).get(uid_key(uid))
        end_users = owners.endUsers if isinstance(owners, UidOwners) else []
        return frozenset({uid, *(other for end_user in end_users for other in end_user.uids)})
