"""Serve at several addresses and under every name, with uvicorn: the emulator listens at one address or at all, keeps
`localhost` for AWS, and its server, hypercorn, takes three times as long for a request.

Remove when the emulator can bind several addresses, maps an API to a name without a dot, and has a server as fast.
"""

import socket
from importlib import import_module
from typing import Any

from local.emulation.gateway import App, Scope, with_api

START = {"type": "http.response.start", "status": 302, "headers": [(b"location", b"/api/docs")]}
GRACE = 3
"""Seconds that requests may take to end when it stops."""


def listen_at(address: str | None) -> None:
    """Serve at this address too, on the same port, and the API under every name."""
    hypercorn: Any = import_module("hypercorn.asyncio")
    uvicorn: Any = import_module("uvicorn")

    async def serve(app: App, config: Any) -> None:
        host, port = config.bind[0].rsplit(":", 1)
        sockets = [_listening(each, int(port)) for each in (host, address) if each]
        settings = uvicorn.Config(
            with_front_page(with_api(app)),
            log_config=None,
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_keep_alive=config.keep_alive_timeout,
            timeout_graceful_shutdown=GRACE,
        )
        await uvicorn.Server(settings).serve(sockets)

    hypercorn.serve = serve


def _listening(address: str, port: int) -> socket.socket:
    server = socket.create_server((address, port))
    # else the second part of a reply waits 40 ms for the client's word of the first
    server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return server


def with_front_page(app: App) -> App:
    """Return the app with `/` leading a browser to the API's page."""

    async def serve(scope: Scope, receive: Any, send: Any) -> None:
        # a call of AWS to `/` says who calls
        is_page = (scope.get("method"), scope.get("path")) == ("GET", "/")
        if is_page and b"authorization" not in dict(scope["headers"]):
            await send(START)
            await send({"type": "http.response.body"})
        else:
            await app(scope, receive, send)

    return serve
