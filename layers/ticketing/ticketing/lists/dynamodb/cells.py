"""Cells as text, and changes of a cell's count as actions of a transaction: a cell's row goes away in the transaction
that empties it.

In a cell's text each value stands behind the letter of its facet, `R13SopenC3TemailAopen`, so that a cell can be read
whichever facets there were when it was written. Cells of before had no letters, `13#open#3#email#open`: they are read,
and emptied, as they are, until a rebuild leaves none.

Nobody reads a count before changing it: a subtraction holds where it leaves something over, and where it does not, the
refused transaction tells the count, and is tried once more with the cell's removal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from ticketing.kernel.ports import Contended
from ticketing.lists.counts import Cell, CountKey
from ticketing.tickets.facets import FACETS

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import TransactionRefused

LETTERS = {facet.name: facet.letter for facet in FACETS}
NAMES = {facet.letter: facet.name for facet in FACETS}
UNNAMED = ("rep", "status", "channel", "type", "state")
"""The facets of a cell without letters."""
REFUSED = "ConditionalCheckFailed"


def cell_text(cell: Cell) -> str:
    """Return a cell as text; a facet that there is no more keeps its letter."""
    if cell.is_unnamed:
        return "#".join(value.replace("%", "%25").replace("#", "%23") for _, value in cell.values)
    return "".join(LETTERS.get(name, name) + re.sub("[A-Z%#]", _escaped, value) for name, value in cell.values)


def cell_in(text: str) -> Cell:
    """Return the cell in a text."""
    if "#" in text:
        values = (value.replace("%23", "#").replace("%25", "%") for value in text.split("#"))
        return Cell(tuple(zip(UNNAMED, values, strict=True)), is_unnamed=True)
    found = re.findall("([A-Z])([^A-Z]*)", text)
    return Cell(tuple((NAMES.get(letter, letter), _plain(value)) for letter, value in found))


def changed_count(target: Mapping[str, Any], change: int, found: int | None) -> dict[str, Any]:
    """Return the action that adds `change` to the count in `target`, a table and a key. `found` is the count that an
    earlier try found there; None: there was none, and the count is likely to be larger than what is taken from it."""
    addition = {**target, "UpdateExpression": "ADD tickets :change"}
    values = {":change": {"N": str(change)}}
    if change > 0:
        return {"Update": {**addition, "ExpressionAttributeValues": values}}
    taken = {":taken": {"N": str(-change)}}
    if found == -change:
        return {"Delete": {**target, **_conditional("tickets = :taken", taken)}}
    is_wrong = found is not None and found < -change  # which holds nobody up: a rebuild sets it right
    condition = "attribute_not_exists(tickets) OR tickets < :taken" if is_wrong else "tickets > :taken"
    return {"Update": {**addition, **_conditional(condition, values | taken)}}


def counts_found(count_keys: Collection[CountKey], before: int, refused: TransactionRefused) -> dict[CountKey, int]:
    """Return the counts of places whose actions were refused, in a transaction that has `before` actions before theirs;
    raises Contended where anything else was refused."""
    reasons = zip(count_keys, refused.codes[before:], refused.items[before:], strict=False)
    found = {count_key: item["tickets"] if item else 0 for count_key, code, item in reasons if code == REFUSED}
    if not found or REFUSED in refused.codes[:before]:
        raise Contended from refused
    return found


def _escaped(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02x}"


def _plain(value: str) -> str:
    return re.sub("%(..)", lambda found: chr(int(found[1], 16)), value) if "%" in value else value


def _conditional(condition: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ConditionExpression": condition,
        "ExpressionAttributeValues": values,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
