"""Chooses the tickets that the index byCell holds besides those that are not listed: those in scarce cells of large
customers.

It serves lists by several filters of which few tickets match; where matches are frequent, walking another index reads
as little, and most changes of tickets happen there: they need not be written to one index more. How many tickets of a
cell it does not hold is counted with the cell, so that it is used only where it holds all.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ticketing.lists.counts import Cell, Move
from ticketing.lists.totals import Totals

LARGE = 20_000
"""Tickets of a customer from which on cells can be scarce: with fewer, walking any index is cheap."""
SHARE = 2_000
"""A cell is scarce when one in so many tickets stands in it, or fewer."""
REMEMBERED_FOR = timedelta(minutes=1)
"""The time for which totals are remembered."""


@dataclass
class _Known:
    counts: Counter[Cell]
    table: int
    until: datetime


@dataclass(frozen=True)
class Scarcity:
    """Tells whether cells are scarce, by totals that it remembers for a minute. Lists are right however wrong it is."""

    large: int = LARGE
    share: int = SHARE
    _known: dict[int, _Known] = field(default_factory=dict, repr=False)

    def placed(self, moves: Iterable[Move], totals: Callable[[int], Totals], now: datetime) -> list[Move]:
        """Return moves that say which tickets stand in scarce cells; a ticket that stays in its cell stays so."""
        return [_placed(move, self._is_scarce(move, totals, now)) for move in moves]

    def _is_scarce(self, move: Move, totals: Callable[[int], Totals], now: datetime) -> bool:
        before, after = move.before, move.after
        if after.count_key is None or after.ticketID < self.large:
            return False
        if before and before.count_key == after.count_key:
            return before.isScarce
        known = self._known.get(after.customerID)
        if known is None or known.until < now:
            self._forget(now)
            found = totals(after.customerID)
            known = _Known(Counter(), found.table, now + REMEMBERED_FOR)
            for count in found.cells:
                known.counts[count.cell] += count.tickets
            self._known[after.customerID] = known
        return known.counts[after.count_key.cell] * self.share <= known.table

    def _forget(self, now: datetime) -> None:
        """Drop the totals that are too old, so that those of a minute's customers are held at most."""
        for customerID in [each for each, known in self._known.items() if known.until < now]:
            del self._known[customerID]


def _placed(move: Move, is_scarce: bool) -> Move:
    if is_scarce == move.after.isScarce:
        return move
    return replace(move, after=replace(move.after, isScarce=is_scarce))
