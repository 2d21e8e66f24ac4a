"""The promises of the description, asked of the whole stack: its examples work, and no answer is beside it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bundle.places import ROOT
from description.document import document
from tests.local_stack import PATIENCE, Stack, command, copied, started

pytestmark = pytest.mark.beyond_sam_local("its cases are too many for containers, and ask a run of their own")

CASES = 1_000
EXAMPLES = 20
"""Requests per operation and phase at most, beside those at the corners of its schemas."""
OPERATIONS = {
    f"{method.upper()} {path}": described
    for path, methods in document()["paths"].items()
    for method, described in methods.items()
}
OF_VISITORS = {name for name, described in OPERATIONS.items() if {"visitor": []} in described["security"]}
SELDOM = {"GET /api/openapi.json", "GET /api/Tickets/{ticketId}/play"}
"""Operations that may lack a success: the description itself is not asked for again, few tickets have a recording."""


@pytest.fixture(scope="module")
def disposable(first_state: Path, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Start a run of its own: the requests here delete tickets that others count on."""
    with copied(first_state, request) as folder, started(folder) as stack:
        assert stack.baseUrl
        yield stack


def asked(stack: Stack, token: str, folder: Path, *options: str) -> list[tuple[str, int]]:
    """Ask the API as schemathesis.toml says; return the operation and the status of each request."""
    report = folder / "report.ndjson"
    asking: list[str | Path] = [Path(sys.executable).with_name("st"), "run", f"{stack.baseUrl}/api/openapi.json"]
    asking += ["--header", f"Authorization: Bearer {token}"]
    asking += ["--report", "ndjson", "--report-ndjson-path", report, "--no-color", *options]
    run = subprocess.run(asking, cwd=ROOT, capture_output=True, text=True, timeout=4 * PATIENCE, check=False)
    assert run.returncode == 0, run.stdout
    return list(answers(report))


def answers(report: Path) -> Iterator[tuple[str, int]]:
    for line in report.read_text().splitlines():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for key, interaction in recorder.get("interactions", {}).items():
            case = recorder["cases"][key]["value"]
            yield f"{case['method']} {case['path']}", interaction["response"]["status_code"]


def visitor_key(stack: Stack) -> str:
    """Return the key of a chat that is begun for it."""
    begun = command("chat", folder=stack.folder)
    assert begun.returncode == 0, begun.stderr
    return str(json.loads(begun.stdout)["visitorKey"])


def requests_of(stack: Stack, operation: str) -> Iterator[httpx.Request]:
    """Return the requests of an operation's examples."""
    described, (method, path) = OPERATIONS[operation], operation.split(" ")
    sent: dict[str, dict[str, str]] = {"path": {}, "query": {}, "header": {}}
    for parameter in described["parameters"]:
        if "example" in parameter:
            sent[parameter["in"]][parameter["name"]] = parameter["example"]
    headers = sent["header"]
    if described["security"]:
        token = visitor_key(stack) if operation in OF_VISITORS else stack.token(1, rep=11)
        headers["Authorization"] = f"Bearer {token}"
    address = f"{stack.baseUrl}{path.format(**sent['path'])}"
    if "requestBody" not in described:
        yield httpx.Request(method, address, params=sent["query"], headers=headers)
        return
    for media_type, body in described["requestBody"]["content"].items():
        for example in body["examples"].values():
            content, typed = json.dumps(example["value"]), headers | {"Content-Type": media_type}
            yield httpx.Request(method, address, params=sent["query"], headers=typed, content=content)


@pytest.mark.parametrize("operation", sorted(OPERATIONS.keys() - SELDOM))
def test_every_example_works_on_the_demo_world(disposable: Stack, operation: str) -> None:
    with httpx.Client(timeout=60) as http:
        for request in requests_of(disposable, operation):
            reply = http.send(request)
            assert reply.status_code < 300, reply.text


def test_no_answer_is_beside_the_description(disposable: Stack, tmp_path: Path) -> None:
    found = asked(disposable, disposable.token(1, rep=11), tmp_path, "--max-examples", str(EXAMPLES))
    assert len(found) > CASES
    assert max(status for _, status in found) < 500
    succeeded = {operation for operation, status in found if status < 400}
    assert OPERATIONS.keys() - succeeded <= SELDOM | OF_VISITORS


def test_no_answer_to_a_visitor_is_beside_the_description(disposable: Stack, tmp_path: Path) -> None:
    only = [part for name in OF_VISITORS for part in ("--include-operation-id", OPERATIONS[name]["operationId"])]
    found = asked(disposable, visitor_key(disposable), tmp_path, "--phases", "examples,coverage", *only)
    assert max(status for _, status in found) < 500
    assert {operation for operation, status in found if status < 400} >= OF_VISITORS


def test_no_answer_to_a_phone_line_is_beside_the_description(disposable: Stack, tmp_path: Path) -> None:
    admitted = [described["operationId"] for described in OPERATIONS.values() if {"phone": []} in described["security"]]
    only = [part for name in admitted for part in ("--include-operation-id", name)]
    found = asked(disposable, disposable.token(1, channel=3), tmp_path, "--phases", "examples,coverage", *only)
    assert max(status for _, status in found) < 500
    assert {status for _, status in found} >= {201, 403}
