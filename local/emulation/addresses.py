"""The emulator listens at further addresses, as containers need it: it knows one, or all there are."""

from importlib import import_module
from typing import Any


def listen_at(addresses: list[str]) -> None:
    """Serves at these addresses too, on the same port."""
    hypercorn: Any = import_module("hypercorn.asyncio")
    serve = hypercorn.serve

    def serve_everywhere(app: Any, config: Any) -> Any:
        port = config.bind[0].rsplit(":", 1)[1]
        config.bind = [*config.bind, *(f"{address}:{port}" for address in addresses)]
        return serve(app, config)

    hypercorn.serve = serve_everywhere
