"""Checks that a reply is one that the description tells of: its status, its headers, its body."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from description.document import document
from ticketing.errors import MethodNotAllowed, NotFound
from ticketing.http.routes import matched


def require_described(method: str, path: str, status: int, headers: Mapping[str, str], body: str | None) -> None:
    """Fails unless the reply is described; what no route answers is not looked at."""
    try:
        route, _ = matched(method, path)
    except (NotFound, MethodNotAllowed):
        return
    replies = document()["paths"][route.path][route.method.lower()]["responses"]
    assert str(status) in replies, f"{route} answers {status}, which is not described"
    reply = resolved(replies[str(status)])
    named = {name.lower() for name in headers}
    missing = [name for name in reply["headers"] if is_required(name) and name.lower() not in named]
    assert not missing, f"{route} answers {status} without {missing}"
    if "content" not in reply or method == "HEAD":
        assert not body, f"{route} answers {status} with a body, which is not described"
        return
    content = {name.lower(): value for name, value in headers.items()}["content-type"].partition(";")[0]
    assert content in reply["content"], f"{route} answers {status} as {content}, which is not described"
    if content.endswith("json"):
        schema = json.dumps(reply["content"][content]["schema"])
        faults = [
            f"{fault.instance_path}: {fault.message}" for fault in validator(schema).iter_errors(json.loads(body or ""))
        ]
        assert not faults, f"{route} answers {status}, but {faults}"


def resolved(part: Any) -> Any:
    """Return what a reference refers to, or the part itself."""
    if "$ref" not in part:
        return part
    found = document()
    for key in part["$ref"].removeprefix("#/").split("/"):
        found = found[key]
    return found


def is_required(header: str) -> bool:
    """Tell whether every reply that names the header has it."""
    return bool(document()["components"]["headers"][header]["required"])


@cache
def validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    """Return what checks values against a schema (JSON text) of the description."""
    return jsonschema_rs.Draft202012Validator(
        json.loads(schema) | {"components": document()["components"]}, validate_formats=True
    )
