"""A line between a client and an engine on which something goes wrong, on purpose and just where a test wants it."""

import http.client
import json
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

type Fault = Callable[["Handler", bytes, int], None]
"""What becomes of an answer (body, status) that was to be sent back."""


def dropped(handler: "Handler", _: bytes, __: int) -> None:
    """The line goes dead before the answer comes."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def failed(handler: "Handler", _: bytes, __: int) -> None:
    """The engine says that it has failed, though it has not."""
    handler.answer(b'{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"x"}', 500)


def hung(handler: "Handler", _: bytes, __: int) -> None:
    """Nothing comes, until the client hangs up."""
    handler.close_connection = True
    handler.rfile.read(1)


@dataclass
class Proxy:
    """`faults` are what becomes of the next answers to an operation, one each. Of the tries of every request, the first
    `hangs` are carried out and never answered."""

    engine: str
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    forgets_tokens: bool = False
    """Whether the engine is to take a transaction that is sent again for another."""
    url: str = ""
    hangs: int = 0
    tries: Counter[bytes] = field(default_factory=Counter)

    def fault(self, operation: str, body: bytes) -> Fault | None:
        """Return what goes wrong with an answer; None: nothing."""
        if self.tries[body] < self.hangs:
            self.tries[body] += 1
            return hung
        del self.tries[body]
        faults = self.faults.get(operation)
        return faults.pop(0) if faults else None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: Proxy

    def do_POST(self) -> None:
        operation = self.headers["X-Amz-Target"].partition(".")[2]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.proxy.forgets_tokens:
            request = json.loads(body)
            request.pop("ClientRequestToken", None)
            body = json.dumps(request).encode()
        answer, status = self._forwarded(body)
        self.proxy.seen.append(operation)
        fault = self.proxy.fault(operation, body)
        if fault:
            fault(self, answer, status)
        else:
            self.answer(answer, status)

    def answer(self, body: bytes, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def _forwarded(self, body: bytes) -> tuple[bytes, int]:
        connection = http.client.HTTPConnection(urlsplit(self.proxy.engine).netloc, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() != "content-length"}
            connection.request("POST", "/", body, headers)
            reply = connection.getresponse()
            return reply.read(), reply.status
        finally:
            connection.close()


def saying(body: bytes, status: int) -> Fault:
    """The engine answers with whatever this is."""

    def fault(handler: Handler, _: bytes, __: int) -> None:
        handler.answer(body, status)

    return fault


@contextmanager
def proxied(engine: str) -> Iterator[Proxy]:
    """A proxy before the engine at a URL."""
    proxy = Proxy(engine)
    handler = type("ProxyHandler", (Handler,), {"proxy": proxy})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        proxy.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()
