"""The vocabularies of a customer in one row of the Tallies table: that of the newest generation, and the one before it.

The row stands between the counts and the follow-ups, so that the query for the totals reads it too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ticketing.kernel.dynamodb.engine import ATTEMPTS, Engine, Item, Refused
from ticketing.kernel.ports import Contended
from ticketing.lists.dynamodb.rows import counts_part
from ticketing.lists.vocabulary import MOST, USUAL, Vocabulary

if TYPE_CHECKING:
    from ticketing.lists.counts import Cell

ENTRY = "common"


@dataclass(frozen=True)
class _VocabularyRow:
    """The row; revision 0: there is none yet."""

    vocabularies: Sequence[Vocabulary]
    revision: int = 0


@dataclass(frozen=True)
class Vocabularies:
    """Vocabularies in the Tallies table; `most` is how many values of a facet a new one takes."""

    engine: Engine
    table: str
    most: int = field(default=MOST, kw_only=True)

    def newest(self, customerID: int, cells: Collection[Cell]) -> Vocabulary:
        """Return the newest one, with the values of cells in it that have room; one strongly consistent read, and a
        write where it grows. Raises Contended."""
        row = self._read(customerID)
        *earlier, newest = row.vocabularies
        grown = newest.taking_first(cells)
        if grown != newest or not row.revision:
            self._write(customerID, _VocabularyRow([*earlier, grown], row.revision))
        return grown

    def begin(self, customerID: int, cells: Iterable[Cell]) -> int:
        """Begin a generation with the commonest values of cells, and return it; raises Contended."""
        common = Vocabulary(most=self.most).taking_commonest(cells)
        for _ in range(ATTEMPTS):
            row = self._read(customerID)
            newest = row.vocabularies[-1]
            begun = replace(common, generation=newest.generation + 1)
            try:
                self._write(customerID, _VocabularyRow([newest, begun], row.revision))
            except Contended:
                continue  # a value has come into the newest one
            return begun.generation
        raise Contended

    def _read(self, customerID: int) -> _VocabularyRow:
        key = self.engine.typed({"customerPart": counts_part(customerID), "entry": ENTRY})
        reply = self.engine.call("get_item", TableName=self.table, Key=key, ConsistentRead=True)
        if "Item" not in reply:
            return _VocabularyRow([Vocabulary(most=self.most)])
        item = self.engine.plain(reply["Item"])
        return _VocabularyRow(vocabularies_in(item), item["revision"])

    def _write(self, customerID: int, row: _VocabularyRow) -> None:
        try:
            self.engine.call(
                "put_item",
                TableName=self.table,
                Item=self.engine.typed(vocabulary_item(customerID, row.revision + 1, row.vocabularies)),
                ConditionExpression="revision = :revision" if row.revision else "attribute_not_exists(entry)",
                **({"ExpressionAttributeValues": {":revision": {"N": str(row.revision)}}} if row.revision else {}),
            )
        except Refused as refused:
            raise Contended from refused


def vocabulary_item(customerID: int, revision: int, vocabularies: Iterable[Vocabulary]) -> Item:
    """Return the row of these vocabularies, the newest last."""
    values = [
        {"generation": each.generation, "most": each.most}
        | {facet.name: sorted(values) for facet, values in each.values.items()}
        for each in vocabularies
    ]
    return {"customerPart": counts_part(customerID), "entry": ENTRY, "revision": revision, "vocabularies": values}


def vocabularies_in(item: Item) -> list[Vocabulary]:
    """Return the vocabularies in the row, the newest last."""
    return [
        Vocabulary(
            each["generation"],
            {facet: frozenset(each.get(facet.name, usual)) for facet, usual in USUAL.items()},
            each["most"],
        )
        for each in item["vocabularies"]
    ]
