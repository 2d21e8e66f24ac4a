"""The description, put together: one operation per route, and the components that they share."""

import importlib
import inspect
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from description import refusals
from description.headers import REPLY_HEADERS
from description.operation import JSON, Body, Header, Json, Operation, Success
from description.operations import OPERATIONS, TAGS
from description.schemas import components, name_of, reference
from ticketing.application import Application
from ticketing.directory.principal import Access, PhoneContext, Representative
from ticketing.http import Api, Reply, Request
from ticketing.http.parameters import QueryParameter
from ticketing.http.routes import ROUTES, Route
from ticketing.kernel.strict_json import MAX_INTEGER

OVERVIEW = Path(__file__).with_name("overview.md")
PROJECT = Path(__file__).parents[1] / "pyproject.toml"
SCHEMES = {
    Representative: (
        "representative",
        "A representative's token. Claims: `customerID`, `repID`, `role` (Administrator, Supervisor, Agent or "
        "Restricted), and `iss`, `aud`, `iat`, `exp`.",
    ),
    PhoneContext: (
        "phone",
        "The token of a phone line, bound to its channel. Claims: `auth` (always `phone`), `customerID`, `channelID`, "
        "and `iss`, `aud`, `iat`, `exp`.",
    ),
}


@cache
def document() -> Json:
    """Return the whole description; a KeyError names a route that nothing is written about."""
    paths: Json = {}
    replies: Json = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, OPERATIONS[route], replies)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tickets API",
            "version": tomllib.loads(PROJECT.read_text())["project"]["version"],
            "description": OVERVIEW.read_text().strip(),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(_schemas().items())),
            "responses": dict(sorted(replies.items())),
            "headers": REPLY_HEADERS,
            "securitySchemes": {
                name: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": text}
                for name, text in SCHEMES.values()
            },
        },
    }


def handler_of(route: Route) -> Callable[[Application, Request], Reply]:
    """Return what answers a route."""
    api: Api = importlib.import_module(f"functions.{route.function}.app").api
    return api.handlers[route]


def _operation(route: Route, operation: Operation, replies: Json) -> Json:
    summary, _, text = (inspect.getdoc(handler_of(route)) or "").partition("\n\n")
    described: Json = {
        "operationId": route.name,
        "tags": [operation.tag],
        "summary": summary.removesuffix("."),
        "description": re.sub(r"(?<!\n)\n *(?![\n-])", " ", text),
        "security": [{SCHEMES[kind][0]: []} for kind in SCHEMES if kind in route.access.value],
        "parameters": list(_parameters(route, operation)),
    }
    if operation.body:
        described["requestBody"] = _request_body(operation.body)
    return described | {"responses": _responses(route.access, operation, replies)}


def _parameters(route: Route, operation: Operation) -> Iterator[Json]:
    path_schema = {"type": "integer", "minimum": 1, "maximum": MAX_INTEGER}
    for name in re.findall(r"\{(\w+)\}", route.path):
        text = "The ticket; what is no id is answered with 404."
        yield _parameter("path", QueryParameter(name, text, path_schema, operation.ticket, required=True))
    yield from (_parameter("query", parameter) for parameter in operation.query)
    yield from (_parameter("header", header) for header in operation.headers)


def _parameter(place: str, parameter: QueryParameter | Header) -> Json:
    described: Json = {"name": parameter.name, "in": place, "required": parameter.required}
    described |= {"description": parameter.text, "schema": parameter.schema}
    return described | ({} if parameter.example is None else {"example": parameter.example})


def _request_body(body: Body) -> Json:
    content = {
        media_type: {"schema": schema, "examples": {name: {"value": value} for name, value in examples.items()}}
        for media_type, (schema, examples) in body.content.items()
    }
    return {"required": body.required, "content": content}


def _responses(access: Access, operation: Operation, replies: Json) -> Json:
    described: Json = {str(success.status.value): _success(success) for success in operation.successes}
    for status, classes in refusals.replies(refusals.refusals_of(access, operation)).items():
        key = refusals.key_of(classes)
        replies[key] = refusals.reply(classes)
        described[str(status)] = {"$ref": f"#/components/responses/{key}"}
    return described


def _success(success: Success) -> Json:
    names = ("X-Request-Id", *success.headers)
    described: Json = {"description": success.text}
    described["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    content = {media_type: {"schema": schema} for media_type, schema in success.content.items()}
    if success.model:
        content = {JSON: {"schema": reference(name_of(success.model))}}
    if success.example is not None:
        content[JSON]["example"] = success.example
    return described | ({"content": content} if content else {})


def _schemas() -> dict[str, Json]:
    operations = OPERATIONS.values()
    written = {operation.body.model for operation in operations if operation.body and operation.body.model}
    read = {success.model for operation in operations for success in operation.successes if success.model} | {
        refusals.Problem
    }
    return components(sorted(written, key=name_of), sorted(read, key=name_of))
