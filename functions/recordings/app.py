"""Objects that S3 announces under recordings/: their tickets learn that they have a recording.

What fails is tried again by Lambda, twice, and then stands in the failure queue.
"""

import time
from typing import Any
from urllib.parse import unquote_plus

from ticketing import wiring
from ticketing.domain.call import Recording
from ticketing.telemetry import logger
from ticketing.usecases.deadline import Deadline

PATIENCE = 10.0
"""Seconds for which a ticket that changes all the time is tried."""


def lambda_handler(event: dict[str, Any], _: object) -> None:
    """Takes note of every recording in the event (S3 sends one object at a time)."""
    for record in event["Records"]:
        _arrived(unquote_plus(record["s3"]["object"]["key"]))


def _arrived(key: str) -> None:
    recording = Recording.named(key)
    if recording is None:
        logger().warning("not a recording", extra={"keyLength": len(key)})
        return
    ticketID = wiring.arrivals().arrived(recording, Deadline(time.monotonic() + PATIENCE))
    fields = {"customerID": recording.customerID, "callSid": recording.callSid, "ticketID": ticketID}
    logger().info("recording arrived", extra=fields)
