"""The Calls table: for each call its ticket, its recording, and the representatives whom it was forwarded to.

Tickets take and give back calls in their own transactions (see the Tickets table). Both change the same item, so that
neither a ticket nor a recording can miss the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ticketing.calls.call import CallForward, Recording
from ticketing.kernel.dynamodb.engine import Engine, Refused, TransactionRefused, plain
from ticketing.tickets.dynamodb.calls import HELD, UNHELD, call_key

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class DynamoCallStore:
    """A CallStore of a DynamoDB table, beside the table of tickets."""

    engine: Engine
    table: str
    tickets: str

    def recording(self, customerID: int, callSid: str) -> Recording | None:
        """Make one strongly consistent read."""
        call = call_key(self.engine, self.table, customerID, callSid)
        reply = self.engine.call("get_item", **call, ConsistentRead=True)
        return Recording.named(plain(reply.get("Item", {})).get("recording", ""))

    def record(self, recording: Recording) -> int | None:
        """Make one write, whose answer names the ticket that has the call at that moment."""
        reply = self.engine.insist(
            "update_item",
            **call_key(self.engine, self.table, recording.customerID, recording.callSid),
            UpdateExpression="SET recording = :recording",
            ExpressionAttributeValues=self.engine.typed({":recording": recording.key}),
            ReturnValues="ALL_NEW",
        )
        ticketID: int | None = plain(reply["Attributes"]).get("ticketID")
        return ticketID

    def begin_forward(self, ticket: Ticket, repID: int) -> bool:
        """Make one conditional write. The mark is a nonce, so that a retry recognises its own mark."""
        nonce = uuid4().hex
        unmarked = f"{HELD} AND (attribute_not_exists(#mark) OR #mark = :failed)"
        values = {":ticketID": ticket.ticketID, ":failed": CallForward.failed.value, ":mark": nonce}
        try:
            self._mark(ticket, repID, unmarked, values)
        except Refused as refused:
            return (refused.current or {}).get(_mark(repID)) == nonce
        return True

    def end_forward(self, ticket: Ticket, repID: int, callForward: CallForward) -> None:
        """Make one write; where the call is gone with its ticket, there is nothing to note."""
        try:
            self._mark(ticket, repID, "attribute_exists(#mark)", {":mark": callForward.value})
        except Refused:
            return

    def forget(self, customerID: int, ticketID: int, callSid: str) -> bool:
        """Make one conditional delete, and a transaction where the ticket expired: it holds its call until then."""
        delete = call_key(self.engine, self.table, customerID, callSid) | {"ConditionExpression": UNHELD}
        try:
            self.engine.insist("delete_item", **delete, ReturnValuesOnConditionCheckFailure="ALL_OLD")
        except Refused as refused:
            is_ours = (refused.current or {}).get("ticketID") == ticketID
            return is_ours and self._forget_of_gone(customerID, ticketID, callSid)
        return True

    def _forget_of_gone(self, customerID: int, ticketID: int, callSid: str) -> bool:
        """Remove a call that a ticket holds, if the ticket is gone at that moment: it may just be brought back."""
        holder = self.engine.typed({"customerID": customerID, "ticketID": ticketID})
        gone = {"TableName": self.tickets, "Key": holder, "ConditionExpression": "attribute_not_exists(ticketID)"}
        delete = {
            **call_key(self.engine, self.table, customerID, callSid),
            "ConditionExpression": f"{UNHELD} OR {HELD}",
            "ExpressionAttributeValues": self.engine.typed({":ticketID": ticketID}),
        }
        try:
            self.engine.insist("transact_write_items", TransactItems=[{"ConditionCheck": gone}, {"Delete": delete}])
        except TransactionRefused:
            return False
        return True

    def _mark(self, ticket: Ticket, repID: int, condition: str, values: Mapping[str, Any]) -> None:
        self.engine.insist(
            "update_item",
            **call_key(self.engine, self.table, ticket.customerID, ticket.twilio_CallSid or ""),
            UpdateExpression="SET #mark = :mark",
            ConditionExpression=condition,
            ExpressionAttributeNames={"#mark": _mark(repID)},
            ExpressionAttributeValues=self.engine.typed(values),
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )


def _mark(repID: int) -> str:
    """Return the attribute that holds how forwarding to a representative ended: an outcome, or a nonce before that."""
    return f"forward#{repID}"
