"""Refusals mean what they mean to boto3's client, and a wrong clock is put right."""

import json
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.config import Config

from tests.engines import REGION, boto3_client, client_of
from tests.kernel.service import Answer, Asked, saying, serving
from ticketing.errors import Unavailable
from ticketing.kernel.aws.clock import TOLERANCE
from ticketing.kernel.aws.services import DYNAMODB, EVENTBRIDGE, SQS, SSM, Service
from ticketing.kernel.aws.session import ONCE, guarded, tried
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.retries import Refusal, attempted

pytestmark = pytest.mark.usefixtures("no_pauses")

ASKED: dict[Service, tuple[str, dict[str, Any]]] = {
    DYNAMODB: ("ListTables", {}),
    EVENTBRIDGE: ("PutEvents", {"Entries": [{}]}),
    SQS: ("SendMessageBatch", {"QueueUrl": "", "Entries": []}),
    SSM: ("GetParameter", {"Name": "name"}),
}
COMMON = [  # of all services, and in no model
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "ThrottlingException",
    "UnrecognizedClientException",
    "ValidationException",
]
EXPECTED = {"ConditionalCheckFailedException", "ParameterNotFound", "ValidationException"}


def modelled(service: Service) -> set[str]:
    """Return the codes with which an operation of a service may refuse; of DynamoDB, any operation."""
    model: Any = boto3.Session(region_name=REGION).client(service.name).meta.service_model
    shapes = model if service is DYNAMODB else model.operation_model(ASKED[service][0])
    return {shape.name for shape in shapes.error_shapes}


REFUSALS = [
    (service, code, status)
    for service in ASKED
    for code, status in [
        *((code, 400) for code in sorted({*modelled(service), *COMMON})),
        ("InternalServerError", 500),
        ("ServiceUnavailable", 503),
        ("ValidationException", 500),
    ]
]


def refusing(code: str, status: int, **headers: str) -> Answer:
    document = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "x"}
    return saying(json.dumps(document).encode(), status, **headers)


def boto3_asks(service: Service, url: str) -> object:
    operation, parameters = ASKED[service]
    session: Any = boto3.Session("test", "test", region_name=REGION)
    config = ONCE.merge(Config(read_timeout=5, parameter_validation=False))
    method = getattr(guarded(session.client(service.name, endpoint_url=url, config=config)), xform_name(operation))
    return attempted("A service", partial(tried, partial(method, **parameters)), operation, EXPECTED.__contains__)


def we_ask(service: Service, url: str) -> object:
    call = partial(client_of(url, service=service).call, *ASKED[service])
    return attempted("A service", call, ASKED[service][0], EXPECTED.__contains__)


def outcome(asking: Callable[[Service, str], object], service: Service, answer: Answer) -> tuple[str, str, int]:
    """Return what came of a call: an exception, what the log says of it, and how many tries there were."""
    with serving(answer) as stand_in:
        try:
            asking(service, stand_in.url)
        except (Refusal, Unavailable) as error:
            return type(error).__name__, error.about, len(stand_in.asked)
    raise AssertionError("It was answered.")


@pytest.mark.parametrize(("service", "code", "status"), REFUSALS)
def test_a_refusal_ends_as_with_boto3(service: Service, code: str, status: int) -> None:
    """Refusal where it is expected, else Unavailable, after one try or three."""
    refusal = refusing(code, status)
    assert outcome(we_ask, service, refusal) == outcome(boto3_asks, service, refusal)


@pytest.mark.parametrize("type_", ["Throttling", "a#b#Throttling", "a#Throttling:http://internal.amazon.com/", ""])
def test_a_code_stands_behind_the_last_number_sign_and_before_a_colon(type_: str) -> None:
    body = json.dumps({"__type": type_} if type_ else {}).encode()
    with serving(saying(body, 400)) as service, pytest.raises(Refusal) as refusal:
        client_of(service.url).call("GetItem", {})
    assert refusal.value.code == ("Throttling" if type_ else "400")


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
    now = datetime.fromtimestamp(time.time() + TOLERANCE - 10, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    headers = {"right": {"date": now}, "none": {}, "no date": {"date": "yesterday"}}[date]
    with serving(refusing("InvalidSignatureException", 400, **headers)) as service:
        with pytest.raises(Unavailable) as refusal:
            we_ask(DYNAMODB, service.url)
        assert refusal.value.about == "ListTables: InvalidSignatureException"
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
