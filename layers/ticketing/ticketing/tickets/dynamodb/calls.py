"""The row of a call: which ticket holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ticketing.kernel.dynamodb.engine import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ticketing.kernel.dynamodb.engine import Engine, Item

HELD = "ticketID = :ticketID"
"""The condition that a ticket has the call."""
UNHELD = "attribute_not_exists(ticketID)"
"""The condition that no ticket has the call."""
FREE = "REMOVE ticketID"
"""The update by which a ticket gives its call back."""


def call_key(engine: Engine, table: str, customerID: int, callSid: str) -> dict[str, Any]:
    """Return the parameters that name a call."""
    return {"TableName": table, "Key": engine.typed({"customerID": customerID, "callSid": callSid})}


def is_held_by_another(update: Mapping[str, Any], call: Item | None) -> bool:
    """Tell whether another ticket than the one in an update that was refused has the call."""
    mine = plain(update["ExpressionAttributeValues"])[":ticketID"]
    return call is not None and call.get("ticketID", mine) != mine


def frees_anothers(action: Mapping[str, Any], call: Item | None) -> bool:
    """Tell whether an action that was refused frees a call that another ticket has: that is left to it."""
    update = action.get("Update", {})
    return update.get("UpdateExpression") == FREE and is_held_by_another(update, call)
