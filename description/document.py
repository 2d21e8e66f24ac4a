"""The description, put together: one operation per route, and the components that they share."""

import importlib
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from description import refusals
from description.headers import REPLY_HEADERS
from description.operation import JSON, Header, Json, Operation, Query, Success
from description.operations import OPERATIONS, TAGS
from description.recording import query_schemas
from description.schemas import components, name_of, reference
from ticketing.application import Application
from ticketing.directory.principal import Access, PhoneContext, Representative
from ticketing.http import Api, Reply, Request
from ticketing.http.reply import Problem
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
    """The whole description; a KeyError names a route or a field that nothing is written about."""
    paths: Json = {}
    replies: Json = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, OPERATIONS[str(route)], replies)
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
    """What answers a route."""
    api: Api = importlib.import_module(f"functions.{route.function}.app").api
    return api.handlers[route]


def _operation(route: Route, operation: Operation, replies: Json) -> Json:
    handler = handler_of(route)
    parameters = [*_path_parameters(route, operation), *_query_parameters(route, operation, handler)]
    parameters += [_header_parameter(header) for header in operation.headers]
    described: Json = {
        "operationId": _camel(handler.__name__),
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.text,
        "security": [{SCHEMES[kind][0]: []} for kind in SCHEMES if kind in route.access.value],
        "parameters": parameters,
    }
    if operation.body:
        described["requestBody"] = _request_body(operation)
    return described | {"responses": _responses(route.access, operation, replies)}


def _path_parameters(route: Route, operation: Operation) -> list[Json]:
    schema = {"type": "integer", "minimum": 1, "maximum": MAX_INTEGER}
    return [
        {"name": name, "in": "path", "required": True, "description": "The ticket; what is no id is answered with 404."}
        | {"schema": schema, "example": operation.ticket}
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]


def _query_parameters(
    route: Route, operation: Operation, handler: Callable[[Application, Request], Reply]
) -> list[Json]:
    if not operation.query:
        return []
    read, written = query_schemas(route, handler), {query.name: query for query in operation.query}
    if read.keys() != written.keys():
        raise KeyError(f"{route} reads {sorted(read)}, described are {sorted(written)}")
    return [_query_parameter(query, read[name]) for name, query in written.items()]


def _query_parameter(query: Query, read: Json) -> Json:
    schema = read | query.schema
    if "items" in read and "items" in query.schema:
        schema |= {"items": read["items"] | query.schema["items"]}
    described: Json = {"name": query.name, "in": "query", "required": query.required, "description": query.text}
    return described | {"schema": schema} | ({} if query.example is None else {"example": query.example})


def _header_parameter(header: Header) -> Json:
    described: Json = {"name": header.name, "in": "header", "required": False, "description": header.text}
    return described | {"schema": header.schema} | ({} if header.example is None else {"example": header.example})


def _request_body(operation: Operation) -> Json:
    assert operation.body  # noqa: S101 - asked by the caller
    content = {}
    for media_type, schema in operation.body.schemas.items():
        examples = {name: {"value": value} for name, value in operation.body.examples.get(media_type, {}).items()}
        content[media_type] = {"schema": schema, "examples": examples}
    return {"required": operation.body.required, "content": content}


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
    read = {success.model for operation in operations for success in operation.successes if success.model} | {Problem}
    return components(sorted(written, key=name_of), sorted(read, key=name_of))


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))
