"""Choose the plan that costs least, by the numbers of tickets that it would read.

Costs are in read units, eventually consistent where indexes are read: an index entry has about 200 bytes, a ticket
about 800, and the row of a counted ticket is fetched by itself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from ticketing.lists.query import MAX_SORTED
from ticketing.tickets.order import Order, SortBy

ENTRY = 1 / 40
TICKET = 1 / 10
COUNTED_TICKET = 1 / 2
PARTITION = 1 / 2
DETOUR = 8
"""Read units that the plan by cells must save: it takes two round trips more, and follows the store a little later."""
MAX_SCARCE = 1_000
"""Tickets that are fetched one by one at most."""
PATIENCE = 4
"""The longest walk to meet enough candidates, as a multiple of the likely one."""
SURELY_SORTED = MAX_SORTED - 1_000
"""Matches up to which they are gathered where there is another way: counts lag, so there may be some more."""


class QueryPlan(Enum):
    """A way to find matches."""

    WALK = "in the order of last contact, through the narrowest filter's index"
    CREATION = "in the order of creation, through all tickets"
    GATHER = "all of them from the narrowest filter's index, then sorted"
    CELLS = "all of them from the cells that match, then sorted"
    WAITING = "all of them from the tickets that wait for their follow-up, then sorted"


@dataclass(frozen=True)
class Statistics:
    """Numbers of tickets: in all, under the narrowest filter, under every filter; in how many cells matches may
    stand, and how many tickets in these (None: they cannot be found by them); how many are wanted; and how many wait
    for their follow-up, where only those are asked for."""

    table: int
    narrowest: int
    matching: int
    cells: int
    candidates: int | None
    wanted: int
    waiting: int | None = None


def cheapest(order: Order, statistics: Statistics) -> QueryPlan:
    """Return the plan that reads least."""
    costs = {plan: cost for plan in QueryPlan if (cost := _cost(plan, order, statistics)) is not None}
    return min(costs, key=lambda plan: costs[plan])


def likely_walk(candidates: Collection[int], wanted: int) -> int | None:
    """Return how many tickets are likely walked until `wanted` candidates are met, if these lie evenly among all.

    Return None where the longest walk would cost more than a quarter of reading the candidates' own rows, which follows
    a walk that met too few.
    """
    if not candidates:
        return None
    likely = wanted * max(candidates) // len(candidates)
    return likely if PATIENCE * ENTRY * likely <= COUNTED_TICKET * len(candidates) / 4 else None


def _cost(plan: QueryPlan, order: Order, statistics: Statistics) -> float | None:
    """Return what a plan reads; None for one that does not serve the order, or finds more than can be sorted."""
    match plan:
        case QueryPlan.WALK if order.by is SortBy.lastMessageDate:
            return ENTRY * _looked_at(statistics.narrowest, statistics)
        case QueryPlan.CREATION if order.by_creation:
            return TICKET * _looked_at(statistics.table, statistics)
        case QueryPlan.GATHER if order.by is not SortBy.lastMessageDate:
            return None if order.by_creation and statistics.matching > SURELY_SORTED else ENTRY * statistics.narrowest
        case QueryPlan.WAITING if statistics.waiting is not None and statistics.waiting <= MAX_SORTED:
            return DETOUR + COUNTED_TICKET * statistics.waiting
        case QueryPlan.CELLS if statistics.candidates is not None and statistics.candidates <= MAX_SCARCE:
            return DETOUR + PARTITION * statistics.cells + COUNTED_TICKET * statistics.candidates
    return None


def _looked_at(kept: int, statistics: Statistics) -> float:
    """Return how many of what is kept are looked at until enough matches are found."""
    return kept * min(1.0, statistics.wanted / statistics.matching) if statistics.matching else kept
