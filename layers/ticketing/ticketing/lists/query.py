"""Queries for tickets: filters, order and page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.tickets.facets import Facet
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.order import Order

MAX_SORTED = 10_000
"""Matches that are sorted at most where no index serves the order."""
MAX_OF_END_USER = 50_000
"""Matches among an end user's tickets that are sorted at most, in whichever order: they are read to count them anyhow,
at some 300 read units and a quarter of a second of the processor for 10,000."""


@dataclass(frozen=True)
class Filters:
    """Conditions of a ticket: in each facet one of these values, and no follow-up later than `hidden_after`, or one
    later than `waiting_after`."""

    facets: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    hidden_after: str | None = None
    waiting_after: str | None = None

    def narrowed(self, facet: Facet, values: frozenset[str]) -> Filters:
        """Return these filters, with `facet` bound to `values` as well."""
        both = self.facets[facet] & values if facet in self.facets else values
        return replace(self, facets={**self.facets, facet: both})

    @property
    def impossible(self) -> bool:
        """Tell whether no ticket can match."""
        return any(not values for values in self.facets.values())

    @property
    def moment(self) -> str | None:
        """Return the moment on which it depends whether a follow-up lies ahead; None where that does not matter."""
        return self.hidden_after or self.waiting_after

    def waits_as_asked(self, waits: bool) -> bool:
        """Tell whether a ticket may match that waits for its follow-up, or does not."""
        return not waits if self.hidden_after else waits or not self.waiting_after

    def hides(self, followUpDate: str | None) -> bool:
        """Tell whether a ticket is hidden because its follow-up lies ahead, or because only those are asked for."""
        return self.moment is not None and not self.waits_as_asked((followUpDate or "") > self.moment)

    def matches(self, ticket: Ticket) -> bool:
        """Tell whether a ticket is listed under these filters."""
        return (
            ticket.isProcessed
            and not self.hides(ticket.followUpDate)
            and all(facet.of(ticket) in values for facet, values in self.facets.items())
        )

    def without(self, facet: Facet) -> Filters:
        """Return these filters without what they say of one facet."""
        return replace(self, facets={other: values for other, values in self.facets.items() if other is not facet})


@dataclass(frozen=True)
class TicketQuery:
    """Tickets that match filters, in an order; `among` these only, where it is not None."""

    filters: Filters
    order: Order
    among: Collection[int] | None = None


@dataclass(frozen=True)
class ListRequest:
    """A list as a client asks for it. A `cursor`, where there is one, takes the place of `page`."""

    filters: Filters
    endUserID: int | None
    order: Order
    page: int
    size: int
    cursor: str | None = None
    search: str | None = None

    def fingerprint(self, caller: str) -> str:
        """Return what a cursor is bound to: the caller, the filters and the order, not the page size or the moment."""
        facets = {facet.name: sorted(values) for facet, values in self.filters.facets.items()}
        bound = [
            caller,
            facets,
            self.filters.hidden_after is None,
            *([] if self.filters.waiting_after is None else ["waiting"]),
            self.endUserID,
            self.search,
            self.order.by,
            self.order.descending,
        ]
        return hashlib.sha256(json.dumps(bound, sort_keys=True).encode()).hexdigest()[:24]
