"""Batches of a table's stream: delivered in order, in part, in halves, and given up as the mapping says."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from local.emulation import streams
from local.emulation.activity import Activity
from local.emulation.records import Record, place_of
from local.emulation.streams import Delivery, Places

READER = "indexer Tickets"
ALL = list(range(1, 9))


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "RETRY", 0)


def record(place: int, age: float = 0) -> Record:
    return {"dynamodb": {"SequenceNumber": str(place), "ApproximateCreationDateTime": time.time() - age}}


def places_in(event: dict[str, Any]) -> list[int]:
    return [place_of(record) for record in event["Records"]]


class Functions:
    """The emulator's functions, as far as a delivery calls them."""

    def __init__(self, answer: Callable[[list[int]], dict[str, Any]], handed_over: list[tuple[int, str]]) -> None:
        self.calls: list[list[int]] = []
        self._answer = answer
        self._handed_over = handed_over

    def _get_func_record_for_qualifier(self, name: str, qualifier: str | None) -> tuple[str, None]:
        return f"{name}:{qualifier}", None

    def _execute_function(self, _: str, event: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(places_in(event))
        return self._answer(self.calls[-1])

    def _send_ddb_stream_failure_record(self, *word: Any) -> None:
        _, _, batch, _, _, reason = word
        self._handed_over += [(place_of(record), reason) for record in batch]


class Delivered:
    """The result of delivering eight records."""

    def __init__(
        self, folder: Path, answer: Callable[[list[int]], dict[str, Any]], age: float = 0, **settings: Any
    ) -> None:
        self.handed_over: list[tuple[int, str]] = []
        self.functions = Functions(answer, self.handed_over)
        self.places = Places(folder / "places.json")
        mapping: dict[str, Any] = {
            "EventSourceArn": "arn:aws:dynamodb:::table/Tickets/stream/1",
            "FunctionName": "indexer",
        }
        mapping |= {"BatchSize": 100, "BisectBatchOnFunctionError": True, **settings}
        delivery = Delivery(self.functions, lambda *_: [], Activity(), self.places, mapping)
        delivery._deliver([record(place, age) for place in ALL])


@pytest.fixture(autouse=True)
def queues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "keep", lambda: None)


def test_a_batch_that_goes_well_is_one_call(tmp_path: Path) -> None:
    done = Delivered(tmp_path, lambda _: {"body": '{"batchItemFailures": []}'})
    assert done.functions.calls == [ALL]
    assert Places(tmp_path / "places.json").of(READER) == 8


def test_only_what_failed_and_what_follows_comes_again(tmp_path: Path) -> None:
    failures = iter([["5"], []])

    def answer(_: list[int]) -> dict[str, Any]:
        return {"body": {"batchItemFailures": [{"itemIdentifier": number} for number in next(failures)]}}

    assert Delivered(tmp_path, answer).functions.calls == [ALL, [5, 6, 7, 8]]


def test_one_bad_record_is_handed_over_alone_and_the_others_are_done(tmp_path: Path) -> None:
    well = set[int]()

    def answer(places: list[int]) -> dict[str, Any]:
        if 3 in places:
            return {"error": True}
        well.update(places)
        return {}

    done = Delivered(tmp_path, answer, MaximumRetryAttempts=2)
    assert well == {*ALL} - {3}
    assert done.handed_over == [(3, "RetryAttemptsExhausted")]
    assert done.functions.calls.count([3]) == 3
    assert done.places.of(READER) == 8


def test_a_record_that_is_too_old_is_not_tried_again(tmp_path: Path) -> None:
    done = Delivered(tmp_path, lambda _: {"error": True}, age=60, MaximumRecordAgeInSeconds=30)
    assert done.handed_over == [(place, "MaxRecordAgeExceeded") for place in ALL]


def test_where_a_reader_is_outlives_it(tmp_path: Path) -> None:
    Places(tmp_path / "places.json").keep(READER, 7)
    again = Places(tmp_path / "places.json")
    assert (again.of(READER), again.of("another")) == (7, 0)
