"""Writes that are kept for an import."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from local.kept import KeepingEngine, add_sums
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.services import DYNAMODB
from ticketing.kernel.dynamodb.engine import Engine

KEYS = {"Shelves": ["shelf", "row"]}


class Client(JsonClient):
    """Notes what it is sent."""

    def __init__(self) -> None:
        super().__init__(DYNAMODB, "http://127.0.0.1", "nowhere")
        self.sent: list[tuple[str, dict[str, Any]]] = []

    def ask(self, operation: str, parameters: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
        self.sent.append((operation, dict(parameters)))
        return lambda: {"Item": {"shelf": {"N": "1"}}}


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def engine(client: Client) -> KeepingEngine:
    return KeepingEngine(client, KEYS)


def item(row: int, book: str) -> dict[str, Any]:
    return {"shelf": {"N": "1"}, "row": {"N": str(row)}, "book": {"S": book}}


def addition(row: int, change: int) -> dict[str, Any]:
    return {
        "TableName": "Shelves",
        "Key": {"shelf": {"N": "1"}, "row": {"N": str(row)}},
        "UpdateExpression": "ADD #books :books, moves :moves",
        "ExpressionAttributeNames": {"#books": "books"},
        "ExpressionAttributeValues": {":books": {"N": str(change)}, ":moves": {"N": "1"}},
    }


def test_the_newest_item_of_each_key_is_exported_and_nothing_is_sent(
    engine: KeepingEngine, client: Client, tmp_path: Path
) -> None:
    engine.call("put_item", TableName="Shelves", Item=item(1, "old"))
    engine.call("transact_write_items", TransactItems=[{"Put": {"TableName": "Shelves", "Item": item(1, "new")}}])
    engine.batch_write("Shelves", [{"PutRequest": {"Item": item(2, "other")}}])
    engine.export(tmp_path)
    lines = (tmp_path / "Shelves/data/all.json").read_text().splitlines()
    assert [json.loads(line)["Item"] for line in lines] == [item(1, "new"), item(2, "other")]
    assert client.sent == []


def test_what_is_added_to_an_item_is_sent_as_one_sum(engine: KeepingEngine, client: Client) -> None:
    for change in (3, -1):
        engine.call("transact_write_items", TransactItems=[{"Update": addition(1, change)}])
    add_sums(Engine(client), engine.sums)
    ((operation, sent),) = client.sent
    names = {name: sent["ExpressionAttributeValues"][f":{place}"] for place, name in enumerate(["books", "moves"])}
    assert (operation, sent["Key"], names) == (
        "UpdateItem",
        addition(1, 0)["Key"],
        {"books": {"N": "2"}, "moves": {"N": "2"}},
    )
    assert sent["UpdateExpression"] == "ADD #0 :0, #1 :1"


def test_an_update_that_is_no_addition_is_refused(engine: KeepingEngine) -> None:
    update = addition(1, 1) | {"UpdateExpression": "SET books = :books"}
    with pytest.raises(ValueError, match="SET"):
        engine.call("transact_write_items", TransactItems=[{"Update": update}])


def test_reads_and_what_deletes_are_sent(engine: KeepingEngine, client: Client) -> None:
    key = {"shelf": {"N": "1"}, "row": {"N": "1"}}
    assert engine.call("get_item", TableName="Shelves", Key=key)["Item"]
    engine.call("transact_write_items", TransactItems=[{"Delete": {"TableName": "Shelves", "Key": key}}])
    assert [operation for operation, _ in client.sent] == ["GetItem", "TransactWriteItems"]
