"""The description, put together: one operation per route, and the components that they share."""

import importlib
import inspect
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from description import refusals
from description.headers import RequestHeader
from description.operation import JSON, Body, Json, Operation, Success
from description.operations import OPERATIONS, TAG_OF
from description.schemas import components, name_of, reference
from ticketing.application import Application
from ticketing.directory.principal import Access, ChatVisitor, PhoneContext, Representative
from ticketing.http import Api, Reply, Request
from ticketing.http.parameters import QueryParameter
from ticketing.http.routes import ROUTES, Route
from ticketing.kernel.strict_json import MAX_INTEGER

OVERVIEW = Path(__file__).with_name("overview.md")
PROJECT = Path(__file__).parents[1] / "pyproject.toml"
FRAME: Json = json.loads(Path(__file__).with_name("frame.json").read_text())
"""The parts of the document that do not depend on the code."""
SCHEMES = {Representative: "representative", PhoneContext: "phone", ChatVisitor: "visitor"}


@cache
def document() -> Json:
    """Return the whole description; a KeyError names a route that nothing is written about."""
    paths: Json = {}
    replies: Json = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, OPERATIONS[route], replies)
    version = tomllib.loads(PROJECT.read_text())["project"]["version"]
    return {
        "openapi": FRAME["openapi"],
        "info": FRAME["info"] | {"version": version, "description": OVERVIEW.read_text().strip()},
        "servers": FRAME["servers"],
        "tags": FRAME["tags"],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(_schemas().items())),
            "responses": dict(sorted(replies.items())),
            "headers": FRAME["headers"],
            "securitySchemes": FRAME["securitySchemes"],
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
        "tags": [TAG_OF.get(route.function, "Tickets")],
        "summary": summary.removesuffix("."),
        "description": re.sub(r"(?<!\n)\n *(?![\n-])", " ", text),
        "security": [{SCHEMES[kind]: []} for kind in SCHEMES if kind in route.access.value],
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


def _parameter(place: str, parameter: QueryParameter | RequestHeader) -> Json:
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
    content: Json = {media_type: {"schema": schema} for media_type, schema in success.content.items()}
    if success.model:
        content = {JSON: {"schema": reference(name_of(success.model))}}
    if success.example is not None:
        content[JSON]["example"] = success.example
    return described | ({"content": content} if content else {})


def _schemas() -> dict[str, Json]:
    operations = OPERATIONS.values()
    written = {operation.body.model for operation in operations if operation.body and operation.body.model}
    read = {success.model for operation in operations for success in operation.successes if success.model}
    return components(sorted(written, key=name_of), sorted({*read, refusals.Problem}, key=name_of))
