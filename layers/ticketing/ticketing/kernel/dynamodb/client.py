"""A client of DynamoDB: JSON over kept connections, signed. boto3's client is what the tests compare it with."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from httptools import HttpParserError

from ticketing.kernel.dynamodb.configuration import credentials
from ticketing.kernel.dynamodb.connections import Connections, Reply
from ticketing.kernel.dynamodb.signature import Credentials, signed
from ticketing.kernel.retries import Garbled, NoAnswer, Refusal, longest_try

CLOCK_TOLERANCE = 240
"""Seconds by which a clock may be wrong; DynamoDB refuses what was signed five minutes ago."""
_UNTIMELY = frozenset({"InvalidSignatureException", "RequestExpired", "RequestTimeTooSkewed", "SignatureDoesNotMatch"})
"""Refusals that a wrong clock may cause."""


class DynamoClient:
    """Calls operations of DynamoDB once, from any number of threads; an answer may take `patience` seconds."""

    def __init__(
        self, url: str, region: str, keys: Callable[[], Credentials] = credentials, patience: float = 2
    ) -> None:
        self.connections = Connections(url)
        self.patience, self._region, self._credentials = patience, region, keys
        self._clock_error = 0.0

    def call(self, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the reply of an operation, such as GetItem; raises Refusal, NoAnswer."""
        body, target = json.dumps(parameters).encode(), f"DynamoDB_20120810.{operation}"
        told = {"content-type": "application/x-amz-json-1.0", "host": self.connections.host, "x-amz-target": target}
        now = time.time() + self._clock_error
        headers = signed(told, body, self._credentials(), self._region, now)
        try:
            reply = self.connections.post(headers, body, longest_try(self.patience))
        except (OSError, EOFError, HttpParserError) as error:
            raise NoAnswer(type(error).__name__) from error
        document = _document(reply)
        if reply.status == 200:
            return document
        code = str(document.get("__type", reply.status)).rpartition("#")[2]
        is_corrected = code in _UNTIMELY and self._corrects_clock(reply, now)
        raise Refusal(code, reply.status, operation, document, may_pass=is_corrected)

    def _corrects_clock(self, reply: Reply, signed_at: float) -> bool:
        """Sign by DynamoDB's clock from now on, if a request was signed at a moment that is wrong by it."""
        with suppress(ValueError):  # of a date that is none
            right = datetime.strptime(reply.headers.get("date", ""), "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
            if abs(right.timestamp() - signed_at) > CLOCK_TOLERANCE:
                self._clock_error = right.timestamp() - time.time()
                return True
        return False


def _document(reply: Reply) -> dict[str, Any]:
    """Return what a reply says; raises Garbled where it is damaged or not DynamoDB's."""
    try:
        document = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(document, dict) or reply.headers.get("x-amz-crc32") not in (None, str(crc32(reply.body))):
        raise Garbled
    return document
