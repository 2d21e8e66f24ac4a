"""A WSGI application that hands each request to the function whose path it has, as the gateway's event."""

import uuid
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from tests.gateway import an_event

FUNCTIONS = {name: import_module(f"functions.{name}.app").lambda_handler for name in ("tickets", "bulk")}


class Context:
    """A handler's context."""

    function_name = function_version = "bench"
    memory_limit_in_mb = 1024
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:bench"

    def __init__(self) -> None:
        """Name the request."""
        self.aws_request_id = str(uuid.uuid4())

    def get_remaining_time_in_millis(self) -> int:
        """Return what the gateway leaves."""
        return 29_000


def answer(environ: dict[str, Any], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    """Answer a request; only this bench asks, and only of the paths that it names."""
    headers = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        headers["Content-Type"] = environ["CONTENT_TYPE"]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode() or None
    path = environ["PATH_INFO"]
    event = an_event(environ["REQUEST_METHOD"], path, environ["QUERY_STRING"], headers, body)
    reply = FUNCTIONS["bulk" if path.endswith("/bulk") else "tickets"](event, Context())
    sent = reply["body"].encode()
    start(f"{reply['statusCode']} Answered", [*reply["headers"].items(), ("Content-Length", str(len(sent)))])
    return [sent]
