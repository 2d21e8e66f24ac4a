"""Batches: the rest of one is asked for again, for a while."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.engines import Tables
from tests.kernel.test_engine import answering
from tests.proxy import Fault, Proxy, saying
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb import engine as module
from ticketing.kernel.dynamodb.engine import ATTEMPTS, Engine
from ticketing.kernel.retries import AT_ONCE

pytestmark = pytest.mark.usefixtures("no_pauses")


def keys(customerID: int, number: int) -> list[dict[str, Any]]:
    return [{"customerID": customerID, "ticketID": ticketID} for ticketID in range(1, number + 1)]


def left_out(scratch: Tables, found: list[dict[str, Any]], left: list[dict[str, Any]]) -> Fault:
    table = scratch.names["tickets"]
    return saying(json.dumps({"Responses": {table: found}, "UnprocessedKeys": {table: {"Keys": left}}}).encode(), 200)


def test_the_rest_of_a_batch_is_asked_for(proxy: Proxy, engine: Engine, scratch: Tables, customerID: int) -> None:
    asked = keys(customerID, 100)
    puts = [{"PutRequest": {"Item": engine.typed(key)}} for key in asked]
    engine.batch_write(scratch.names["tickets"], puts)
    proxy.seen.clear()
    typed = [engine.typed(key) for key in asked]
    proxy.faults["BatchGetItem"] = [left_out(scratch, typed[:30], typed[30:100])]
    found = list(engine.batch_get(scratch.names["tickets"], asked))
    assert sorted(item["ticketID"] for item in found) == list(range(1, 101))
    assert proxy.seen == ["BatchGetItem"] * 2


def test_batches_are_asked_for_ahead_but_not_all_of_them(
    engine: Engine, scratch: Tables, customerID: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, under_way, most = engine.ask, 0, 0

    def seen(operation: str, **parameters: Any) -> Callable[[], Any]:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        wait = ask(operation, **parameters)

        def answer() -> Any:
            nonlocal under_way
            under_way -= 1
            return wait()

        return answer

    monkeypatch.setattr(engine, "ask", seen)
    assert list(engine.batch_get(scratch.names["tickets"], keys(customerID, 100 * AT_ONCE + 101))) == []
    assert (under_way, most) == (0, AT_ONCE)


def test_a_batch_that_stays_incomplete_is_unavailable(
    proxy: Proxy, engine: Engine, scratch: Tables, customerID: int
) -> None:
    asked = keys(customerID, 2)
    proxy.faults["BatchGetItem"] = [left_out(scratch, [], [engine.typed(asked[0])])] * ATTEMPTS
    with pytest.raises(Unavailable):
        list(engine.batch_get(scratch.names["tickets"], asked))


def left_to_write(scratch: Tables, requests: list[dict[str, Any]]) -> Fault:
    return saying(json.dumps({"UnprocessedItems": {scratch.names["tickets"]: requests}}).encode(), 200)


def test_the_rest_of_a_batch_is_written(proxy: Proxy, engine: Engine, scratch: Tables, customerID: int) -> None:
    puts = [{"PutRequest": {"Item": engine.typed(key)}} for key in keys(customerID, 30)]
    proxy.faults["BatchWriteItem"] = [left_to_write(scratch, puts[:20])]
    engine.batch_write(scratch.names["tickets"], puts)
    assert proxy.seen == ["BatchWriteItem"] * 3
    assert len(list(engine.batch_get(scratch.names["tickets"], keys(customerID, 30)))) == 30
    proxy.faults["BatchWriteItem"] = [left_to_write(scratch, puts[:1])] * ATTEMPTS
    with pytest.raises(Unavailable):
        engine.batch_write(scratch.names["tickets"], puts[:1])


def test_there_is_a_pause_before_another_try_and_none_before_giving_up(
    proxy: Proxy, engine: Engine, scratch: Tables, customerID: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[int] = []

    def pause(attempt: int) -> bool:
        pauses.append(attempt)
        return True

    monkeypatch.setattr(module, "pause", pause)
    table, (key,) = scratch.names["tickets"], keys(customerID, 1)
    put = {"PutRequest": {"Item": engine.typed(key)}}
    proxy.faults["BatchGetItem"] = [left_out(scratch, [], [engine.typed(key)])] * ATTEMPTS
    proxy.faults["BatchWriteItem"] = [left_to_write(scratch, [put])] * ATTEMPTS
    proxy.faults["PutItem"] = [answering(400, "TransactionConflictException")] * ATTEMPTS
    with pytest.raises(Unavailable):
        list(engine.batch_get(table, [key]))
    with pytest.raises(Unavailable):
        engine.batch_write(table, [put])
    with pytest.raises(Unavailable):
        engine.insist("put_item", TableName=table, Item=engine.typed(key))
    assert pauses == [*range(ATTEMPTS - 1)] * 3
