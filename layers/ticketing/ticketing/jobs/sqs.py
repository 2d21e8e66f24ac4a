"""The job queue in SQS."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched
from typing import TYPE_CHECKING, Any

from ticketing.errors import Unavailable
from ticketing.jobs.job import JOB, Job
from ticketing.kernel.retries import attempted

if TYPE_CHECKING:
    from ticketing.kernel.aws.client import JsonClient


BATCH = 10
"""Messages in one SendMessageBatch (an AWS limit)."""
_ATTRIBUTE = "requestId"


@dataclass(frozen=True)
class SqsJobQueue:
    """A JobQueue of SQS; the client is made when first used. `request_id` names the request that jobs follow from."""

    client: Callable[[], "JsonClient"]
    url: str
    request_id: Callable[[], str]

    def send(self, jobs: Sequence[Job]) -> None:
        """Send ten at a time; when SQS refuses one of them, all fail, so that the sender tries again."""
        for batch in batched(jobs, BATCH, strict=False):
            entries = [
                {"Id": str(n), "MessageBody": JOB.dump_json(job).decode(), "MessageAttributes": self._attributes()}
                for n, job in enumerate(batch)
            ]
            send = partial(self.client().call, "SendMessageBatch", {"QueueUrl": self.url, "Entries": entries})
            reply = attempted("The job queue", send, "SendMessageBatch of the job queue")
            if len(reply.get("Successful", ())) != len(batch):
                codes = ", ".join(sorted({each["Code"] for each in reply.get("Failed", ())})) or "refused in part"
                raise Unavailable("The job queue is busy.", about=f"SendMessageBatch of the job queue: {codes}")

    def _attributes(self) -> dict[str, dict[str, str]]:
        request_id = self.request_id()
        return {_ATTRIBUTE: {"DataType": "String", "StringValue": request_id}} if request_id else {}


def request_id_in(record: Mapping[str, Any]) -> str:
    """Return the id of the request that a job follows from, as its message's record has it; empty where it has none."""
    return str(record["messageAttributes"].get(_ATTRIBUTE, {}).get("stringValue", ""))


def delivery_of(record: Mapping[str, Any]) -> int:
    """Return how often the queue has delivered a job, this time included, as its message's record has it."""
    return int(record["attributes"]["ApproximateReceiveCount"])
