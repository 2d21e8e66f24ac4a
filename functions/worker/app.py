"""The job queue: does what was queued, and names the jobs that must be tried again."""

import time
from typing import Any

from ticketing import wiring
from ticketing.domain.jobs import JOB
from ticketing.telemetry import logger
from ticketing.usecases.deadline import Deadline

PATIENCE = 20.0
"""Seconds after which a long job is broken off, and goes on as a job of its own."""


def lambda_handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Does a batch of jobs; the answer (ReportBatchItemFailures) names those that failed, for SQS to bring again."""
    failed = [record["messageId"] for record in event["Records"] if not _is_done(record)]
    return {"batchItemFailures": [{"itemIdentifier": messageId} for messageId in failed]}


def _is_done(record: dict[str, Any]) -> bool:
    fields = {"messageId": record["messageId"]}
    try:
        job = JOB.validate_json(record["body"])
        fields |= {"job": job.job, "customerID": job.customerID, "ticketID": job.ticketID}
        wiring.working().do(job, Deadline(time.monotonic() + PATIENCE))
    except Exception:
        logger().exception("job failed", extra=fields)
        return False
    logger().info("job done", extra=fields)
    return True
