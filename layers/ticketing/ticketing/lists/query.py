"""Queries for tickets: filters, order and page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.tickets.facets import Facet
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.order import Order

MAX_SORTED = 10_000
"""How many matches are sorted where no index serves the order."""


@dataclass(frozen=True)
class Filters:
    """Conditions of a ticket: in each facet one of these values, and no follow-up later than `hidden_after`."""

    facets: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    hidden_after: str | None = None

    def narrowed(self, facet: Facet, values: frozenset[str]) -> Filters:
        """Return these filters, with `facet` bound to `values` as well."""
        both = self.facets[facet] & values if facet in self.facets else values
        return Filters({**self.facets, facet: both}, self.hidden_after)

    @property
    def impossible(self) -> bool:
        """Tell whether no ticket can match."""
        return any(not values for values in self.facets.values())

    def hides(self, followUpDate: str | None) -> bool:
        """Tell whether a ticket is hidden until its follow-up falls due."""
        return self.hidden_after is not None and (followUpDate or "") > self.hidden_after

    def matches(self, ticket: Ticket) -> bool:
        """Tell whether a ticket is listed under these filters."""
        return (
            ticket.isProcessed
            and not self.hides(ticket.followUpDate)
            and all(facet.of(ticket) in values for facet, values in self.facets.items())
        )

    def without(self, facet: Facet) -> Filters:
        """Return these filters without what they say of one facet."""
        return Filters(
            {other: values for other, values in self.facets.items() if other is not facet}, self.hidden_after
        )


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
            self.endUserID,
            self.search,
            self.order.by,
            self.order.descending,
        ]
        return hashlib.sha256(json.dumps(bound, sort_keys=True).encode()).hexdigest()[:24]
