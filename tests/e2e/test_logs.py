"""The logs of the functions when all else has been tried: ids, codes and counts, and nobody's words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.e2e.client import MERGE_PATCH, Client
from tests.local_stack import Stack, wait_until

pytestmark = pytest.mark.beyond_sam_local("it prints what functions log, beside lines of its own, and keeps nothing")

SUBJECT = "kaleidoscope of private subjects"
BODY = "zephyr of private words"
UID = "very.private@person.example"
PHONE = "+3225550777"
FORBIDDEN = {
    "a token": re.compile(r"Bearer\s|eyJ[\w-]{10,}\."),
    "a visitor's key": re.compile(r"AAAAAAAA[\w-]{32}"),
    "a signature": re.compile(r"X-Amz-(?:Signature|Credential|Security-Token)|[?&]Signature="),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "a phone number": re.compile(r"\+\d{7,}"),
    "a subject": re.compile(re.escape(SUBJECT)),
    "a message": re.compile(re.escape(BODY)),
}


@pytest.fixture(scope="module")
def lines(api: Client, stack: Stack) -> list[str]:
    """Return every line of every function, those of a ticket with private texts among them."""
    ticket = api.ticket(subject=SUBJECT, uid=UID, fromNumber=PHONE, toNumber=PHONE, summary=BODY, preview=BODY)
    path = f"/api/Tickets/{ticket['ticketID']}"
    api.ask("POST", "/api/TicketMessages", 201, body={"ticketID": ticket["ticketID"], "body": BODY, "from": UID})
    api.ask("PATCH", path, 200, body={"subject": f"{SUBJECT} again"}, Content_Type=MERGE_PATCH)
    api.refused("PATCH", path, "InvalidRequest", 400, body={SUBJECT: UID}, Content_Type=MERGE_PATCH)
    api.refused("GET", f"/api/Tickets?cursor={SUBJECT}&uid={UID}", "InvalidCursor", 400)
    api.ask("GET", f"{path}/history-summary", 200)
    chat = {"channelToken": "11111111-1111-4111-8111-111111111111", "message": BODY, "name": SUBJECT}
    site = {"Origin": "http://localhost"}
    key = api.ask("POST", "/api/Tickets/createchatticket", 201, None, chat, **site).json()["visitorKey"]
    for method, body in (("POST", {"message": BODY}), ("GET", None)):
        api.ask(
            method, "/api/Tickets/chatmessages", 201 if body else 200, None, body, Authorization=f"Bearer {key}", **site
        )
    last = api.ask("DELETE", path, 204).headers["X-Request-Id"]
    cloud = aws(stack, "logs")
    wait_until(lambda: any(last in line for line in logged(cloud)))
    wait_until(lambda: any('"job":"cleanUp"' in line and str(ticket["ticketID"]) in line for line in logged(cloud)))
    return list(logged(cloud))


def aws(stack: Stack, service: str) -> Any:
    return boto3.client(
        service, endpoint_url=stack.environment()["awsEndpoint"], region_name="us-east-1",
        aws_access_key_id="test", aws_secret_access_key="test",
    )  # fmt: skip


def logged(cloud: Any) -> Iterator[str]:
    groups = cloud.get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/aws/lambda/")
    for name in (group["logGroupName"] for page in groups for group in page["logGroups"]):
        for page in cloud.get_paginator("filter_log_events").paginate(logGroupName=name):
            yield from (event["message"] for event in page["events"])


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_line_of_the_log_holds_what_is_forbidden(lines: list[str], what: str) -> None:
    assert len(lines) > 10
    assert [line[:300] for line in lines if FORBIDDEN[what].search(line)] == []


def test_every_answer_is_followed_by_its_count(lines: list[str]) -> None:
    assert any('"Writes"' in line and '"POST /api/TicketMessages"' in line for line in lines)
    assert any('"Refusals"' in line and '"InvalidCursor"' in line for line in lines)
    assert any('"Background"' in line and '"indexing"' in line for line in lines)


def test_what_functions_fail_at_is_copied_into_the_log_that_the_run_names(stack: Stack) -> None:
    log = Path(re.findall(r"What fails:\s+(\S+)", stack.said)[0])
    aws(stack, "s3").put_object(Bucket=stack.environment()["recordingsBucket"], Key="recordings/none", Body=b"")
    wait_until(lambda: "tickets-local-recordings: " in log.read_text() and '"no recording"' in log.read_text())
