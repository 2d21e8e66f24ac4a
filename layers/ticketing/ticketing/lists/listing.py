"""Lists of tickets: found by an index, read anew, exact in number, and full as long as matches remain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from ticketing.directory.model import EndUser, end_user_key
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.lists import cursor
from ticketing.lists.query import Filters, ListRequest, TicketQuery
from ticketing.tickets.facets import REP, UID
from ticketing.tickets.permissions import visible_holders
from ticketing.tickets.ticket_view import TicketPage

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.directory.principal import Representative
    from ticketing.lists.ports import Pages, TextSearch, TicketIndex
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.order import Position
    from ticketing.tickets.views import Labels


@dataclass(frozen=True)
class Listing:
    """The lists; `search` is made when first used."""

    index: TicketIndex
    search: Callable[[], TextSearch]
    pages: Pages
    directory: Directory
    labels: Labels

    def page(self, caller: Representative, request: ListRequest) -> TicketPage:
        """Return a page of what the caller may see; raises InvalidCursor, TooManyToSort."""
        fingerprint = request.fingerprint(f"{caller.customerID}#{caller.name}#{caller.role}")
        after = cursor.decode(request.cursor, fingerprint, request.order.by) if request.cursor else None
        number = None if after else request.page
        filters = self._effective(caller, request)
        if filters.impossible:
            return self._page([], 0, number, request.size, None)
        skipped = (request.page - 1) * request.size if number else 0
        wanted = skipped + request.size + 1  # one more tells whether the list goes on
        found = self.search().tickets(caller.customerID, request.search) if request.search else None
        query = TicketQuery(filters, request.order, among=found)
        total, positions = self.index.find(caller.customerID, query, after, wanted)
        rest = islice(_each_once(positions), skipped, None)
        tickets, last = self._read_anew(caller.customerID, filters, rest, request.size)
        if number and last is None and (tickets or not skipped):
            total = skipped + len(tickets)  # the list ends on this page, and has counted itself
        return self._page(tickets, total, number, request.size, cursor.encode(last, fingerprint) if last else None)

    def _effective(self, caller: Representative, request: ListRequest) -> Filters:
        filters = request.filters
        holders = visible_holders(caller)
        if holders is not None:
            filters = filters.narrowed(REP, frozenset(map(str, holders)))
        if request.endUserID is not None:
            filters = filters.narrowed(UID, self._uids(caller.customerID, request.endUserID))
        return filters

    def _uids(self, customerID: int, endUserID: int) -> frozenset[str]:
        if not 1 <= endUserID <= MAX_INTEGER:
            return frozenset()
        key = end_user_key(endUserID)
        end_user = self.directory.entries(customerID, [key]).get(key)
        return frozenset(end_user.uids if isinstance(end_user, EndUser) else ())

    def _read_anew(
        self, customerID: int, filters: Filters, positions: Iterator[Position], size: int
    ) -> tuple[list[Ticket], Position | None]:
        """Return up to `size` tickets that match now, and the last position looked at if the list goes on."""
        found: list[Ticket] = []
        last: Position | None = None
        while len(found) < size:
            looked_at = list(islice(positions, size - len(found)))
            if not looked_at:
                return found, None
            last = looked_at[-1]
            tickets = self.pages.tickets(customerID, looked_at)
            ordered = (tickets.get(position.ticketID) for position in looked_at)
            found += [ticket for ticket in ordered if ticket and filters.matches(ticket)]
        return found, last if next(positions, None) else None

    def _page(
        self, tickets: list[Ticket], total: int, number: int | None, size: int, next_cursor: str | None
    ) -> TicketPage:
        return TicketPage.model_construct(
            items=self.labels.views(tickets),
            totalCount=total,
            totalPages=-(-total // size),
            pageNumber=number,
            pageSize=size,
            nextCursor=next_cursor,
        )


def _each_once(positions: Iterator[Position]) -> Iterator[Position]:
    """Return each ticket once: one that moves from one partition to another while both are read is seen in both."""
    seen: set[int] = set()
    for position in positions:
        if position.ticketID not in seen:
            seen.add(position.ticketID)
            yield position
