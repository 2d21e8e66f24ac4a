"""Requests are signed as botocore signs them."""

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ConnectionClosedError
from hypothesis import given
from hypothesis import strategies as st

from tests.engines import REGION
from tests.kernel.service import saying, serving
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.services import DYNAMODB, EVENTBRIDGE, SQS, SSM, Service
from ticketing.kernel.aws.signature import Signer

MOMENT = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
ITEM = {"text": {"S": "先週 é"}, "flag": {"BOOL": True}, "none": {"NULL": True}}
REMOVAL = {"Delete": {"TableName": "t", "Key": {"id": {"L": [{"M": {}}]}}}}
EVENT = {"EventBusName": "b", "Source": "s", "DetailType": "d", "Detail": '{"text":"先週"}'}
ATTRIBUTES = {"requestId": {"DataType": "String", "StringValue": "r"}}
OPERATIONS: list[tuple[Service, str, dict[str, Any]]] = [
    (DYNAMODB, "GetItem", {"TableName": "t", "Key": {"id": {"N": "1"}}, "ConsistentRead": True}),
    (DYNAMODB, "PutItem", {"TableName": "t", "Item": ITEM}),
    (
        DYNAMODB,
        "Query",
        {"TableName": "t", "KeyConditionExpression": "id = :id", "ExpressionAttributeValues": {":id": {"S": ""}}},
    ),
    (DYNAMODB, "TransactWriteItems", {"ClientRequestToken": "token", "TransactItems": [REMOVAL]}),
    (EVENTBRIDGE, "PutEvents", {"Entries": [EVENT]}),
    (
        SQS,
        "SendMessageBatch",
        {
            "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/1/jobs",
            "Entries": [{"Id": "0", "MessageBody": "先週", "MessageAttributes": ATTRIBUTES}],
        },
    ),
    (SSM, "GetParameter", {"Name": "/secret", "WithDecryption": True}),
]
VISIBLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1)


@pytest.mark.parametrize("token", [None, "a/token+of=a role"])
@pytest.mark.parametrize(("service", "operation", "parameters"), OPERATIONS, ids=[name for _, name, _ in OPERATIONS])
def test_a_request_is_what_boto3_sends_and_signed_as_boto3_signs_it(
    service: Service, operation: str, parameters: dict[str, Any], token: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: MOMENT)
    monkeypatch.setattr("ticketing.kernel.aws.clock.time.time", MOMENT.timestamp)
    theirs = _sent_by_boto3(service, operation, parameters, token)
    with serving(saying()) as stand_in:
        client = JsonClient(service, stand_in.url, REGION, lambda: ("test", "test", token))
        client.connections.host = f"{service.name}.{REGION}.amazonaws.com"
        client.call(operation, parameters)
        (ours,) = stand_in.asked
    assert json.loads(ours.body) == json.loads(theirs.body)
    headers = {"host": ours.headers["host"]} | {name.lower(): _text(value) for name, value in theirs.headers.items()}
    assert ours.headers == {name: headers[name] for name in ours.headers}


def _sent_by_boto3(service: Service, operation: str, parameters: dict[str, Any], token: str | None) -> Any:
    """Return what boto3 would have sent, did it not ask SQS for the codes that errors had in XML."""
    sent: list[AWSPreparedRequest] = []

    def answer(request: AWSPreparedRequest, **_: Any) -> None:
        sent.append(request)
        raise ConnectionClosedError(endpoint_url=request.url)

    session = boto3.Session("test", "test", token, region_name=REGION)
    client = session.client(service.name, config=Config(retries={"total_max_attempts": 1}))
    client.meta.events.register("before-sign", _as_json_names_errors)
    client.meta.events.register("before-send", answer)
    with pytest.raises(ConnectionClosedError):
        getattr(client, xform_name(operation))(**parameters)
    return sent[0]


def _as_json_names_errors(request: AWSRequest, **_: Any) -> None:
    del request.headers["x-amzn-query-mode"]


@given(
    st.tuples(VISIBLE, VISIBLE, st.none() | VISIBLE),
    st.binary(),
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),
    st.sampled_from(["dynamodb", "events"]),
)
def test_any_request_is_signed_as_botocore_signs_it(
    keys: tuple[str, str, str | None], body: bytes, moment: datetime, service: str
) -> None:
    headers = {"host": "localhost:8000", "content-type": "application/x-amz-json-1.0", "x-amz-target": "D.GetItem"}
    request: Any = AWSRequest("POST", "http://localhost:8000/", headers, body)
    request.context["timestamp"] = moment.strftime("%Y%m%dT%H%M%SZ")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("botocore.auth.get_current_datetime", lambda: moment)
        SigV4Auth(Credentials(*keys), service, "us-east-1").add_auth(request)
    ours = Signer(keys, f"us-east-1/{service}", moment.replace(tzinfo=UTC).timestamp()).signed(headers, body)
    assert ours == {name.lower(): value for name, value in request.headers.items()}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
