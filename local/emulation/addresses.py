"""Where the emulator answers: at further addresses, as containers need it, and with the API on `localhost` too.

By itself it knows one address, or all there are, and takes `localhost` for AWS alone.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

type Scope = MutableMapping[str, Any]
type App = Callable[[Scope, Any, Any], Awaitable[None]]

API_HOST = b"127.0.0.1"
"""The name that the API is mapped to."""
START = {"type": "http.response.start", "status": 302, "headers": [(b"location", b"/api/docs")]}
"""The answer to whoever looks at the address alone."""


def listen_at(addresses: list[str]) -> None:
    """Serves at these addresses too, on the same port, and the API on `localhost` as well."""
    hypercorn: Any = import_module("hypercorn.asyncio")
    serve = hypercorn.serve

    def serve_everywhere(app: App, config: Any) -> Any:
        port = config.bind[0].rsplit(":", 1)[1]
        config.bind = [*config.bind, *(f"{address}:{port}" for address in addresses)]
        return serve(with_api_on_localhost(app), config)

    hypercorn.serve = serve_everywhere


def with_api_on_localhost(app: App) -> App:
    """The app, which takes what is under /api/ for the API under either name, and leads from `/` to its page."""

    async def serve(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            scope = {**scope, "headers": [_on_api_host(*header) for header in scope["headers"]]}
        if scope["type"] == "http" and _is_a_look(scope):
            await send(START)
            await send({"type": "http.response.body"})
        else:
            await app(scope, receive, send)

    return serve


def _is_a_look(scope: Scope) -> bool:
    """Whether somebody looks at the address alone; calls of AWS to this path say who calls."""
    return (scope["method"], scope["path"]) == ("GET", "/") and b"authorization" not in dict(scope["headers"])


def _on_api_host(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    host, colon, port = value.partition(b":")
    return (name, API_HOST + colon + port) if (name, host.lower()) == (b"host", b"localhost") else (name, value)
