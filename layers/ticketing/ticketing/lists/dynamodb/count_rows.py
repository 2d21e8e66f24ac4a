"""Rows of counts. A row holds the counts of the cells of one channel, type and holder, so that most changes of a ticket
change one row: in a transaction every row costs two write units.

A cell's count is the sum of what all rows say of it. That lets a row hold a part of another's: when a ticket passes
between nobody and a holder, the holder's row takes both changes. A part may be negative, and a count that has become
zero stays where it is until a rebuild; nobody reads a count in order to change it.

A count's attribute bears the values that the row does not tell: `l:AopenSopen`, or of nobody's `l:AopenR0Sopen`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ticketing.directory.principal import NOBODY
from ticketing.lists.counts import CountedTicket, CountKey, Move
from ticketing.lists.dynamodb.cells import cell_in, text_of
from ticketing.lists.totals import CellCount
from ticketing.tickets.facets import CHANNEL, REP, TYPE

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Item

COUNTS = "cell#"
"""The beginning of the sort keys of rows of counts."""
CHANGES = "changes"
"""The attribute that counts how often a row was changed: a row is dropped only if nobody has changed it meanwhile."""
WAITS, IS_LISTED = "w", "l"
SCARCE = "s"
"""Follows the mark of a count of tickets that the index byCell holds (see scarcity.py)."""
_MARKS = tuple(f"{mark}{scarce}:" for mark in (WAITS, IS_LISTED) for scarce in (SCARCE, ""))
_OWN = (CHANNEL.name, REP.name, TYPE.name)


class _CountRow(NamedTuple):
    """A row, by the values that its cells share."""

    generation: int
    values: tuple[tuple[str, str], ...]

    @property
    def entry(self) -> str:
        return f"{COUNTS}{self.generation}#{text_of(self.values)}"

    @property
    def holder(self) -> str:
        return dict(self.values)[REP.name]

    @property
    def of_nobody(self) -> _CountRow:
        """Return the row of the same channel and type for what nobody holds."""
        return self._replace(values=tuple((name, _NOBODY if name == REP.name else each) for name, each in self.values))

    def name(self, count_key: CountKey, is_scarce: bool) -> str:
        """Return the attribute of a count in this row."""
        mark = (WAITS if count_key.waits else IS_LISTED) + (SCARCE if is_scarce else "")
        return f"{mark}:{text_of(each for each in count_key.cell.values if each not in self.values)}"


_NOBODY = str(NOBODY)


def row_changes(moves: Iterable[Move]) -> Mapping[str, Mapping[str, int]]:
    """Return what moves change, netted: by the sort key of a row, then by the attribute of a count."""
    changes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for move in moves:
        for row, counted_ticket, change in _changes(move):
            if counted_ticket.count_key:
                changes[row.entry][row.name(counted_ticket.count_key, counted_ticket.isScarce)] += change
    netted = {entry: {name: change for name, change in each.items() if change} for entry, each in changes.items()}
    return {entry: each for entry, each in netted.items() if each}


class RowCounts(NamedTuple):
    """The counts in a row, or the parts of them; and again those that odd values share, by what they are in."""

    counts: Sequence[CellCount]
    shared: Sequence[tuple[CountKey, int]]


def counts_in(item: Item) -> RowCounts:
    """Return the counts in a row."""
    return _counts_in(tuple(item.items()))


def update(changes: Mapping[str, int]) -> dict[str, Any]:
    """Return how these changes are made to a row, as parts of an Update."""
    names = {f"#{n}": name for n, name in enumerate([CHANGES, *changes])}
    values = {f":{n}": {"N": str(change)} for n, change in enumerate([1, *changes.values()])}
    added = ", ".join(f"#{n} :{n}" for n in range(len(names)))
    return {
        "UpdateExpression": f"ADD {added}",
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }


def generation_of(entry: str) -> int:
    return int(entry.split("#", 2)[1])


def _changes(move: Move) -> Iterator[tuple[_CountRow, CountedTicket, int]]:
    left, entered = (_row(each) for each in (move.before, move.after))
    if left and entered and left.of_nobody == entered.of_nobody:
        if left.holder == _NOBODY:
            left = entered
        elif entered.holder == _NOBODY:
            entered = left
    if move.before and left:
        yield left, move.before, -1
    if entered:
        yield entered, move.after, 1


def _row(counted_ticket: CountedTicket | None) -> _CountRow | None:
    count_key = counted_ticket.count_key if counted_ticket else None
    if count_key is None:
        return None
    return _CountRow(count_key.generation, tuple(each for each in count_key.cell.values if each[0] in _OWN))


@lru_cache(4_096)
def _counts_in(attributes: tuple[tuple[str, Any], ...]) -> RowCounts:
    """Return the counts in a row. They are remembered: from one list to the next, most rows of a customer stay."""
    _, generation, values = dict(attributes)["entry"].split("#", 2)
    counts: list[CellCount] = []
    shared: list[tuple[CountKey, int]] = []
    for name, tickets in ((name, number) for name, number in attributes if name.startswith(_MARKS)):
        mark, others = name.split(":", 1)
        count = CellCount(cell_in(values + others), mark.startswith(WAITS), tickets, mark.endswith(SCARCE))
        counts.append(count)
        if count.cell.is_shared:
            shared.append((CountKey(count.cell, count.waits, int(generation)), tickets))
    return RowCounts(counts, shared)
