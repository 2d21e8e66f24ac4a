"""Requests as the gateway hands them to a function (HTTP API, payload format 2.0), and jobs as the queue does."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from ticketing.jobs.job import JOB, Job

REQUEST_ID = "JKJaXmPLvHcESHA="


def an_event(
    method: str, path: str, query: str = "", headers: Mapping[str, str] | None = None, body: Any = None
) -> dict[str, Any]:
    """An event; a body of text or bytes is sent as it is, any other as JSON."""
    http = {
        "method": method,
        "path": path,
        "protocol": "HTTP/1.1",
        "sourceIp": "192.0.2.1",
        "userAgent": "tests",
    }
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": "api.example", **{name.lower(): value for name, value in (headers or {}).items()}},
        "requestContext": {"http": http, "requestId": REQUEST_ID, "stage": "$default", "accountId": "123456789012"},
        "isBase64Encoded": False,
    }
    return event | _body(body)


def _body(body: Any) -> dict[str, Any]:
    if body is None:
        return {}
    if isinstance(body, bytes):
        return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    return {"body": body if isinstance(body, str) else json.dumps(body)}


def a_record(messageId: str, job: Job, delivery: int = 1) -> dict[str, Any]:
    """A job as the queue hands it to the worker, for the first time or again."""
    return {
        "messageId": messageId,
        "receiptHandle": "AQEB",
        "body": JOB.dump_json(job).decode(),
        "attributes": {"ApproximateReceiveCount": str(delivery)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:jobs",
        "awsRegion": "eu-west-1",
    }
