"""What hangs on the streams, when a record cannot be processed."""

from typing import Any

import boto3
import pytest

from tests.e2e.client import Client, eventually
from tests.local_stack import Stack

pytestmark = pytest.mark.beyond_sam_local("it serves requests alone: the emulator calls what hangs on streams")


@pytest.fixture
def failures(stack: Stack) -> int:
    """How many batches had failed for good before the test."""
    return failed_batches(stack)


def failed_batches(stack: Stack) -> int:
    sqs = client(stack, "sqs")
    (url,) = (url for url in sqs.list_queues()["QueueUrls"] if "IndexerFailures" in url)
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(attributes["Attributes"]["ApproximateNumberOfMessages"])


def client(stack: Stack, service: str) -> Any:
    make: Any = boto3.client
    return make(
        service,
        endpoint_url=stack.environment()["awsEndpoint"],
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def test_a_record_that_cannot_be_processed_ends_in_the_queue_and_what_is_behind_it_goes_on(
    api: Client, stack: Stack, failures: int
) -> None:
    table = stack.environment()["tables"]["tickets"]
    broken = {"customerID": {"N": "1"}, "ticketID": {"N": "7777777"}}
    api.ticket(subject="Voorganger")
    client(stack, "dynamodb").put_item(TableName=table, Item=broken)
    api.ticket(subject="Opvolger")
    api.until_total("search=voorganger", 1)
    api.until_total("search=opvolger", 1)
    eventually(lambda: failed_batches(stack) == failures + 1)
