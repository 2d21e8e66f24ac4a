"""Records of tables' streams, where the engine or the emulator keeps them."""

from collections.abc import Callable
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


class EngineStreams:
    """The streams of the tables that the engine keeps, each of which is one shard."""

    def __init__(self, engine: EngineConnection) -> None:
        self._engine = engine
        self._shards: dict[str, dict[str, str]] = {}
        self._next: dict[str, tuple[int, str]] = {}  # by table: how to go on, and after which place

    def records(self, table: str, place: int, limit: int) -> list[Record]:
        """Return a table's records after a place, so many at most. Raises CallRefused."""
        iterator = self._iterator(table, place)
        reply = self._engine.call(f"{STREAMS}.GetRecords", ShardIterator=iterator, Limit=limit)
        records: list[Record] = reply["Records"]
        if following := reply.get("NextShardIterator"):
            self._next[table] = (place_of(records[-1]) if records else place, following)
        return records

    def _iterator(self, table: str, place: int) -> str:
        after, following = self._next.pop(table, (-1, ""))
        if after == place:
            return following
        begin = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": str(place)}
        start = begin if place else {"ShardIteratorType": "TRIM_HORIZON"}
        made = self._engine.call(f"{STREAMS}.GetShardIterator", **self._shard(table), **start)
        return str(made["ShardIterator"])

    def _shard(self, table: str) -> dict[str, str]:
        if table not in self._shards:
            stream = self._engine.call(f"{DYNAMODB}.DescribeTable", TableName=table)["Table"]["LatestStreamArn"]
            described = self._engine.call(f"{STREAMS}.DescribeStream", StreamArn=stream)["StreamDescription"]
            (shard,) = described["Shards"]
            self._shards[table] = {"StreamArn": stream, "ShardId": shard["ShardId"]}
        return self._shards[table]


def in_emulator() -> Source:
    """Return what reads the streams of the tables that the emulator keeps itself."""
    tables: Any = import_module("ministack.services.dynamodb")

    def read(table: str, place: int, limit: int) -> list[Record]:
        return [record for record in tables.stream_live_records(table) if place_of(record) > place][:limit]

    return read
