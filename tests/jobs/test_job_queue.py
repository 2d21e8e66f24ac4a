"""Job queues: each delivers what it is sent, whole or not at all."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from tests.engines import REGION, client_of, mocked_aws
from tests.kernel.service import saying, serving
from tests.lists.fakes import InMemoryJobs
from ticketing.errors import Unavailable
from ticketing.jobs.job import JOB, CleanUp, Job
from ticketing.jobs.ports import JobQueue
from ticketing.jobs.sqs import SqsJobQueue
from ticketing.kernel.aws.services import SQS

type Delivered = Callable[[], list[Job]]


def some_jobs(count: int) -> list[Job]:
    return [CleanUp(customerID=1, ticketID=ticketID, lastMessageID=0) for ticketID in range(1, count + 1)]


def in_memory() -> tuple[JobQueue, Delivered]:
    queue = InMemoryJobs()
    return queue, lambda: queue.sent


def on_sqs() -> tuple[JobQueue, Delivered]:
    """A queue of moto's."""
    url, messages = a_queue()
    return queue_at(url), lambda: [JOB.validate_json(message["Body"]) for message in messages()]


def a_queue() -> tuple[str, Callable[[], list[Any]]]:
    """A new queue's URL, and what reads all of its messages."""
    sqs = boto3.client("sqs", REGION)
    url = sqs.create_queue(QueueName="jobs")["QueueUrl"]

    def messages() -> list[Any]:
        found: list[Any] = []
        asked = {"MaxNumberOfMessages": 10, "MessageAttributeNames": ["All"]}
        while some := sqs.receive_message(QueueUrl=url, **asked).get("Messages"):
            found += some
        return found

    return url, messages


def queue_at(url: str, request: str = "") -> SqsJobQueue:
    client = client_of(f"https://sqs.{REGION}.amazonaws.com", service=SQS)
    return SqsJobQueue(lambda: client, url, lambda: request)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mocked_aws():
        yield


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("make", [in_memory, on_sqs])
@pytest.mark.parametrize("count", [0, 1, 23])
def test_every_job_is_delivered(make: Callable[[], tuple[JobQueue, Delivered]], count: int) -> None:
    queue, delivered = make()
    queue.send(some_jobs(count))
    assert sorted(delivered(), key=lambda job: job.ticketID) == some_jobs(count)


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("request_id", ["", "5f0c8a9e"])
def test_a_job_names_the_request_that_it_follows_from(request_id: str) -> None:
    url, messages = a_queue()
    queue_at(url, request_id).send(some_jobs(1))
    (message,) = messages()
    named = {name: value["StringValue"] for name, value in message.get("MessageAttributes", {}).items()}
    assert named == ({"requestId": request_id} if request_id else {})


@pytest.mark.usefixtures("aws")
def test_a_queue_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable) as refusal:
        queue_at(f"https://sqs.{REGION}.amazonaws.com/123456789012/none").send(some_jobs(1))
    assert refusal.value.about.startswith("SendMessageBatch of the job queue: ")


def test_jobs_fail_together_where_the_queue_refuses_one() -> None:
    answer = {"Successful": [{"Id": "0"}], "Failed": [{"Id": "1", "Code": "InternalError"}]}
    with serving(saying(json.dumps(answer).encode())) as service:
        client = client_of(service.url, service=SQS)
        queue = SqsJobQueue(lambda: client, f"{service.url}/1/jobs", lambda: "")
        with pytest.raises(Unavailable) as refusal:
            queue.send(some_jobs(2))
    assert refusal.value.about == "SendMessageBatch of the job queue: InternalError"
