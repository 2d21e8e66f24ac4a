"""The job queue: does what was queued, and names the jobs that must be tried again."""

import time
from typing import Any

from ticketing import telemetry, wiring
from ticketing.jobs.jobs import JOB
from ticketing.jobs.sqs import request_of
from ticketing.kernel.deadline import Deadline
from ticketing.telemetry import logger

PATIENCE = 20.0
"""Seconds for which a job is tried against others who change its ticket, and after which a long one is broken off: it
goes on as a job of its own, or when it is brought again."""


def lambda_handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Does a batch of jobs; the answer (ReportBatchItemFailures) names those that failed, for SQS to bring again."""
    failed = [record["messageId"] for record in event["Records"] if not _is_done(record)]
    return {"batchItemFailures": [{"itemIdentifier": messageId} for messageId in failed]}


def _is_done(record: dict[str, Any]) -> bool:
    telemetry.begin(request_of(record))
    fields = {"messageId": record["messageId"]}
    work = "unknown"
    try:
        job = JOB.validate_json(record["body"])
        work = job.job
        fields |= {"job": work, "customerID": job.customerID, "ticketID": job.ticketID}
        wiring.working().do(job, Deadline(time.monotonic() + PATIENCE))
    except Exception:
        logger().exception("job failed", extra=fields)
        telemetry.count("Background", work=work, result="failed")
        return False
    logger().info("job done", extra=fields)
    telemetry.count("Background", work=work, result="done")
    return True
