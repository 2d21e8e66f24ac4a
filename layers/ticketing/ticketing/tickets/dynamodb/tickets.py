"""The Tickets table and, in the same transactions, the calls that tickets hold and the receipts of their making."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ticketing.errors import DuplicateCall, Unavailable
from ticketing.kernel.dynamodb.call import FAILED_CONDITION
from ticketing.kernel.dynamodb.engine import Engine, Item, Refused, TransactionRefused
from ticketing.kernel.ports import AlreadyDone, Contended, Receipt
from ticketing.tickets.dynamodb.calls import FREE, HELD, call_key, frees_anothers, is_held_by_another
from ticketing.tickets.dynamodb.items import to_item, wrote
from ticketing.tickets.dynamodb.stored import COUNTER, from_item
from ticketing.tickets.ports import Outdated

if TYPE_CHECKING:
    from ticketing.tickets.messages import Message
    from ticketing.tickets.model import Ticket


def _any_name() -> str:
    return uuid4().hex


_UNCHANGED = {"ConditionExpression": "version = :version", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}


@dataclass(frozen=True)
class DynamoTicketStore:
    """A TicketStore of DynamoDB tables; `nonce` names each write anew."""

    engine: Engine
    tickets: str
    messages: str
    calls: str
    receipts: str
    nonce: Callable[[], str] = field(default=_any_name, repr=False)

    def get(self, customerID: int, ticketID: int) -> Ticket | None:
        """Make one strongly consistent read."""
        return self.ask(customerID, ticketID)()

    def ask(self, customerID: int, ticketID: int) -> Callable[[], Ticket | None]:
        """Begin one strongly consistent read."""
        key = self._key(customerID, ticketID)
        wait = self.engine.ask("get_item", TableName=self.tickets, Key=key, ConsistentRead=True)

        def found() -> Ticket | None:
            reply = wait()
            return from_item(self.engine.plain(reply["Item"])) if "Item" in reply else None

        return found

    def get_many(self, customerID: int, ticketIDs: Collection[int]) -> Mapping[int, Ticket]:
        """Read 100 at a time, strongly consistent."""
        keys = [{"customerID": customerID, "ticketID": ticketID} for ticketID in dict.fromkeys(ticketIDs)]
        tickets = map(from_item, self.engine.batch_get(self.tickets, keys))
        return {ticket.ticketID: ticket for ticket in tickets}

    def next_id(self, customerID: int) -> int:
        """Make one atomic addition; a retry of it may leave a gap, never a duplicate."""
        reply = self.engine.insist(
            "update_item",
            TableName=self.tickets,
            Key=self._key(customerID, COUNTER),
            UpdateExpression="ADD lastTicketID :one",
            ExpressionAttributeValues=self.engine.typed({":one": 1}),
            ReturnValues="UPDATED_NEW",
        )
        return int(self.engine.plain(reply["Attributes"])["lastTicketID"])

    def is_recorded(self, customerID: int, callSid: str) -> bool:
        """Make one strongly consistent read of the call."""
        call = call_key(self.engine, self.calls, customerID, callSid)
        reply = self.engine.call("get_item", **call, ConsistentRead=True)
        return "recording" in reply.get("Item", {})

    def create(self, ticket: Ticket, message: Message | None = None, receipt: Receipt | None = None) -> None:
        """Make one conditional write; a transaction only where a call, a message or a receipt goes with it."""
        nonce = self.nonce()
        put = self._put(ticket, nonce, {"ConditionExpression": "attribute_not_exists(ticketID)"})
        others = [*self._companions(message, receipt, nonce), *self._call_actions(None, ticket)]
        self._write(put, others, nonce, ticket.version)

    def replace(
        self, before: Ticket, after: Ticket, message: Message | None = None, receipt: Receipt | None = None
    ) -> None:
        """Make one conditional write; a transaction only where a call, a message or a receipt goes with it.

        A receipt alone makes no version: such a write has no name, or it would stand for another among the writers.
        """
        nonce = self.nonce() if after.version > before.version else ""
        put = self._put(after, nonce, self._unchanged(before))
        others = [*self._companions(message, receipt, nonce), *self._call_actions(before, after)]
        self._write(put, others, nonce, after.version)

    def delete(self, ticket: Ticket, receipt: Receipt | None = None) -> None:
        """Make a transaction always: its token tells its own retry, after a lost answer, from another's delete."""
        key = self._key(ticket.customerID, ticket.ticketID)
        delete = {"Delete": {"TableName": self.tickets, "Key": key, **self._unchanged(ticket)}}
        companions = [*self._companions(None, receipt, nonce=""), *self._call_actions(ticket, None)]
        self._transact([delete, *companions])

    def _write(self, put: dict[str, Any], others: list[dict[str, Any]], nonce: str, version: int) -> None:
        """Put a ticket: by itself, for a transaction would cost twice as much, where nothing goes with it."""
        if others:
            return self._transact([put, *others], nonce, version)
        try:
            self.engine.call("put_item", **put["Put"])
        except Refused as refused:
            if not _is_made(refused, refused.current, nonce, version):
                raise _outdated(refused.current) from refused

    def _transact(self, actions: list[dict[str, Any]], nonce: str = "", version: int = 0) -> None:
        """Send a transaction whose first action is the ticket's: it makes a version, or (no nonce) removes it."""
        try:
            self.engine.call("transact_write_items", TransactItems=actions)
        except TransactionRefused as refused:
            if nonce and _is_made(refused, refused.items[0], nonce, version):
                return
            ours = [each for each, call in zip(actions, refused.items, strict=True) if not frees_anothers(each, call)]
            if ours == actions:
                raise self._meaning(actions, refused) from refused
            self._transact(ours, nonce, version)

    def _meaning(self, actions: list[dict[str, Any]], refused: TransactionRefused) -> Exception:
        changes = [next(iter(action.values())) for action in actions]
        unmet = [
            (change, item)
            for change, code, item in zip(changes, refused.codes, refused.items, strict=True)
            if code == FAILED_CONDITION
        ]
        tables = [change["TableName"] for change, _ in unmet]
        if self.receipts in tables:
            return AlreadyDone()
        if self.tickets in tables or self.messages in tables:
            return _outdated(refused.items[0])
        if any(is_held_by_another(change, item) for change, item in unmet):
            return DuplicateCall()
        return Contended()  # a recording came, or went, meanwhile

    def _companions(self, message: Message | None, receipt: Receipt | None, nonce: str) -> list[dict[str, Any]]:
        actions = []
        if message:
            from ticketing.tickets.dynamodb.messages import message_put

            actions.append(message_put(self.engine, self.messages, message, nonce))
        if receipt:
            from ticketing.kernel.dynamodb.receipts import receipt_put

            actions.append(receipt_put(self.engine, self.receipts, receipt))
        return actions

    def _put(self, ticket: Ticket, nonce: str, condition: dict[str, Any]) -> dict[str, Any]:
        item = self.engine.typed(to_item(ticket, nonce))
        return {
            "Put": {
                "TableName": self.tickets,
                "Item": item,
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                **condition,
            }
        }

    def _unchanged(self, ticket: Ticket) -> dict[str, Any]:
        return {**_UNCHANGED, "ExpressionAttributeValues": self.engine.typed({":version": ticket.version})}

    def _call_actions(self, before: Ticket | None, after: Ticket | None) -> list[dict[str, Any]]:
        """Return the actions that free the call of `before`, if no other ticket has it, and take that of `after`, where
        they differ. What `after` says of the call's recording must still hold: one that comes meanwhile counts."""
        held, taken = (ticket.twilio_CallSid if ticket else None for ticket in (before, after))
        if held == taken:
            return []
        actions = []
        if before and held:
            # a row that was lost, or that nobody has, must not refuse the change for ever
            actions.append(self._call_update(before, held, FREE, f"attribute_not_exists(ticketID) OR {HELD}"))
        if after and taken:
            recorded = "attribute_exists" if after.hasRecording else "attribute_not_exists"
            condition = f"(attribute_not_exists(ticketID) OR {HELD}) AND {recorded}(recording)"
            actions.append(self._call_update(after, taken, "SET ticketID = :ticketID", condition))
        return actions

    def _call_update(self, ticket: Ticket, callSid: str, update: str, condition: str) -> dict[str, Any]:
        return {
            "Update": {
                **call_key(self.engine, self.calls, ticket.customerID, callSid),
                "UpdateExpression": update,
                "ConditionExpression": condition,
                "ExpressionAttributeValues": self.engine.typed({":ticketID": ticket.ticketID}),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _key(self, customerID: int, ticketID: int) -> dict[str, Any]:
        return self.engine.typed({"customerID": customerID, "ticketID": ticketID})


def _is_made(refused: Refused | TransactionRefused, current: Item | None, nonce: str, version: int) -> bool:
    """Tell whether a write that was refused had made its version by an earlier try, whose answer was lost; raises
    Unavailable where others have written so often since that nobody can tell."""
    if current is None or not refused.is_repeated:
        return False
    is_ours = wrote(nonce, version, from_item(current))
    if is_ours is None:
        raise Unavailable("The answer to the change was lost, and it cannot be told whether it was made.")
    return is_ours


def _outdated(current: Item | None) -> Outdated:
    return Outdated(from_item(current) if current else None)
