"""Write units by partition key, as DynamoDB's tables and indexes receive them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.export import schema
from ticketing.kernel.dynamodb.client import DynamoClient

type Key = tuple[str, str]
"""A table or `table/index`, and the value of its partition key; of an index the customer stands for all its keys."""


@dataclass
class Traffic:
    """Sums up what a client writes, by key.

    Units of a request to several keys are divided in the proportion of its items. Those of an index are added to one
    key for each table: a customer may have one status, one holder and one channel only, so they may all meet in one.
    """

    units: Counter[Key] = field(default_factory=Counter)

    def attach(self, client: DynamoClient) -> None:
        """Follow a client."""
        call = client.call

        def followed(operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
            reply = call(operation, {**parameters, "ReturnConsumedCapacity": "INDEXES"})
            self._note(parameters, reply.get("ConsumedCapacity", []))
            return reply

        client.call = followed  # type: ignore[method-assign]

    def _note(self, parameters: Mapping[str, Any], consumed: Any) -> None:
        keys = list(_written(parameters))
        for each in consumed if keys and isinstance(consumed, list) else [consumed] if keys else []:
            table = each["TableName"]
            own = [key for name, key in keys if name == table]
            for key in own:
                self.units[table, key] += each["Table"]["CapacityUnits"] / len(own)
            for index, units in each.get("GlobalSecondaryIndexes", {}).items():
                self.units[f"{table}/{index}", "customer"] += units["CapacityUnits"]


def _written(parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the table and the partition key of each item that a request writes; nothing of one that reads."""
    for step in parameters.get("TransactItems", [{"": parameters}]):
        for kind, item in step.items():
            if "Item" in item:
                yield item["TableName"], _partition(item["TableName"], item["Item"])
            elif "UpdateExpression" in item or kind == "Delete" or "ReturnValues" in item:
                yield item["TableName"], _partition(item["TableName"], item["Key"])
    for table, requests in parameters.get("RequestItems", {}).items():
        for request in requests if isinstance(requests, list) else []:
            for item in request.values():
                yield table, _partition(table, item.get("Item") or item["Key"])


def _partition(table: str, item: Mapping[str, Any]) -> str:
    name = _PARTITION_KEYS[table]
    return str(next(iter(item[name].values())))


_PARTITION_KEYS = {
    table["Table"]["TableName"]: next(
        key["AttributeName"] for key in table["Table"]["KeySchema"] if key["KeyType"] == "HASH"
    )
    for table in schema()
}
