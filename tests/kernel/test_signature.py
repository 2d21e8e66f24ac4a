"""Requests are signed as botocore signs them."""

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ConnectionClosedError
from hypothesis import given
from hypothesis import strategies as st

from tests.engines import REGION
from tests.kernel.service import saying, serving
from ticketing.kernel.dynamodb.client import DynamoClient
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.dynamodb.signature import signed

MOMENT = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
OPERATIONS: dict[str, dict[str, Any]] = {
    "get_item": {"TableName": "t", "Key": {"id": {"N": "1"}}, "ConsistentRead": True},
    "put_item": {"TableName": "t", "Item": {"text": {"S": "先週 é"}, "flag": {"BOOL": True}, "none": {"NULL": True}}},
    "query": {"TableName": "t", "KeyConditionExpression": "id = :id", "ExpressionAttributeValues": {":id": {"S": ""}}},
    "transact_write_items": {
        "ClientRequestToken": "token",
        "TransactItems": [{"Delete": {"TableName": "t", "Key": {"id": {"L": [{"M": {}}]}}}}],
    },
}
VISIBLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1)


@pytest.mark.parametrize("token", [None, "a/token+of=a role"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_request_is_what_boto3_sends_and_signed_as_boto3_signs_it(
    operation: str, token: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: MOMENT)
    monkeypatch.setattr("ticketing.kernel.dynamodb.client.time.time", MOMENT.timestamp)
    theirs = _sent_by_boto3(operation, token)
    with serving(saying()) as service:
        client = DynamoClient(service.url, REGION, lambda: ("test", "test", token))
        client.connections.host = f"dynamodb.{REGION}.amazonaws.com"
        Engine(client).call(operation, **OPERATIONS[operation])
        (ours,) = service.asked
    assert json.loads(ours.body) == json.loads(theirs.body)
    headers = {"host": ours.headers["host"]} | {name.lower(): _text(value) for name, value in theirs.headers.items()}
    assert ours.headers == {name: headers[name] for name in ours.headers}


def _sent_by_boto3(operation: str, token: str | None) -> Any:
    """Return what boto3 would have sent."""
    sent: list[AWSPreparedRequest] = []

    def answer(request: AWSPreparedRequest, **_: Any) -> None:
        sent.append(request)
        raise ConnectionClosedError(endpoint_url=request.url)

    session = boto3.Session("test", "test", token, region_name=REGION)
    client = session.client("dynamodb", config=Config(retries={"total_max_attempts": 1}))
    client.meta.events.register("before-send.dynamodb", answer)
    with pytest.raises(ConnectionClosedError):
        getattr(client, operation)(**OPERATIONS[operation])
    return sent[0]


@given(
    VISIBLE,
    VISIBLE,
    st.none() | VISIBLE,
    st.binary(),
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),
)
def test_any_request_is_signed_as_botocore_signs_it(
    key: str, secret: str, token: str | None, body: bytes, moment: datetime
) -> None:
    headers = {"host": "localhost:8000", "content-type": "application/x-amz-json-1.0", "x-amz-target": "D.GetItem"}
    request: Any = AWSRequest("POST", "http://localhost:8000/", headers, body)
    request.context["timestamp"] = moment.strftime("%Y%m%dT%H%M%SZ")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("botocore.auth.get_current_datetime", lambda: moment)
        SigV4Auth(Credentials(key, secret, token), "dynamodb", "us-east-1").add_auth(request)
    ours = signed(headers, body, (key, secret, token), "us-east-1", moment.replace(tzinfo=UTC).timestamp())
    assert ours == {name.lower(): value for name, value in request.headers.items()}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
