"""Jobs in an SQS queue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched
from typing import TYPE_CHECKING, Any

from ticketing.errors import Unavailable
from ticketing.jobs.jobs import JOB, Job
from ticketing.kernel.aws import ask

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef, SendMessageBatchRequestEntryTypeDef


BATCH = 10
"""Messages in one SendMessageBatch (an AWS limit)."""
_ATTRIBUTE = "requestId"


@dataclass(frozen=True)
class SqsJobQueue:
    """A JobQueue of SQS; the client is made when first used. `request_id` tells whose work a job is."""

    client: Callable[[], "SQSClient"]
    url: str
    request_id: Callable[[], str]

    def send(self, jobs: Sequence[Job]) -> None:
        """Ten at a time; what SQS refuses makes the whole fail, so that the sender tries again."""
        for batch in batched(jobs, BATCH, strict=False):
            entries: list[SendMessageBatchRequestEntryTypeDef] = [
                {"Id": str(n), "MessageBody": JOB.dump_json(job).decode(), "MessageAttributes": self._attributes()}
                for n, job in enumerate(batch)
            ]
            send = partial(self.client().send_message_batch, QueueUrl=self.url, Entries=entries)
            reply = ask("The job queue", send, "SendMessageBatch of the job queue")
            if len(reply.get("Successful", ())) != len(batch):
                raise Unavailable("The job queue is busy.", about="SendMessageBatch of the job queue: refused in part")

    def _attributes(self) -> "dict[str, MessageAttributeValueTypeDef]":
        request_id = self.request_id()
        return {_ATTRIBUTE: {"DataType": "String", "StringValue": request_id}} if request_id else {}


def request_of(record: Mapping[str, Any]) -> str:
    """The request that a job follows from, as the record of its message has it; empty where none is named."""
    return str(record["messageAttributes"].get(_ATTRIBUTE, {}).get("stringValue", ""))
