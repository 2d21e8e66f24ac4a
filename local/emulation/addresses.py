"""Wrong: it listens at one address or at all, and keeps `localhost` for AWS. Goes when it can bind several addresses
and map an API to a name without a dot.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

type Scope = MutableMapping[str, Any]
type App = Callable[[Scope, Any, Any], Awaitable[None]]

API_HOST = b"127.0.0.1"
"""The name that the API is mapped to."""
START = {"type": "http.response.start", "status": 302, "headers": [(b"location", b"/api/docs")]}


def listen_at(address: str | None) -> None:
    """Serve at this address too, on the same port, and the API on `localhost` as well."""
    hypercorn: Any = import_module("hypercorn.asyncio")
    serve = hypercorn.serve

    def serve_everywhere(app: App, config: Any) -> Any:
        port = config.bind[0].rsplit(":", 1)[1]
        config.bind = [*config.bind, *([f"{address}:{port}"] if address else [])]
        return serve(with_api_on_localhost(app), config)

    hypercorn.serve = serve_everywhere


def with_api_on_localhost(app: App) -> App:
    """Return the app with /api/ under either name, and `/` leading a browser to the API's page."""

    async def serve(scope: Scope, receive: Any, send: Any) -> None:
        headers = dict(scope.get("headers", []))
        # a call of AWS to `/` says who calls
        if (scope.get("method"), scope.get("path")) == ("GET", "/") and b"authorization" not in headers:
            await send(START)
            await send({"type": "http.response.body"})
            return
        name, colon, port = headers.get(b"host", b"").partition(b":")
        if scope.get("path", "").startswith("/api/") and name.lower() == b"localhost":
            others = [header for header in scope["headers"] if header[0] != b"host"]
            scope = {**scope, "headers": [*others, (b"host", API_HOST + colon + port)]}
        await app(scope, receive, send)

    return serve
