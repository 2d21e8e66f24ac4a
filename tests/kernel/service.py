"""A stand-in for a service of AWS: answers octet by octet what a test tells it to, and remembers what it was asked."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import parse_headers
from socketserver import StreamRequestHandler, ThreadingTCPServer
from ssl import SSLContext
from threading import Thread
from typing import Any, override

type Answer = Callable[["Asked", socket.socket], bool]
"""Answers a request, and says whether the connection stays open."""


@dataclass(frozen=True)
class Asked:
    """A request: its first line, without the version; names of headers are in lower case."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class StandIn:
    """Gives its answers one by one, and the last of them from then on."""

    answers: list[Answer]
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0

    def answer(self, asked: Asked, line: socket.socket) -> bool:
        """Give the next answer."""
        self.asked.append(asked)
        return (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(asked, line)


def saying(body: bytes = b"{}", status: int = 200, **headers: str) -> Answer:
    """Answer with a body; headers are named with underscores."""
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return octets(f"HTTP/1.1 {status} x\r\n{named}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def octets(raw: bytes, stays_open: bool = True) -> Answer:
    """Answer with these octets, whatever they are."""

    def answer(_: Asked, line: socket.socket) -> bool:
        line.sendall(raw)
        return stays_open

    return answer


@contextmanager
def serving(*answers: Answer, tls: SSLContext | None = None) -> Iterator[StandIn]:
    """Serve on a free port."""
    service = StandIn([*answers])

    class Handler(StreamRequestHandler):
        @override
        def setup(self) -> None:
            if tls:
                self.request = tls.wrap_socket(self.request, server_side=True)
            service.connections += 1
            super().setup()

        @override
        def finish(self) -> None:
            super().finish()
            self.request.close()

        @override
        def handle(self) -> None:
            while line := self.rfile.readline():
                headers = {name.lower(): value for name, value in parse_headers(self.rfile).items()}
                body = self.rfile.read(int(headers.get("content-length", 0)))
                if not service.answer(Asked(line.decode().rpartition(" ")[0], headers, body), self.request):
                    return

    class Server(ThreadingTCPServer):
        daemon_threads, allow_reuse_address, block_on_close = True, True, False

        @override
        def handle_error(self, *_: Any) -> None:
            """Say nothing: clients that hang up are what is tested."""

    with Server(("127.0.0.1", 0), Handler) as server:
        service.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield service
        server.shutdown()
