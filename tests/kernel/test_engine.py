"""Calls to DynamoDB, and what their failures mean: Unavailable for what passes, a defect for what does not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.engines import Tables, client_of
from tests.local_stack import free_port
from tests.proxy import Fault, Handler, Proxy, dropped, hung, saying
from ticketing.errors import Unavailable
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.connections import ServiceReply
from ticketing.kernel.dynamodb.engine import Engine, Refused, TransactionRefused
from ticketing.kernel.ports import Contended
from ticketing.kernel.retries import TRIES, Refusal
from ticketing.kernel.timelimit import within

pytestmark = pytest.mark.usefixtures("no_pauses")


PREFIX = "com.amazonaws.dynamodb.v20120810#"


def answering(status: int, code: str, **members: Any) -> Fault:
    """The engine answers with an error of its own."""
    document = {"__type": PREFIX + code, "message": "x", **members}

    def fault(handler: Handler, _: bytes, __: int) -> None:
        handler.answer(json.dumps(document).encode(), status)

    return fault


GARBLED = [
    (200, b'{"Item": {"customerID": {"N": "1"}'),
    (200, b"<html>Sign in to this network</html>"),
    (200, b"[1, 2]"),
    (200, b""),
    (200, b"\xff\xfe"),
    (200, b"[" * 100_000),
    (400, b'{"__type":"com.amazonaws.dynamodb.v20120810#Conditional'),
    (403, b"<html>Forbidden</html>"),
    (502, b"<html>bad gateway</html>"),
]


def read(engine: Engine, scratch: Tables) -> Any:
    key = engine.typed({"customerID": 400_000, "ticketID": 1})
    return engine.call("get_item", TableName=scratch.names["tickets"], Key=key)


def noted(client: JsonClient) -> list[float]:
    """Note the seconds that each try from now on may take."""
    allowed, ask = list[float](), client.connections.ask

    def noting(*asked: Any) -> Callable[[float], ServiceReply]:
        allowed.append(asked[-1])
        return ask(*asked)

    client.connections.ask = noting  # type: ignore[method-assign, assignment]
    return allowed


PASSING = [
    (400, "ProvisionedThroughputExceededException"),
    (400, "ThrottlingException"),
    (400, "RequestLimitExceeded"),
    (400, "TransactionInProgressException"),
    (500, "InternalServerError"),
    (503, "ServiceUnavailable"),
    (502, "UnheardOf"),
]


@pytest.mark.parametrize(("status", "code"), PASSING)
def test_what_passes_is_unavailable(proxy: Proxy, engine: Engine, scratch: Tables, status: int, code: str) -> None:
    proxy.faults["GetItem"] = [answering(status, code)] * 3
    with pytest.raises(Unavailable) as refusal:
        read(engine, scratch)
    assert int(refusal.value.headers["Retry-After"]) > 0


def test_what_passes_at_once_is_not_even_noticed(proxy: Proxy, engine: Engine, scratch: Tables) -> None:
    proxy.faults["GetItem"] = [answering(400, "ThrottlingException"), dropped]
    assert "Item" not in read(engine, scratch)
    assert len(proxy.seen) == 3


def test_a_line_that_stays_dead_is_unavailable(proxy: Proxy, engine: Engine, scratch: Tables) -> None:
    proxy.faults["GetItem"] = [dropped] * 3
    with pytest.raises(Unavailable):
        read(engine, scratch)


@pytest.mark.parametrize("answer", [(502, b"<html>bad gateway</html>"), (503, b""), (500, b"{")])
def test_a_failure_without_words_is_unavailable(
    engine: Engine, proxy: Proxy, scratch: Tables, answer: tuple[int, bytes]
) -> None:
    status, body = answer
    proxy.faults["GetItem"] = [saying(body, status)] * 3
    with pytest.raises(Unavailable):
        read(engine, scratch)


def test_an_engine_that_does_not_listen_is_unavailable(scratch: Tables) -> None:
    with pytest.raises(Unavailable):
        read(Engine(client_of(f"http://127.0.0.1:{free_port()}")), scratch)


def test_an_engine_that_does_not_answer_in_time_is_unavailable(proxy: Proxy, scratch: Tables) -> None:
    client = client_of(proxy.url, patience=0.05)
    proxy.faults["GetItem"] = [hung] * 3
    allowed = noted(client)
    with pytest.raises(Unavailable):
        read(Engine(client), scratch)
    assert allowed == [0.05] * TRIES


@pytest.mark.parametrize("answer", GARBLED)
def test_an_answer_that_cannot_be_parsed_is_none(
    engine: Engine, proxy: Proxy, scratch: Tables, answer: tuple[int, bytes]
) -> None:
    """Least of all does it say that there is no such item."""
    status, body = answer
    proxy.faults["GetItem"] = [saying(body, status)]
    assert "Item" not in read(engine, scratch)
    assert len(proxy.seen) == 2
    proxy.faults["GetItem"] = [saying(body, status)] * 3
    with pytest.raises(Unavailable) as refusal:
        read(engine, scratch)
    assert refusal.value.about == f"GetItem of {scratch.names['tickets']}: Garbled"


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "AccessDeniedException", "UnrecognizedClientException"])
def test_what_is_not_granted_or_not_there_is_unavailable_and_named(
    proxy: Proxy, engine: Engine, scratch: Tables, code: str
) -> None:
    proxy.faults["GetItem"] = [answering(400, code)]
    with pytest.raises(Unavailable) as refusal:
        read(engine, scratch)
    assert refusal.value.about == f"GetItem of {scratch.names['tickets']}: {code}"
    proxy.faults["TransactWriteItems"] = [answering(400, code)]
    with pytest.raises(Unavailable) as refusal:
        transact(engine)
    assert refusal.value.about == f"TransactWriteItems of x: {code}"
    proxy.faults["BatchGetItem"] = [answering(400, code)]
    with pytest.raises(Unavailable) as refusal:
        list(engine.batch_get("y", [{"customerID": 1}]))
    assert refusal.value.about == f"BatchGetItem of y: {code}"
    assert proxy.seen == ["GetItem", "TransactWriteItems", "BatchGetItem"]


def test_nothing_is_asked_when_no_time_is_left(proxy: Proxy, engine: Engine, scratch: Tables) -> None:
    with within(0), pytest.raises(Unavailable):
        read(engine, scratch)
    assert proxy.seen == []


def test_a_try_takes_no_longer_than_what_is_left(proxy: Proxy, scratch: Tables) -> None:
    """Where the first use all time that there is, no other is begun."""
    proxy.hangs = 3
    client = client_of(proxy.url)
    allowed = noted(client)
    with within(1), pytest.raises(Unavailable):
        read(Engine(client), scratch)
    (seconds,) = allowed
    assert seconds <= 1


@pytest.mark.parametrize("code", ["ValidationException", "SerializationException"])
def test_a_defect_of_ours_is_none_of_the_engines(proxy: Proxy, engine: Engine, scratch: Tables, code: str) -> None:
    proxy.faults["GetItem"] = [answering(400, code)]
    with pytest.raises(Refusal) as defect:
        read(engine, scratch)
    assert defect.value.__cause__ is None


def transact(engine: Engine) -> None:
    engine.call("transact_write_items", TransactItems=[{"Delete": {"TableName": "x", "Key": {"x": {"S": "x"}}}}])


def test_a_transaction_that_meets_another_is_contended(proxy: Proxy, engine: Engine) -> None:
    reasons = [{"Code": "ConditionalCheckFailed"}, {"Code": "TransactionConflict"}]
    fault = answering(400, "TransactionCanceledException", CancellationReasons=reasons)
    proxy.faults["TransactWriteItems"] = [fault, answering(400, "TransactionConflictException")]
    for _ in range(2):
        with pytest.raises(Contended):
            transact(engine)


def test_a_cancelled_transaction_says_why_and_what_stood_there(proxy: Proxy, engine: Engine) -> None:
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Item": {"version": {"N": "7"}}}]
    fault = answering(400, "TransactionCanceledException", CancellationReasons=reasons)
    proxy.faults["TransactWriteItems"] = [fault]
    with pytest.raises(TransactionRefused) as refused:
        transact(engine)
    assert (refused.value.codes, refused.value.items) == (["None", "ConditionalCheckFailed"], [None, {"version": 7}])


def test_a_failed_condition_says_what_stood_there(engine: Engine, scratch: Tables, customerID: int) -> None:
    put = {
        "TableName": scratch.names["tickets"],
        "ConditionExpression": "version = :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    item = {"customerID": customerID, "ticketID": 1, "version": 2}
    with pytest.raises(Refused) as refused:
        engine.call("put_item", **put, Item=engine.typed(item))
    assert refused.value.current is None
    engine.call("put_item", TableName=scratch.names["tickets"], Item=engine.typed(item))
    with pytest.raises(Refused) as refused:
        engine.call("put_item", **put, Item=engine.typed(item))
    assert refused.value.current == item


def test_values_come_back_as_they_went(engine: Engine) -> None:
    item = {"n": 2**53 - 1, "s": "", "flag": False, "list": ["x", 1, True], "map": {"a": None}, "absent": None}
    assert engine.plain(engine.typed(item)) == {name: value for name, value in item.items() if name != "absent"}
