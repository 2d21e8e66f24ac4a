"""Receipts of requests with an idempotency key, in the Ephemera table. TTL removes late, so times are compared."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from typing import Any

from ticketing.kernel.dynamodb.engine import Engine, Item, Refused, plain
from ticketing.kernel.ports import Receipt


@dataclass(frozen=True)
class DynamoReceipts:
    """Receipts of a DynamoDB table."""

    engine: Engine
    table: str

    def find(self, key: str, now: int) -> Receipt | None:
        """Make one strongly consistent read."""
        reply = self.engine.call(
            "get_item", TableName=self.table, Key=self.engine.typed({"key": key}), ConsistentRead=True
        )
        if "Item" not in reply:
            return None
        receipt = _receipt(plain(reply["Item"]))
        return receipt if receipt.expiresAt > now else None

    def known(self, keys: Collection[str], now: int) -> frozenset[str]:
        """Read 100 at a time, strongly consistent."""
        items = self.engine.batch_get(self.table, [{"key": key} for key in dict.fromkeys(keys)])
        return frozenset(item["key"] for item in items if item["expiresAt"] > now)

    def keep(self, receipt: Receipt) -> None:
        """Make one write, without a condition."""
        self.engine.insist("put_item", TableName=self.table, Item=self.engine.typed(asdict(receipt)))

    def keep_first(self, receipt: Receipt) -> Receipt:
        """Make one write, whose refusal brings what is there."""
        put = receipt_put(self.engine, self.table, receipt)["Put"]
        try:
            self.engine.insist("put_item", **put, ReturnValuesOnConditionCheckFailure="ALL_OLD")
        except Refused as refused:
            return _receipt(refused.current or {})
        return receipt


def receipt_put(engine: Engine, table: str, receipt: Receipt) -> dict[str, Any]:
    """Return the action of a transaction that keeps a receipt, unless another one still counts."""
    return {
        "Put": {
            "TableName": table,
            "Item": engine.typed(asdict(receipt)),
            "ConditionExpression": "attribute_not_exists(#key) OR expiresAt <= :now",
            "ExpressionAttributeNames": {"#key": "key"},
            "ExpressionAttributeValues": engine.typed({":now": receipt.madeAt}),
        }
    }


def _receipt(item: Item) -> Receipt:
    return Receipt(**{each.name: item[each.name] for each in fields(Receipt) if each.name in item})
