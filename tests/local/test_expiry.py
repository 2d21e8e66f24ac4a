"""Items whose time to live is over are deleted, as a stream tells it, and no others."""

from contextlib import closing
from urllib.parse import urlsplit

from local.emulation.expiry import sweep
from local.emulation.tables import EngineConnection
from tests.engines import boto3_client

NOW = 1_800_000_000
COUNT = 5


def test_what_has_expired_is_deleted_and_nothing_else(engine_url: str) -> None:
    client = boto3_client(engine_url)
    client.create_table(
        TableName="Expiring",
        AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    client.update_time_to_live(
        TableName="Expiring", TimeToLiveSpecification={"AttributeName": "goneAt", "Enabled": True}
    )
    padding = {"S": "x" * 300_000}  # so that a scan takes several pages
    for number in range(COUNT):
        moments = {"over": NOW - 1, "now": NOW, "later": NOW + 1}
        for name, moment in moments.items():
            item = {"name": {"S": f"{name} {number}"}, "goneAt": {"N": str(moment)}, "padding": padding}
            client.put_item(TableName="Expiring", Item=item)
    client.put_item(TableName="Expiring", Item={"name": {"S": "for ever"}})
    with closing(EngineConnection(urlsplit(engine_url).port or 0)) as engine:
        sweep(engine, "Expiring", NOW)
    names = {f"{name} {number}" for name in ("now", "later") for number in range(COUNT)} | {"for ever"}
    pages = client.get_paginator("scan").paginate(TableName="Expiring", AttributesToGet=["name"])
    assert {item["name"]["S"] for page in pages for item in page["Items"]} == names


def test_a_table_whose_items_do_not_expire_is_left_alone(engine_url: str) -> None:
    client = boto3_client(engine_url)
    client.create_table(
        TableName="Lasting",
        AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.put_item(TableName="Lasting", Item={"name": {"S": "kept"}, "goneAt": {"N": "1"}})
    with closing(EngineConnection(urlsplit(engine_url).port or 0)) as engine:
        sweep(engine, "Lasting", NOW)
    assert client.scan(TableName="Lasting")["Count"] == 1
