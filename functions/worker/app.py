"""The job queue: does the queued jobs, and names those that must be tried again."""

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from ticketing import telemetry
from ticketing.application import Application
from ticketing.errors import NotFound
from ticketing.jobs.job import (
    JOB,
    CleanUp,
    DetectSpam,
    DetectTopics,
    ExecuteActions,
    FireHook,
    Job,
    RequestedJob,
    RunPipeline,
    Teach,
)
from ticketing.jobs.sqs import delivery_of, request_id_in
from ticketing.jobs.steps import PassedOver, Steps
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.timelimit import MARGIN, within
from ticketing.lambda_handler import LambdaHandler
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
        passed_over = _do(application, job, delivery_of(record))
    except Exception:
        logger().exception("job failed", extra=fields)
        telemetry.count("Background", work=work, result="failed")
        return False
    for each in passed_over:
        logger().error("step passed over", extra=fields | {"step": each.step}, exc_info=each.error)
    telemetry.count("StepsPassedOver", len(passed_over), work=work)
    result = "failed" if passed_over else "done"
    logger().info(f"job {result}", extra=fields)
    telemetry.count("Background", work=work, result=result)
    return not passed_over


def _do(application: Application, job: Job, delivery: int) -> Sequence[PassedOver]:
    """Do a job; return the steps of it that are left to another delivery. Of a ticket that is gone nothing is left."""
    deadline = Deadline(time.monotonic() + PATIENCE)
    passed_over: list[PassedOver] = []
    with suppress(NotFound):
        match job:
            case CleanUp():
                application.cleaning.clean_up(job, deadline)
            case Teach():
                application.teaching.teach(job)
            case _:
                stores = (application.revisions, application.adapters.receipts)
                _do_steps(application, job, Steps(*stores, job, deadline, delivery, passed_over))
    return passed_over


def _do_steps(application: Application, job: RequestedJob, steps: Steps) -> None:
    match job:
        case DetectSpam():
            application.detecting.detect_spam(steps)
        case DetectTopics():
            application.detecting.detect_topics(steps)
        case ExecuteActions():
            application.hooks.run(steps, job.hookName)
        case FireHook():
            application.hooks.run_fired(steps.led_by(*job.ledBy), job.hookName)
        case RunPipeline():
            application.pipeline.run(steps, was_spam=job.isSpam)


lambda_handler = LambdaHandler(_handle)
