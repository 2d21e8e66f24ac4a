"""Hand requests for the API to its gateway at once: the emulator looks for the API behind everything else that a
request may be for, and takes the route's pattern apart for each request.

Remove when that takes less time than the API's own health.
"""

import os
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from importlib import import_module
from logging import Logger
from typing import Any
from urllib.parse import parse_qs

type Scope = MutableMapping[str, Any]
type App = Callable[[Scope, Any, Any], Awaitable[None]]
type Reply = tuple[int, dict[str, str], bytes]

PREFIX = "/api/"
"""The beginning of the API's paths; other services of the emulator have none that do."""
STAGE = "$default"
VARIABLE = re.compile(r"\\\{(\w+)(\\\+)?\\\}")
"""A variable of a route's path, once that is escaped: `{id}`, or `{proxy+}` for the rest of it."""


def with_api(app: App) -> App:
    """Return the app with /api/ answered by its gateway at once, under any name."""
    emulator: Any = import_module("ministack.app")
    gateway: Any = import_module("ministack.services.apigateway")
    gateway._extract_path_params = values

    async def serve(scope: Scope, receive: Any, send: Any) -> None:
        api = next((key[-1] for key, _ in gateway._apis.all_items()), None)
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX) or api is None:
            await app(scope, receive, send)
            return
        query = scope["query_string"].decode(errors="replace")
        path = gateway.decode_http_api_path(scope["raw_path"].decode(errors="replace"))
        body = await body_of(receive)
        if body is None:
            return
        request = (api, STAGE, path, scope["method"], headers_of(scope), body, parse_qs(query, keep_blank_values=True))
        reply = await answered(gateway.handle_execute(*request, raw_query_string=query), emulator.logger)
        await emulator._send_response(emulator._with_date_header(send), *reply)

    return serve


async def answered(reply: Awaitable[Reply], logger: Logger) -> Reply:
    """Return the gateway's reply with an id as AWS gives each, that of the request; of a failure, which is logged, that
    of AWS."""
    try:
        status, headers, body = await reply
    except Exception:
        logger.exception("The gateway failed")
        status, headers, body = 500, {"Content-Type": "application/json"}, b'{"message":"Internal Server Error"}'
    headers.setdefault("apigw-requestid", headers.get("X-Request-Id") or b64encode(os.urandom(11)).decode())
    return status, headers, body


def headers_of(scope: Scope) -> dict[str, str]:
    """Return a request's headers by their names in small letters, those of one name joined."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]},{text}" if key in headers else text
    return headers


async def body_of(receive: Any) -> bytes | None:
    """Return the body of a request, None where its client went away before the end."""
    chunks = []
    while (message := await receive())["type"] == "http.request":
        chunks.append(message["body"])
        if not message["more_body"]:
            return b"".join(chunks)
    return None


@cache
def pattern(route: str) -> re.Pattern[str]:
    """Return what the paths of a route match."""
    return re.compile(VARIABLE.sub(lambda found: f"(?P<{found[1]}>{'.+' if found[2] else '[^/]+'})", re.escape(route)))


def values(route: str, path: str) -> dict[str, str] | None:
    """Return the values of a route's variables in a path, None where it is not the route's."""
    match = pattern(route).fullmatch(path)
    return match.groupdict() if match else None
