"""Changes of a cell's count as actions of a transaction. A cell's row goes away in the transaction that empties it.

Nobody reads a count before changing it: a subtraction holds where it leaves something over, and where it does not, the
refused transaction tells the count, and is tried once more with the cell's removal.
"""

from collections.abc import Collection, Mapping
from typing import Any

from ticketing.kernel.dynamodb.engine import TransactionRefused
from ticketing.kernel.ports import Contended
from ticketing.lists.counts import Place

REFUSED = "ConditionalCheckFailed"


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


def counts_found(places: Collection[Place], before: int, refused: TransactionRefused) -> dict[Place, int]:
    """Return the counts of places whose actions were refused, in a transaction that has `before` actions before theirs;
    raises Contended where anything else was refused."""
    reasons = zip(places, refused.codes[before:], refused.items[before:], strict=False)
    found = {place: item["tickets"] if item else 0 for place, code, item in reasons if code == REFUSED}
    if not found or REFUSED in refused.codes[:before]:
        raise Contended from refused
    return found


def _conditional(condition: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ConditionExpression": condition,
        "ExpressionAttributeValues": values,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
