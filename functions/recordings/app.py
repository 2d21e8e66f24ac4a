"""S3's events for objects under recordings/: marks the tickets of their calls.

Lambda retries an event that fails twice, and then puts it into the failure queue.
"""

import time
from typing import Any
from urllib.parse import unquote_plus

from ticketing import telemetry
from ticketing.application import Application
from ticketing.calls.call import Recording
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.timelimit import MARGIN, within
from ticketing.lambda_handler import LambdaHandler
from ticketing.telemetry import logger

PATIENCE = 10.0
"""Seconds for which a ticket that changes all the time is tried."""


def _handle(application: Application, event: dict[str, Any], context: telemetry.Context) -> None:
    """Note every recording in the event (S3 sends one object at a time); raises what is to be tried again."""
    telemetry.begin(context.aws_request_id)
    with within(context.get_remaining_time_in_millis() / 1000 - MARGIN):
        for record in event["Records"]:
            _read(application, unquote_plus(record["s3"]["object"]["key"]))


def _read(application: Application, key: str) -> None:
    recording = Recording.named(key)
    if recording:
        _take_note(application, recording)
    else:
        logger().warning("no recording", extra={"keyLength": len(key)})


def _take_note(application: Application, recording: Recording) -> None:
    fields = {"customerID": recording.customerID, "callSid": recording.callSid}
    try:
        ticketID = application.arrivals.arrived(recording, Deadline(time.monotonic() + PATIENCE))
    except Exception:
        logger().exception("recording failed", extra=fields)
        telemetry.count("Background", work="recording", result="failed")
        raise
    logger().info("recording arrived", extra=fields | {"ticketID": ticketID})
    telemetry.count("Background", work="recording", result="done")


lambda_handler = LambdaHandler(_handle)
