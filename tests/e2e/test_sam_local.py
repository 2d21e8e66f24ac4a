"""The functions in containers of Docker's, called one by one with the requests under events/, as the README shows."""

import json
import os
import subprocess
from typing import Any

import pytest

from local.places import ROOT, SAM
from tests.e2e.client import Client
from tests.local_stack import Stack, command

pytestmark = pytest.mark.sam_local


def invoked(stack: Stack, function: str, case: str) -> Any:
    """What a function answers to a request."""
    event = command("event", f"events/{case}.json", folder=stack.folder).stdout
    return json.loads(sam(stack, "invoke", function, "--event", "-", said=event))


def sam(stack: Stack, *arguments: str, said: str = "") -> str:
    settings = {"SAM_CLI_TELEMETRY": "0", "AWS_ENDPOINT_URL_STS": stack.environment()["awsEndpoint"]}
    settings |= {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    return subprocess.run(
        [str(SAM), "local", *arguments],
        cwd=ROOT, env=os.environ | settings, input=said, capture_output=True, text=True, timeout=300, check=True,
    ).stdout  # fmt: skip


def test_env_tells_where_the_api_and_the_emulator_are(stack: Stack) -> None:
    environment = stack.environment()
    port = int(stack.baseUrl.rpartition(":")[2])
    assert environment["baseUrl"] == stack.baseUrl
    assert environment["awsEndpoint"] == f"http://localhost:{port + 1}"


def test_the_api_is_served_by_sam_local(api: Client) -> None:
    assert "Werkzeug" in api.ask("GET", "/api/health", 200, who=None).headers["Server"]


@pytest.mark.parametrize(
    ("function", "case", "status"),
    [
        ("TicketsFunction", "tickets/create", 201),
        ("MessagesFunction", "messages/list-without-ticket", 400),
        ("HistoryFunction", "history/summary", 200),
        ("BulkFunction", "bulk/unknown-action", 400),
        ("CallsFunction", "calls/assign-missing", 404),
        ("WebchatFunction", "webchat/begin", 201),
        ("DocsFunction", "docs/health", 200),
    ],
)
def test_a_function_answers_a_request(stack: Stack, function: str, case: str, status: int) -> None:
    assert invoked(stack, function, case)["statusCode"] == status


@pytest.mark.parametrize(
    ("function", "case"),
    [
        ("IndexerFunction", "indexer/tickets"),
        ("PublisherFunction", "publisher/updated"),
        ("WorkerFunction", "worker/clean-up"),
    ],
)
def test_a_function_takes_a_batch(stack: Stack, function: str, case: str) -> None:
    assert invoked(stack, function, case) == {"batchItemFailures": []}


def test_a_function_notes_a_recording(stack: Stack) -> None:
    assert invoked(stack, "RecordingsFunction", "recordings/arrived") is None
