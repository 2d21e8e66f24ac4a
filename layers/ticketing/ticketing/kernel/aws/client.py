"""A client of services that speak JSON: over kept connections, signed. The tests compare it with boto3's clients."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from httptools import HttpParserError

from ticketing.kernel.aws.configuration import credentials, endpoint
from ticketing.kernel.aws.connections import Connections, Reply
from ticketing.kernel.aws.services import Service
from ticketing.kernel.aws.signature import Credentials, signed
from ticketing.kernel.retries import Garbled, NoAnswer, Refusal, longest_try

CLOCK_TOLERANCE = 240
"""Seconds by which a clock may be wrong; AWS refuses what was signed five minutes ago."""
_UNTIMELY = frozenset({"InvalidSignatureException", "RequestExpired", "RequestTimeTooSkewed", "SignatureDoesNotMatch"})
"""Refusals that a wrong clock may cause."""


class JsonClient:
    """Calls operations of a service once, from any number of threads; an answer may take `patience` seconds."""

    def __init__(
        self,
        service: Service,
        url: str,
        region: str,
        keys: Callable[[], Credentials] = credentials,
        patience: float = 2,
    ) -> None:
        self.service, self.connections = service, Connections(url)
        self.patience, self._region, self._credentials = patience, region, keys
        self._clock_error = 0.0

    def call(self, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the reply of an operation, such as GetItem; raises Refusal, NoAnswer."""
        return self.ask(operation, parameters)()

    def ask(self, operation: str, parameters: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
        """Call an operation, and return what waits for its reply, once; calls asked for meanwhile are under way at the
        same time. Raises NoAnswer, and what waits raises what `call` does."""
        body, now = json.dumps(parameters).encode(), time.time() + self._clock_error
        told = {
            "content-type": f"application/x-amz-json-{self.service.version}",
            "host": self.connections.host,
            "x-amz-target": f"{self.service.target}.{operation}",
        }
        headers = signed(told, body, self._credentials(), f"{self._region}/{self.service.name}", now)
        with _lost_as_no_answer():
            read = self.connections.post(headers, body, longest_try(self.patience))
        return lambda: self._answer(operation, read, now)

    def _answer(self, operation: str, read: Callable[[float], Reply], now: float) -> dict[str, Any]:
        with _lost_as_no_answer():
            reply = read(longest_try(self.patience))
        document = _document(reply)
        if reply.status == 200:
            return document
        code = str(document.get("__type", reply.status)).partition(":")[0].rpartition("#")[2]
        is_corrected = code in _UNTIMELY and self._corrects_clock(reply, now)
        raise Refusal(code, reply.status, operation, document, may_pass=is_corrected)

    def _corrects_clock(self, reply: Reply, signed_at: float) -> bool:
        """Sign by the service's clock from now on, if a request was signed at a moment that is wrong by it."""
        with suppress(ValueError):  # of a date that is none
            right = datetime.strptime(reply.headers.get("date", ""), "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
            if abs(right.timestamp() - signed_at) > CLOCK_TOLERANCE:
                self._clock_error = right.timestamp() - time.time()
                return True
        return False


def configured_client(service: Service) -> JsonClient:
    """Return the client of a service where the configuration has it; raises BotoCoreError where there is no region."""
    return JsonClient(service, *endpoint(service))


@contextmanager
def _lost_as_no_answer() -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, HttpParserError) as error:
        raise NoAnswer(type(error).__name__) from error


def _document(reply: Reply) -> dict[str, Any]:
    """Return what a reply says; raises Garbled where it is damaged or not the service's."""
    try:
        document = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(document, dict) or reply.headers.get("x-amz-crc32") not in (None, str(crc32(reply.body))):
        raise Garbled
    return document
