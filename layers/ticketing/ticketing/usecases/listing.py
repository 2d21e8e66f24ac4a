"""Lists of tickets: planned on the index, read anew, exact in number, and full as long as matches remain."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain, islice

from ticketing.domain import cursor
from ticketing.domain.directory import EndUser, end_user_key
from ticketing.domain.facets import REP, UID
from ticketing.domain.principal import Representative, visible_holders
from ticketing.domain.query import MAX_SORTED, Filters, ListRequest, Order, Position, SortBy
from ticketing.domain.ticket import Ticket, TicketPage
from ticketing.errors import TooManyToSort
from ticketing.ports import Directory, TicketIndex, TicketStore
from ticketing.usecases.labels import Labels


@dataclass(frozen=True)
class Listing:
    """Lists tickets. `executor` does at the same time what does not wait for each other."""

    index: TicketIndex
    store: TicketStore
    directory: Directory
    labels: Labels
    executor: Callable[[], Executor]

    def page(self, caller: Representative, request: ListRequest) -> TicketPage:
        """The page that is asked for, of what the caller may see; raises InvalidCursor, TooManyToSort."""
        fingerprint = request.fingerprint(f"{caller.customerID}#{caller.name}")
        after = cursor.decode(request.cursor, fingerprint, request.order.by) if request.cursor else None
        number = None if after else request.page
        filters = self._effective(caller, request)
        if filters.impossible:
            return self._page([], 0, number, request.size, None)
        skipped = (request.page - 1) * request.size if number else 0
        wanted = skipped + request.size + 1  # one more tells whether the list goes on
        total, positions = self._planned(caller.customerID, filters, request.order, after, wanted)
        tickets, last = self._read_anew(caller.customerID, filters, islice(positions, skipped, None), request.size)
        return self._page(tickets, total, number, request.size, cursor.encode(last, fingerprint) if last else None)

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

    def _effective(self, caller: Representative, request: ListRequest) -> Filters:
        filters = request.filters
        holders = visible_holders(caller)
        if holders is not None:
            filters = filters.narrowed(REP, frozenset(map(str, holders)))
        if request.endUserID is not None:
            key = end_user_key(request.endUserID)
            end_user = self.directory.entries(caller.customerID, [key]).get(key)
            filters = filters.narrowed(UID, frozenset(end_user.uids if isinstance(end_user, EndUser) else ()))
        return filters

    def _planned(
        self, customerID: int, filters: Filters, order: Order, after: Position | None, wanted: int
    ) -> tuple[int, Iterator[Position]]:
        """How many match, and their positions after `after` in order."""
        if order.by is SortBy.lastMessageDate or (order.by_creation and not filters.facets):
            return self._walked(customerID, filters, order, after, wanted)
        gathered = self.index.gather(customerID, filters, order.by, MAX_SORTED + 1)
        if len(gathered) <= MAX_SORTED:
            in_order = order.sorted(gathered)
            return len(gathered), (place for place in in_order if after is None or order.is_after(place, after))
        if order.by_creation:
            return self._walked(customerID, filters, order, after, wanted)
        raise TooManyToSort(f"More than {MAX_SORTED} tickets match: narrow the filters, or sort by lastMessageDate.")

    def _walked(
        self, customerID: int, filters: Filters, order: Order, after: Position | None, wanted: int
    ) -> tuple[int, Iterator[Position]]:
        positions = self.index.walk(customerID, filters, order, after, wanted)
        first = self.executor().submit(lambda: list(islice(positions, 1)))
        total = self.index.count(customerID, filters)
        return total, chain(first.result(), positions)

    def _read_anew(
        self, customerID: int, filters: Filters, positions: Iterator[Position], size: int
    ) -> tuple[list[Ticket], Position | None]:
        """Up to `size` tickets that match as they are now, and the last place looked at if the index goes on after."""
        found: list[Ticket] = []
        last: Position | None = None
        while len(found) < size:
            places = list(islice(positions, size - len(found)))
            if not places:
                return found, None
            last = places[-1]
            tickets = self.store.get_many(customerID, [place.ticketID for place in places])
            ordered = (tickets.get(place.ticketID) for place in places)
            found += [ticket for ticket in ordered if ticket and filters.matches(ticket)]
        return found, last if next(positions, None) else None
