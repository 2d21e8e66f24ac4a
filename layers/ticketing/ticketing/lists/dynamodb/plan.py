"""Which way to find a list's matches costs least, judged by how many tickets there are of each kind.

Costs are in read units, eventually consistent where indexes are read: an index entry has about 200 bytes, a ticket
about 800, and a ticket's standing is fetched by itself.
"""

from dataclasses import dataclass
from enum import Enum

from ticketing.lists.query import MAX_SORTED
from ticketing.tickets.order import Order, SortBy

ENTRY = 1 / 40
TICKET = 1 / 10
STANDING = 1 / 2
PARTITION = 1 / 2
DETOUR = 8
"""What the way by cells must save: it takes two round trips more, and follows the store a little later."""
MAX_SCARCE = 1_000
"""Tickets that are fetched one by one at most."""
SURELY_SORTED = MAX_SORTED - 1_000
"""Matches that are gathered where there is another way; the rest is for what was not counted yet."""


class Way(Enum):
    """The ways to find matches."""

    WALK = "in the order of last contact, through the narrowest filter's index"
    CREATION = "in the order of creation, through all tickets"
    GATHER = "all of them from the narrowest filter's index, then sorted"
    CELLS = "all of them from the cells that match, then sorted"


@dataclass(frozen=True)
class Sizes:
    """How many tickets there are: in all, under the narrowest filter, under every filter; in how many cells matches may
    stand, and how many tickets in these; and how many are wanted."""

    table: int
    narrowest: int
    matching: int
    cells: int
    candidates: int
    wanted: int


def cheapest(order: Order, sizes: Sizes) -> Way:
    """The way that reads least."""
    costs = {way: cost for way in Way if (cost := _cost(way, order, sizes)) is not None}
    return min(costs, key=lambda way: costs[way])


def _cost(way: Way, order: Order, sizes: Sizes) -> float | None:
    """What a way reads; None for one that does not serve the order, or finds more than can be sorted."""
    match way:
        case Way.WALK if order.by is SortBy.lastMessageDate:
            return ENTRY * _looked_at(sizes.narrowest, sizes)
        case Way.CREATION if order.by_creation:
            return TICKET * _looked_at(sizes.table, sizes)
        case Way.GATHER if order.by is not SortBy.lastMessageDate:
            return None if order.by_creation and sizes.matching > SURELY_SORTED else ENTRY * sizes.narrowest
        case Way.CELLS if sizes.candidates <= MAX_SCARCE:
            return DETOUR + PARTITION * sizes.cells + STANDING * sizes.candidates
    return None


def _looked_at(kept: int, sizes: Sizes) -> float:
    """How many of what is kept are looked at until enough matches are found."""
    return kept * min(1.0, sizes.wanted / sizes.matching) if sizes.matching else kept
