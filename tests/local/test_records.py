"""Records of a stream in the engine: one call for each look, as a reply says how the next goes on."""

from typing import Any

import pytest

from local.emulation.records import EngineStreams, Record, place_of
from local.emulation.tables import CallRefused, EngineConnection

TABLE = "Tickets"


class ScriptedEngine(EngineConnection):
    """An engine with a stream of some records, whose iterators are the places after which they begin."""

    def __init__(self, count: int) -> None:
        super().__init__(0)
        self.count, self.asked, self.is_failing = count, list[str](), False

    def call(self, target: str, **fields: Any) -> Any:
        operation = target.partition(".")[2]
        self.asked.append(operation)
        answer: dict[str, Any] = getattr(self, operation)(fields)
        return answer

    def DescribeTable(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"Table": {"LatestStreamArn": "stream"}}

    def DescribeStream(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"StreamDescription": {"Shards": [{"ShardId": "shard"}]}}

    def GetShardIterator(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {"ShardIterator": fields.get("SequenceNumber", "0")}

    def GetRecords(self, fields: dict[str, Any]) -> dict[str, Any]:
        if self.is_failing:
            raise CallRefused("ExpiredIteratorException")
        begin = int(fields["ShardIterator"]) + 1
        places = range(begin, min(begin + fields["Limit"], self.count + 1))
        records = [{"dynamodb": {"SequenceNumber": str(place)}} for place in places]
        return {"Records": records, "NextShardIterator": str(places[-1] if places else begin - 1)}


def places(records: list[Record]) -> list[int]:
    return [place_of(record) for record in records]


def test_records_are_read_from_the_beginning_and_after_a_place() -> None:
    read = EngineStreams(ScriptedEngine(5)).records
    assert places(read(TABLE, 0, 100)) == [1, 2, 3, 4, 5]
    assert places(read(TABLE, 3, 1)) == [4]


def test_going_on_takes_one_call() -> None:
    engine = ScriptedEngine(5)
    read = EngineStreams(engine).records
    read(TABLE, 0, 3)
    engine.asked.clear()
    assert places(read(TABLE, 3, 100)) == [4, 5]
    assert read(TABLE, 5, 100) == []
    engine.count = 6
    assert places(read(TABLE, 5, 100)) == [6]
    assert engine.asked == ["GetRecords"] * 3


def test_two_readers_of_a_table_at_other_places_each_get_their_own() -> None:
    read = EngineStreams(ScriptedEngine(5)).records
    assert places(read(TABLE, 0, 4)) == [1, 2, 3, 4]
    assert places(read(TABLE, 1, 2)) == [2, 3]
    assert places(read(TABLE, 4, 100)) == [5]


def test_after_a_failure_the_place_is_looked_up_again() -> None:
    engine = ScriptedEngine(5)
    read = EngineStreams(engine).records
    read(TABLE, 0, 3)
    engine.is_failing = True
    with pytest.raises(CallRefused):
        read(TABLE, 3, 100)
    engine.is_failing = False
    engine.asked.clear()
    assert places(read(TABLE, 3, 100)) == [4, 5]
    assert engine.asked == ["GetShardIterator", "GetRecords"]
