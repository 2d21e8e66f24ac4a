"""Refusals mean what they mean to boto3's client, and a wrong clock is put right."""

import json
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.engines import REGION, boto3_client, client_of
from tests.kernel.service import Answer, Asked, saying, serving
from ticketing.errors import Unavailable
from ticketing.kernel.aws import ONCE, ask, guarded
from ticketing.kernel.dynamodb.client import CLOCK_TOLERANCE
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.retries import Refusal

pytestmark = pytest.mark.usefixtures("no_pauses")

MODELLED = [shape.name for shape in boto3_client().meta.service_model.error_shapes]
COMMON = [  # of all services, and not in DynamoDB's model
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "UnrecognizedClientException",
    "ValidationException",
]
EXPECTED = {"ConditionalCheckFailedException", "ValidationException"}


def refusing(code: str, status: int, **headers: str) -> Answer:
    document = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "x"}
    return saying(json.dumps(document).encode(), status, **headers)


def boto3_asks(url: str) -> object:
    session = boto3.Session("test", "test", region_name=REGION)
    client = guarded(session.client("dynamodb", endpoint_url=url, config=ONCE.merge(Config(read_timeout=5))))
    return ask("The store", client.list_tables, "ListTables of ", EXPECTED.__contains__)


def we_ask(url: str) -> object:
    return Engine(client_of(url)).call("list_tables")


def outcome(asking: Callable[[str], object], answer: Answer) -> tuple[str, str, int]:
    """Return what came of a call: an exception, what the log says of it, and how many tries there were."""
    with serving(answer) as service:
        try:
            asking(service.url)
        except (Refusal, Unavailable) as error:
            return type(error).__name__, error.about, len(service.asked)
    raise AssertionError("It was answered.")


@pytest.mark.parametrize(
    ("code", "status"),
    [(code, 400) for code in sorted({*MODELLED, *COMMON} - {"TransactionConflictException"})]
    + [("InternalServerError", 500), ("ServiceUnavailable", 503), ("ValidationException", 500)],
)
def test_a_refusal_ends_as_with_boto3(code: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusal where it tells of a condition or of a defect in the call, else Unavailable, after one try or three. (What
    a conflict is to the engine stands in test_conflicts.py.)"""
    monkeypatch.setattr("ticketing.kernel.dynamodb.engine._MEANINGFUL", EXPECTED)
    monkeypatch.setattr(Engine, "_meaning", lambda _, refusal, __: refusal)
    assert outcome(we_ask, refusing(code, status)) == outcome(boto3_asks, refusing(code, status))


@pytest.mark.parametrize("type_", ["ThrottlingException", "a#b#ThrottlingException", ""])
def test_a_code_is_what_stands_behind_the_last_number_sign(type_: str) -> None:
    body = json.dumps({"__type": type_} if type_ else {}).encode()
    with serving(saying(body, 400)) as service, pytest.raises(Refusal) as refusal:
        client_of(service.url).call("GetItem", {})
    assert refusal.value.code == (type_.rpartition("#")[2] or "400")


def clocked(seconds: float) -> Answer:
    """Refuse what was not signed within five minutes of a clock that is so many seconds ahead."""

    def answer(asked: Asked, line: socket.socket) -> bool:
        now = time.time() + seconds
        signed = datetime.strptime(asked.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
        date = datetime.fromtimestamp(now, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        is_timely = abs(now - signed) < 300
        return (saying() if is_timely else refusing("InvalidSignatureException", 400, date=date))(asked, line)

    return answer


@pytest.mark.parametrize("seconds", [3600, -3600, 86400 * 365])
def test_a_wrong_clock_costs_one_try_and_no_more_later(seconds: float) -> None:
    with serving(clocked(seconds)) as service:
        engine = Engine(client_of(service.url))
        for _ in range(3):
            engine.call("list_tables")
        assert len(service.asked) == 1 + 3


def test_a_clock_that_is_right_again_is_noticed() -> None:
    with serving(clocked(3600), clocked(3600), clocked(0)) as service:
        engine = Engine(client_of(service.url))
        for _ in range(3):
            engine.call("list_tables")
        assert len(service.asked) == 2 + 2 + 1


@pytest.mark.parametrize("date", ["right", "none", "no date"])
def test_a_signature_that_is_wrong_by_itself_is_refused_at_once(date: str) -> None:
    now = datetime.fromtimestamp(time.time() + CLOCK_TOLERANCE - 10, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    headers = {"right": {"date": now}, "none": {}, "no date": {"date": "yesterday"}}[date]
    with serving(refusing("InvalidSignatureException", 400, **headers)) as service:
        with pytest.raises(Unavailable) as refusal:
            we_ask(service.url)
        assert refusal.value.about == "ListTables of : InvalidSignatureException"
        assert len(service.asked) == 1


def test_all_tries_of_a_transaction_have_one_token() -> None:
    with serving(refusing("InternalServerError", 500), saying()) as service:
        engine = Engine(client_of(service.url))
        for _ in range(2):
            engine.call("transact_write_items", TransactItems=[])
        first, again, other = (json.loads(asked.body)["ClientRequestToken"] for asked in service.asked)
    assert first == again != other


def test_a_reply_is_what_boto3_makes_of_it(engine_url: str, scratch: Any, customerID: int) -> None:
    ours, theirs, table = client_of(engine_url), boto3_client(engine_url), scratch.names["tickets"]
    key = {"customerID": {"N": str(customerID)}, "ticketID": {"N": "1"}}
    item = key | {"text": {"S": "先週 é \U0001f600"}, "list": {"L": [{"M": {"a": {"NULL": True}}}, {"BOOL": False}]}}
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("PutItem", "put_item", {"TableName": table, "Item": item, "ReturnValues": "ALL_OLD"}),
        ("GetItem", "get_item", {"TableName": table, "Key": key, "ReturnConsumedCapacity": "TOTAL"}),
        ("GetItem", "get_item", {"TableName": table, "Key": key | {"ticketID": {"N": "2"}}}),
        ("BatchGetItem", "batch_get_item", {"RequestItems": {table: {"Keys": [key]}}}),
        (
            "Query",
            "query",
            {
                "TableName": table,
                "KeyConditionExpression": "customerID = :id",
                "ExpressionAttributeValues": {":id": key["customerID"]},
                "Limit": 1,
            },
        ),
    ]
    for operation, method, parameters in calls:
        ours.call(operation, parameters)  # so that both find what stands there already
        mine, reply = ours.call(operation, parameters), getattr(theirs, method)(**parameters)
        assert mine == {name: value for name, value in reply.items() if name != "ResponseMetadata"}
