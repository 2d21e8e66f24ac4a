"""Summarises the history of a ticket's end user, for all who may read the ticket."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import batched, islice
from typing import TYPE_CHECKING

from ticketing.directory.model import UidOwners, uid_key
from ticketing.lists.query import MAX_SORTED, Filters, TicketQuery
from ticketing.summary.summary import HistorySummary, summarise
from ticketing.tickets.facets import STATE, UID, state_values
from ticketing.tickets.order import Order

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.directory.principal import Principal
    from ticketing.lists.ports import TicketIndex
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.ports import TicketStore
    from ticketing.tickets.revision import Revisions
    from ticketing.tickets.views import Labels

BATCH = 100
"""Tickets read at once."""


@dataclass(frozen=True)
class EndUserSummaries:
    """Finds the other tickets of an end user, under any of their uids, and summarises them."""

    tickets: Revisions
    store: TicketStore
    index: TicketIndex
    directory: Directory
    labels: Labels
    executor: Callable[[], Executor]

    def summary(self, caller: Principal, ticketID: int) -> HistorySummary:
        """Return the history of the ticket's end user; raises NotFound, Forbidden, ChannelMismatch."""
        ticket = self.tickets.read(caller, ticketID)
        others = self._others(ticket) if ticket.uid else []
        return summarise(self.labels.view(ticket, caller), self.labels.views(others))

    def _others(self, ticket: Ticket) -> list[Ticket]:
        uids = self._uids(ticket.customerID, ticket.uid or "")
        wanted = Filters({STATE: state_values(None, False), UID: uids})
        _, positions = self.index.find(ticket.customerID, TicketQuery(wanted, Order()), None, MAX_SORTED)
        ids = {position.ticketID for position in islice(positions, MAX_SORTED)} - {ticket.ticketID}
        batches = batched(sorted(ids, reverse=True), BATCH, strict=False)
        read = self.executor().map(lambda batch: self.store.get_many(ticket.customerID, batch), batches)
        return [other for tickets in read for other in tickets.values() if wanted.matches(other)]

    def _uids(self, customerID: int, uid: str) -> frozenset[str]:
        """Return the uid, and every other uid of the end users who have it."""
        owners = self.directory.entries(customerID, [uid_key(uid)]).get(uid_key(uid))
        end_users = owners.endUsers if isinstance(owners, UidOwners) else []
        return frozenset({uid, *(other for end_user in end_users for other in end_user.uids)})
