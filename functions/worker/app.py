"""The job queue: does what was queued, and names the jobs that must be tried again."""

from typing import Any

from ticketing import wiring
from ticketing.domain.jobs import JOB
from ticketing.telemetry import logger


def lambda_handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Does a batch of jobs; the answer (ReportBatchItemFailures) names those that failed, for SQS to bring again."""
    failed = [record["messageId"] for record in event["Records"] if not _is_done(record)]
    return {"batchItemFailures": [{"itemIdentifier": messageId} for messageId in failed]}


def _is_done(record: dict[str, Any]) -> bool:
    fields = {"messageId": record["messageId"]}
    try:
        job = JOB.validate_json(record["body"])
        fields |= {"job": job.job, "customerID": job.customerID, "ticketID": job.ticketID}
        wiring.working().do(job)
    except Exception:
        logger().exception("job failed", extra=fields)
        return False
    logger().info("job done", extra=fields)
    return True
