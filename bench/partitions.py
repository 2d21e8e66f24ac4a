"""Write units by partition, worked out from what is asked of DynamoDB, which tells them by table only."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from typing import Any

from ticketing.kernel.aws.client import JsonClient

type Item = Mapping[str, Any]
type Units = defaultdict[tuple[str, str], float]
"""Units by table or index, and by the value of its partition key."""
KINDS = {"PutItem": "Put", "UpdateItem": "Update", "DeleteItem": "Delete"}
"""Single writes, named as in a transaction."""


@dataclass
class Partitions:
    """Sums up the units of a client's requests by table or index and partition; `schemas` are tables as DescribeTable
    tells of them. `told` are the write units of which DynamoDB itself tells."""

    schemas: Mapping[str, Mapping[str, Any]]
    written: Units = field(default_factory=lambda: defaultdict(float))
    read: Units = field(default_factory=lambda: defaultdict(float))
    told: float = 0.0
    _items: dict[tuple[str, str], Item] = field(default_factory=dict, repr=False)
    _is_paused: bool = field(default=False, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def attach(self, client: JsonClient) -> None:
        """Watch a client, whose tables are read first."""
        ask = client.ask
        for table in self.schemas:
            for item in _scanned(client, table):
                self._items[table, self._key(table, item)] = item

        def watched(operation: str, parameters: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
            wait = ask(operation, {**parameters, "ReturnConsumedCapacity": "TOTAL"})

            def answer() -> dict[str, Any]:
                reply = wait()
                with self._lock:
                    if not self._is_paused:
                        self._note(operation, parameters, reply["ConsumedCapacity"])
                return reply

            return answer

        client.ask = watched  # type: ignore[method-assign]

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Count nothing meanwhile."""
        self._is_paused = True
        yield
        self._is_paused = False

    def reset(self) -> None:
        """Forget all units."""
        self.written.clear()
        self.read.clear()
        self.told = 0.0

    def _note(self, operation: str, parameters: Mapping[str, Any], consumed: Any) -> None:
        told = consumed if isinstance(consumed, list) else [consumed]
        if operation in ("GetItem", "Query", "BatchGetItem"):
            for each in told:
                self.read[_asked(operation, each["TableName"], parameters)] += each["CapacityUnits"]
            return
        self.told += sum(each["CapacityUnits"] for each in told)
        for table, kind, action, factor in _actions(operation, parameters):
            self._write(table, kind, action, factor)

    def _write(self, table: str, kind: str, action: Mapping[str, Any], factor: int) -> None:
        key = self._key(table, action.get("Item") or action["Key"])
        old = self._items.pop((table, key), None)
        new = _written(kind, action, old)
        if new is not None:
            self._items[table, key] = new
        size = max(_size(each) for each in (old, new, action.get("Key")) if each is not None)
        self.written[table, key.split(" ")[0]] += factor * ceil(size / 1024)
        for index in self.schemas[table].get("GlobalSecondaryIndexes", []):
            self._write_index(f"{table} {index['IndexName']}", index, old, new)

    def _write_index(self, name: str, index: Mapping[str, Any], old: Item | None, new: Item | None) -> None:
        """Count the removal of an index's entry and another's entering; one unit where only what it holds differs."""
        keys = [each["AttributeName"] for each in index["KeySchema"]]
        before, after = (each if each and all(key in each for key in keys) else None for each in (old, new))
        if before and after and all(before[key] == after[key] for key in keys):
            held = [*index["Projection"].get("NonKeyAttributes", [])]
            if index["Projection"]["ProjectionType"] == "ALL":
                held = [*before.keys() | after.keys()]
            if any(before.get(each) != after.get(each) for each in held):
                self.written[name, _text(after[keys[0]])] += 1
            return
        for entry in filter(None, (before, after)):
            self.written[name, _text(entry[keys[0]])] += 1

    def _key(self, table: str, item: Item) -> str:
        return " ".join(_text(item[each["AttributeName"]]) for each in self.schemas[table]["KeySchema"])


def _actions(operation: str, parameters: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any], int]]:
    """Yield the table, kind and parameters of each write, and how many times as much as by itself it costs."""
    if operation in KINDS:
        yield parameters["TableName"], KINDS[operation], parameters, 1
    for action in parameters.get("TransactItems", ()):
        for kind, each in action.items():
            yield each["TableName"], kind, each, 2
    for table, requests in parameters.get("RequestItems", {}).items():
        for request in requests:
            for kind, each in request.items():
                yield table, kind.removesuffix("Request"), each, 1


def _written(kind: str, action: Mapping[str, Any], old: Item | None) -> Item | None:
    """Return the item that a write leaves; an update is taken to add the attributes that it names."""
    if kind == "Put":
        return dict(action["Item"])
    if kind == "Delete":
        return None
    names = action.get("ExpressionAttributeNames", {}).values()
    return {name: {"N": "10"} for name in names} | {**(old or {}), **action["Key"]}


def _asked(operation: str, table: str, parameters: Mapping[str, Any]) -> tuple[str, str]:
    if operation == "Query":
        (place,) = re.findall(r"^\S+ = (:\w+)", parameters["KeyConditionExpression"])
        where = f"{table} {parameters['IndexName']}" if "IndexName" in parameters else table
        return where, _text(parameters["ExpressionAttributeValues"][place])
    key = parameters["Key"] if operation == "GetItem" else parameters["RequestItems"][table]["Keys"][0]
    return table, _text(next(iter(key.values())))


def _scanned(client: JsonClient, table: str) -> Iterator[Item]:
    start: dict[str, Any] = {}
    while True:
        reply = client.call("Scan", {"TableName": table, **start})
        yield from reply["Items"]
        if "LastEvaluatedKey" not in reply:
            return
        start = {"ExclusiveStartKey": reply["LastEvaluatedKey"]}


def _text(value: Mapping[str, Any]) -> str:
    return str(next(iter(value.values())))


def _size(item: Item) -> int:
    """Return about how many bytes an item takes: those of its names and of its values as text."""
    return sum(
        len(name) + len(json.dumps(next(iter(value.values())), ensure_ascii=False).encode())
        for name, value in item.items()
    )
