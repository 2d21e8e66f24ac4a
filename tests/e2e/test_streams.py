"""The readers of the streams, when a record cannot be processed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.e2e.client import Client
from tests.local_stack import Stack, wait_until
from tests.tables import ROOT

pytestmark = pytest.mark.beyond_sam_local("it serves requests alone: the emulator calls what hangs on streams")


def client(stack: Stack, service: str) -> Any:
    make: Any = boto3.client
    return make(
        service,
        endpoint_url=stack.environment()["awsEndpoint"],
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def set_aside(stack: Stack) -> dict[str, Any]:
    """Return the batches that could not be told or indexed, by their keys."""
    s3 = client(stack, "s3")
    (bucket,) = (each["Name"] for each in s3.list_buckets()["Buckets"] if "failedevents" in each["Name"])
    found = s3.list_objects_v2(Bucket=bucket, Prefix="aws/lambda/").get("Contents", [])
    return {each["Key"]: json.loads(s3.get_object(Bucket=bucket, Key=each["Key"])["Body"].read()) for each in found}


def replay(stack: Stack) -> subprocess.CompletedProcess[str]:
    """Run the operator's command against the emulator, where the stack is tickets-local."""
    way = {"AWS_ENDPOINT_URL": stack.environment()["awsEndpoint"], "AWS_DEFAULT_REGION": "us-east-1"}
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    command = [sys.executable, "-m", "deploy", "replay", "--stack", "tickets-local"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | way | keys, capture_output=True, text=True, check=False)


@pytest.fixture
def broken(stack: Stack) -> Iterator[dict[str, Any]]:
    """Yield a ticket that no function can read, and take it away again."""
    table, key = stack.environment()["tables"]["tickets"], {"customerID": {"N": "1"}, "ticketID": {"N": "7777777"}}
    yield key
    client(stack, "dynamodb").delete_item(TableName=table, Key=key)


def test_a_record_that_cannot_be_processed_is_set_aside_and_what_is_behind_it_goes_on(
    api: Client, stack: Stack, broken: dict[str, Any]
) -> None:
    table, untold = stack.environment()["tables"]["tickets"], set_aside(stack).keys()
    api.ticket(subject="Voorganger")
    client(stack, "dynamodb").put_item(TableName=table, Item=broken)
    api.ticket(subject="Opvolger")
    api.until_total("search=voorganger", 1)
    api.until_total("search=opvolger", 1)
    wait_until(lambda: len(set_aside(stack).keys() - untold) == len(("indexer", "publisher")))
    keys = set_aside(stack).keys() - untold
    for key in keys:
        (record,) = json.loads(set_aside(stack)[key]["payload"])["Records"]
        assert record["dynamodb"]["NewImage"] == broken
    refused = replay(stack)
    assert (refused.returncode, keys <= set_aside(stack).keys()) == (1, True)
    assert all(f"{key}: not done" in refused.stderr for key in keys)
