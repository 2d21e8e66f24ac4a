"""A client of services that speak JSON: over kept connections, signed. The tests compare it with boto3's clients."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

from ticketing.kernel.aws.clock import Clock
from ticketing.kernel.aws.configuration import credentials, endpoint
from ticketing.kernel.aws.connections import Connections, ServiceReply
from ticketing.kernel.aws.services import Service
from ticketing.kernel.aws.signature import Credentials, Signer
from ticketing.kernel.retries import Garbled, Refusal, longest_try

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
        self.patience, self._credentials, self._clock = patience, keys, Clock()
        self._place = f"{region}/{service.name}"

    def call(self, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the reply of an operation, such as GetItem; raises Refusal, NoAnswer."""
        return self.ask(operation, parameters)()

    def ask(self, operation: str, parameters: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
        """Call an operation, and return what waits for its reply, once, and raises what `call` does. What was asked for
        meanwhile is under way at the same time."""
        body, now = json.dumps(parameters).encode(), self._clock.now()
        told = {
            "content-type": f"application/x-amz-json-{self.service.version}",
            "host": self.connections.host,
            "x-amz-target": f"{self.service.target}.{operation}",
        }
        headers = Signer(self._credentials(), self._place, now).signed(told, body)
        read = self.connections.ask("POST", "/", headers, body, longest_try(self.patience))
        return lambda: self._answer(operation, read, now)

    def _answer(self, operation: str, read: Callable[[float], ServiceReply], now: float) -> dict[str, Any]:
        reply = read(longest_try(self.patience))
        document = _document(reply)
        if reply.status == 200:
            return document
        code = str(document.get("__type", reply.status)).partition(":")[0].rpartition("#")[2]
        is_corrected = code in _UNTIMELY and self._clock.is_corrected(reply, now)
        raise Refusal(code, reply.status, operation, document, may_pass=is_corrected)


def configured_client(service: Service) -> JsonClient:
    """Return the client of a service where the configuration has it; raises BotoCoreError where there is no region."""
    return JsonClient(service, *endpoint(service))


def _document(reply: ServiceReply) -> dict[str, Any]:
    """Return what a reply says; raises Garbled where it is damaged or not the service's."""
    try:
        document = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(document, dict) or reply.headers.get("x-amz-crc32") not in (None, str(crc32(reply.body))):
        raise Garbled
    return document
