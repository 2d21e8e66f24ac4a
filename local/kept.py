"""Writes to DynamoDB that are kept for an import instead of being sent; reads are sent."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.dynamodb.engine import Engine

type Keys = Mapping[str, list[str]]
"""The names of each table's key."""
type Sums = dict[tuple[str, str], Counter[str]]
"""Sums to be added to the attributes of an item, by its table and the JSON of its key."""


class KeepingEngine(Engine):
    """Keeps items that are put, the newest of each key, and sums of what is added to others; heeds no condition."""

    def __init__(self, client: JsonClient, keys: Keys) -> None:
        super().__init__(client)
        self._keys = keys
        self._items: defaultdict[str, dict[tuple[str, ...], Any]] = defaultdict(dict)
        self.sums: Sums = {}

    def call(self, operation: str, **parameters: Any) -> Any:
        """Keep puts and additions; send everything else, and a transaction that deletes: it is about what is there.
        Raises ValueError for an update that is no addition."""
        if operation == "put_item":
            self._put(parameters)
        elif operation == "transact_write_items" and not any("Delete" in each for each in parameters["TransactItems"]):
            for action in parameters["TransactItems"]:
                self._put(action["Put"]) if "Put" in action else self._add(action["Update"])
        else:
            return super().call(operation, **parameters)
        return {}

    def batch_write(self, table: str, requests: Iterable[Mapping[str, Any]]) -> None:
        """Keep the items of puts."""
        for request in requests:
            self._put({"TableName": table, **request["PutRequest"]})

    def export(self, folder: Path) -> None:
        """Write the items that were put as an export of DynamoDB's: a file of lines for each table."""
        for table, items in self._items.items():
            file = folder / table / "data" / "all.json"
            file.parent.mkdir(parents=True)
            with file.open("w") as lines:
                lines.writelines(json.dumps({"Item": item}, ensure_ascii=False) + "\n" for item in items.values())

    def _put(self, details: Mapping[str, Any]) -> None:
        table, item = details["TableName"], details["Item"]
        self._items[table][tuple(value for name in self._keys[table] for value in item[name].values())] = item

    def _add(self, details: Mapping[str, Any]) -> None:
        sums = self.sums.setdefault((details["TableName"], json.dumps(details["Key"])), Counter())
        verb, _, additions = details["UpdateExpression"].partition(" ")
        if verb != "ADD":
            raise ValueError(details["UpdateExpression"])
        for addition in additions.split(","):
            name, value = addition.split()
            sums[details.get("ExpressionAttributeNames", {}).get(name, name)] += int(
                details["ExpressionAttributeValues"][value]["N"]
            )


def add_sums(engine: Engine, sums: Sums) -> None:
    """Send what is to be added, once per item."""
    for (table, key), additions in sums.items():
        names = {f"#{place}": name for place, name in enumerate(additions)}
        values = {f":{place}": {"N": str(change)} for place, change in enumerate(additions.values())}
        engine.insist(
            "update_item",
            TableName=table,
            Key=json.loads(key),
            UpdateExpression="ADD " + ", ".join(f"#{place} :{place}" for place in range(len(additions))),
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=values,
        )
