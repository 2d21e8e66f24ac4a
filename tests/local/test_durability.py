"""All that was acknowledged is there after every process was killed in the middle of the work."""

import os
import shutil
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

from tests.local.processes import processes_of
from tests.local_stack import Stack, started, wait_until

WRITERS = 4
ENOUGH = 25
"""Tickets that are made before the kill, which then meets others half made."""
JOBS = "JobsFailures"
"""A queue that nobody reads: what is put there stays."""


@pytest.fixture
def folder(first_state: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first_state, tmp_path / "state")


def http(stack: Stack) -> httpx.Client:
    authorization = {"Authorization": f"Bearer {stack.token(2, rep=21)}"}
    return httpx.Client(base_url=f"{stack.baseUrl}/api", headers=authorization, timeout=60)


def aws(stack: Stack, service: str) -> Any:
    return boto3.client(
        service, "us-east-1", endpoint_url=stack.environment()["awsEndpoint"],
        aws_access_key_id="test", aws_secret_access_key="test",
    )  # fmt: skip


def queue_of(sqs: Any) -> str:
    return str(next(url for url in sqs.list_queues()["QueueUrls"] if JOBS in url))


def kill_everything(folder: Path) -> None:
    for process in processes_of(folder):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    wait_until(lambda: not processes_of(folder))


def write_until_killed(stack: Stack, folder: Path) -> dict[int, str]:
    """Make tickets in several threads until every process is killed; return the acknowledged ones' subjects."""
    acknowledged: dict[int, str] = {}
    are_enough = threading.Event()

    def write(writer: int) -> None:
        with http(stack) as client, suppress(httpx.TransportError):
            while True:
                subject = f"writer {writer}, {len(acknowledged)}"
                body = {"status": "Open", "subject": subject, "channelType": "Email"}
                reply = client.post("/Tickets", json=body)
                if reply.status_code != 201:
                    return
                assert reply.json()["ticketID"] not in acknowledged
                acknowledged[reply.json()["ticketID"]] = subject
                if len(acknowledged) >= ENOUGH:
                    are_enough.set()

    with ThreadPoolExecutor(WRITERS) as writers:
        done = [writers.submit(write, writer) for writer in range(WRITERS)]
        assert are_enough.wait(120)
        kill_everything(folder)
        for each in done:
            each.result()
    return acknowledged


def test_nothing_acknowledged_is_missing_after_every_process_was_killed(folder: Path) -> None:
    with started(folder) as killed:
        assert killed.baseUrl
        bucket = killed.environment()["recordingsBucket"]
        aws(killed, "s3").put_object(Bucket=bucket, Key="kept", Body=b"sound")
        sqs = aws(killed, "sqs")
        sqs.send_message(QueueUrl=queue_of(sqs), MessageBody="kept")
        acknowledged = write_until_killed(killed, folder)
    with started(folder) as running, http(running) as client:
        kept = {ticket: client.get(f"/Tickets/{ticket}").json().get("subject") for ticket in acknowledged}
        assert kept == acknowledged
        made = client.post("/Tickets", json={"status": "Open", "subject": "next", "channelType": "Email"}).json()
        assert made["ticketID"] > max(acknowledged)
        # what follows the tables goes on where it stopped
        wait_until(lambda: set(acknowledged) <= found_open(client))
        assert aws(running, "s3").get_object(Bucket=bucket, Key="kept")["Body"].read() == b"sound"
        sqs = aws(running, "sqs")
        (message,) = sqs.receive_message(QueueUrl=queue_of(sqs))["Messages"]
        assert message["Body"] == "kept"


def found_open(client: httpx.Client) -> set[int]:
    """Return the tickets that the search finds, which learns of them from the tables' streams."""
    found, number = set[int](), 1
    while tickets := client.get("/Tickets", params={"search": "writer", "pageNumber": number}).json()["items"]:
        found |= {ticket["ticketID"] for ticket in tickets}
        number += 1
    return found
