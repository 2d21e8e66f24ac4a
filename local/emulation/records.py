"""Records of tables' streams, where the engine or the emulator keeps them."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from local.emulation.tables import DYNAMODB, EngineConnection

type Record = dict[str, Any]
type Source = Callable[[str, int, int], list[Record]]
"""Return a table's records after a place, so many at most."""

STREAMS = "DynamoDBStreams_20120810"


def place_of(record: Record) -> int:
    """Return the place of a record in its stream."""
    return int(record["dynamodb"]["SequenceNumber"])


def in_engine(engine: EngineConnection) -> Source:
    """Return what reads the streams of the tables that the engine keeps, each of which is one shard."""
    nexts: dict[str, tuple[int, str]] = {}  # by table: the place after which the last reply told how to go on, and how

    @cache
    def shard_of(table: str) -> dict[str, str]:
        stream = engine.call(f"{DYNAMODB}.DescribeTable", TableName=table)["Table"]["LatestStreamArn"]
        (shard,) = engine.call(f"{STREAMS}.DescribeStream", StreamArn=stream)["StreamDescription"]["Shards"]
        return {"StreamArn": stream, "ShardId": shard["ShardId"]}

    def iterator(table: str, place: int) -> str:
        told, going_on = nexts.pop(table, (-1, ""))
        if told == place:
            return going_on
        after = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": str(place)}
        start = after if place else {"ShardIteratorType": "TRIM_HORIZON"}
        return str(engine.call(f"{STREAMS}.GetShardIterator", **shard_of(table), **start)["ShardIterator"])

    def read(table: str, place: int, limit: int) -> list[Record]:
        reply = engine.call(f"{STREAMS}.GetRecords", ShardIterator=iterator(table, place), Limit=limit)
        records: list[Record] = reply["Records"]
        if going_on := reply.get("NextShardIterator"):
            nexts[table] = (place_of(records[-1]) if records else place, going_on)
        return records

    return read


def in_emulator() -> Source:
    """Return what reads the streams of the tables that the emulator keeps itself."""
    tables: Any = import_module("ministack.services.dynamodb")

    def read(table: str, place: int, limit: int) -> list[Record]:
        return [record for record in tables.stream_live_records(table) if place_of(record) > place][:limit]

    return read
