"""The job queue: does what was queued, many at a time, and names the jobs that must be tried again."""

import time
from typing import Any

from ticketing import telemetry, wiring
from ticketing.adapters.sqs import request_of
from ticketing.domain.jobs import JOB
from ticketing.telemetry import logger
from ticketing.usecases.deadline import Deadline

PATIENCE = 20.0
"""Seconds for which a job is tried against others who change its ticket, and after which a long one is broken off, to
go on as a job of its own."""


def lambda_handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Does a batch of jobs; the answer (ReportBatchItemFailures) names those that failed, for SQS to bring again."""
    records: list[dict[str, Any]] = event["Records"]
    done = wiring.executor().map(_is_done, records)
    failed = [record["messageId"] for record, is_done in zip(records, done, strict=True) if not is_done]
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
