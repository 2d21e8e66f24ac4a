"""The job queue: does the queued jobs, and names those that must be tried again."""

import time
from contextlib import suppress
from typing import Any

from ticketing import telemetry
from ticketing.application import Application, LambdaHandler
from ticketing.errors import NotFound
from ticketing.jobs.job import JOB, CleanUp, DetectSpam, DetectTopics, ExecuteActions, Job, Teach
from ticketing.jobs.sqs import request_id_in
from ticketing.jobs.steps import Steps
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.timelimit import MARGIN, within
from ticketing.telemetry import logger

PATIENCE = 20.0
"""Seconds for which a job is tried against others who change its ticket, and after which a long one is broken off: it
goes on as a job of its own, or when it is brought again."""


def _handle(application: Application, event: dict[str, Any], context: telemetry.Context) -> dict[str, Any]:
    """Do a batch of jobs; the response (ReportBatchItemFailures) names those that failed, for SQS to deliver again."""
    with within(context.get_remaining_time_in_millis() / 1000 - MARGIN):
        failed = [record["messageId"] for record in event["Records"] if not _is_done(application, record)]
    return {"batchItemFailures": [{"itemIdentifier": messageId} for messageId in failed]}


def _is_done(application: Application, record: dict[str, Any]) -> bool:
    telemetry.begin(request_id_in(record))
    fields = {"messageId": record["messageId"]}
    work = "unknown"
    try:
        job = JOB.validate_json(record["body"])
        work = job.job
        fields |= {"job": work, "customerID": job.customerID, "ticketID": job.ticketID}
        with suppress(NotFound):  # of a ticket that is gone nothing is left to do
            _do(application, job, Deadline(time.monotonic() + PATIENCE))
    except Exception:
        logger().exception("job failed", extra=fields)
        telemetry.count("Background", work=work, result="failed")
        return False
    logger().info("job done", extra=fields)
    telemetry.count("Background", work=work, result="done")
    return True


def _do(application: Application, job: Job, deadline: Deadline) -> None:
    match job:
        case CleanUp():
            application.cleaning.clean_up(job, deadline)
        case Teach():
            application.teaching.teach(job)
        case DetectSpam():
            application.detecting.detect_spam(Steps(application.tickets, job, deadline))
        case DetectTopics():
            application.detecting.detect_topics(Steps(application.tickets, job, deadline))
        case ExecuteActions():
            application.hooks.run(Steps(application.tickets, job, deadline), job.hookName)


lambda_handler = LambdaHandler(_handle)
