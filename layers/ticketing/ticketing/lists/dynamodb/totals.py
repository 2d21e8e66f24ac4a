"""The rows of the Tallies table that totals are made of: counts, follow-ups that have fallen due, and vocabularies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ticketing.lists.dynamodb.count_rows import counts_in
from ticketing.lists.dynamodb.rows import DUE, due_counts
from ticketing.lists.dynamodb.vocabularies import ENTRY as VOCABULARIES
from ticketing.lists.dynamodb.vocabularies import vocabularies_in
from ticketing.lists.totals import CellCount, Totals
from ticketing.lists.vocabulary import Vocabulary, surely_named

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Item
    from ticketing.lists.counts import CountKey


def totals_in(items: Iterable[Item]) -> Totals:
    """Return the totals in a customer's rows."""
    counts: list[CellCount] = []
    shared: Counter[CountKey] = Counter()
    vocabularies: list[Vocabulary] = []
    for item in items:
        if item["entry"] == VOCABULARIES:
            vocabularies = vocabularies_in(item)
        elif item["entry"].startswith(DUE):
            counts += due_counts(item)
        else:
            row = counts_in(item)
            counts += row.counts
            for count_key, tickets in row.shared:
                shared[count_key] += tickets
    return Totals(counts, surely_named([key for key, tickets in shared.items() if tickets], vocabularies))
