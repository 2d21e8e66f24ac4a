"""The row of a call: which ticket holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Engine

HELD = "ticketID = :ticketID"
"""The condition that a ticket has the call."""


def call_key(engine: Engine, table: str, customerID: int, callSid: str) -> dict[str, Any]:
    """Return the parameters that name a call."""
    return {"TableName": table, "Key": engine.typed({"customerID": customerID, "callSid": callSid})}
