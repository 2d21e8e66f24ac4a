"""Vocabularies: which values of free text have cells of their own. Tickets of other values, the odd ones, share cells.

Each generation of counts has a vocabulary: the usual values, and the first others that occur, or in a rebuild the
commonest. It only grows, and no more once it is full. So a value in it is never among the odd ones of its generation.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ticketing.lists.counts import ODD, Cell, CountedTicket, CountKey
from ticketing.tickets.facets import FACETS, Facet

MOST = 32
"""Values of a facet in a vocabulary: 28 statuses and 27 types besides the usual ones."""
USUAL: Mapping[Facet, frozenset[str]] = {facet: facet.usual for facet in FACETS if facet.usual}
"""Values that are in every vocabulary from its beginning: to count a ticket under one, none has to be read."""


@dataclass(frozen=True)
class Vocabulary:
    """The values of each free-text facet that have cells of their own in a generation, `most` of each."""

    generation: int = 0
    values: Mapping[Facet, frozenset[str]] = field(default_factory=lambda: USUAL)
    most: int = MOST

    def taking(self, facet: Facet, values: Iterable[str]) -> "Vocabulary":
        """Return this vocabulary with values of a facet in it, the first of them where not all have room."""
        known = self.values[facet]
        new = [value for value in dict.fromkeys(values) if value not in known][: max(0, self.most - len(known))]
        return replace(self, values={**self.values, facet: known | frozenset(new)})

    def taking_first(self, cells: Collection[Cell]) -> "Vocabulary":
        """Return this vocabulary with the first values of cells that have room."""
        grown = self
        for facet in USUAL:
            grown = grown.taking(facet, filter(None, (cell.value(facet) for cell in cells)))
        return grown

    def taking_commonest(self, cells: Iterable[Cell]) -> "Vocabulary":
        """Return this vocabulary with the commonest values of cells that have room."""
        counts = {facet: Counter[str]() for facet in USUAL}
        for cell in cells:
            for facet, count in counts.items():
                count.update(filter(None, [cell.value(facet)]))
        grown = self
        for facet, count in counts.items():
            grown = grown.taking(facet, (value for value, _ in count.most_common()))
        return grown

    def odd(self, cell: Cell) -> frozenset[Facet]:
        """Return the facets in which a cell's value has no cells of its own."""
        return frozenset(facet for facet in USUAL if cell.value(facet) not in {None, *self.values[facet]})


def needs_no_vocabulary(before: CountedTicket | None, after: CountedTicket) -> bool:
    """Tell whether a ticket that was `before` can be counted without a vocabulary: it is counted nowhere, or has the
    values that it had, or usual ones."""
    if after.cell is None:
        return True
    if before is None or before.cell is None:
        return False
    return all(after.cell.value(facet) in {before.cell.value(facet), *USUAL[facet]} for facet in USUAL)


def still_odd(before: CountedTicket | None, after: CountedTicket) -> frozenset[Facet]:
    """Return the facets in which a ticket was odd and has the same value as before."""
    if before is None or before.cell is None or after.cell is None:
        return frozenset()
    then, now = before.cell, after.cell
    return frozenset(facet for facet in before.odd if then.value(facet) == now.value(facet))


def surely_named(count_keys: Collection[CountKey], vocabularies: Iterable[Vocabulary]) -> dict[Facet, frozenset[str]]:
    """Return the values that surely have cells of their own, for each facet in which there are shared cells."""
    known = {vocabulary.generation: vocabulary.values for vocabulary in vocabularies}
    named: dict[Facet, frozenset[str]] = {}
    for facet in USUAL:
        generations = {count_key.generation for count_key in count_keys if count_key.cell.value(facet) == ODD}
        if generations:
            values = [known[each][facet] if each in known else frozenset() for each in generations]
            named[facet] = frozenset.intersection(*values)
    return named
