"""The functions in containers of Docker's, called one by one with the requests under events/, as the README shows."""

import json
import os
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bundle.places import ROOT, SAM
from local.places import State
from tests.e2e.client import Client
from tests.local_stack import PATIENCE, Stack, command

pytestmark = pytest.mark.sam_local


def invoked(stack: Stack, function: str, case: str, **environment: str) -> Any:
    """Return a function's answer to a request, called as the README shows but for the folder of the run's files."""
    event = command("event", f"events/{case}.json", folder=stack.folder).stdout
    state = State(stack.folder)
    call: list[str | Path] = [SAM, "local", "invoke", function, "--event", "-"]
    call += ["--config-file", ROOT / "samconfig.toml", "--template-file", state.containers_template]
    call += ["--env-vars", state.containers_variables]
    settings = os.environ | {"SAM_CLI_TELEMETRY": "0"} | environment
    ran = subprocess.run(
        call, cwd=ROOT, env=settings, input=event, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_files_that_a_call_needs_are_those_of_the_usual_run() -> None:
    named = tomllib.loads((ROOT / "samconfig.toml").read_text())["default"]["local_invoke"]["parameters"]
    state = State(Path(".local/state"))
    assert named["template_file"] == str(state.containers_template)
    assert named["env_vars"] == str(state.containers_variables)


def test_a_call_reaches_the_emulator_whatever_the_shell_says_of_aws(stack: Stack) -> None:
    foreign = {"AWS_ACCESS_KEY_ID": "another's", "AWS_SECRET_ACCESS_KEY": "theirs", "AWS_SESSION_TOKEN": "theirs too"}
    foreign |= {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_ENDPOINT_URL_STS": stack.environment()["awsEndpoint"]}
    assert invoked(stack, "TicketsFunction", "tickets/list", **foreign)["statusCode"] == 200


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
        ("SummaryFunction", "summary/read", 200),
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
