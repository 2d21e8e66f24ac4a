"""The components' schemas: those of the models, under the names that clients know."""

import json
import re
from collections.abc import Collection
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from description.operation import Json
from ticketing.tickets.model import TicketDraft
from ticketing.tickets.patch import MAX_OPERATIONS
from ticketing.tickets.ticket_view import READ_ONLY

COMPONENT = "#/components/schemas/"
_SUFFIXES = {"Draft": "WriteDTO", "View": "ReadDTO"}
"""The endings by which clients tell what is written and what is read of one thing."""


def name_of(model: type[BaseModel]) -> str:
    """Return a model's name as clients know it, such as TicketReadDTO."""
    return _client_name(model.__name__)


def reference(name: str) -> Json:
    """Return a reference to a component's schema."""
    return {"$ref": f"{COMPONENT}{name}"}


def components(written: Collection[type[BaseModel]], read: Collection[type[BaseModel]]) -> dict[str, Json]:
    """Return the schemas of what clients write and of what they read, by name, with all that they refer to."""
    models = [(model, "validation") for model in written] + [(model, "serialization") for model in read]
    _, document = models_json_schema(models, ref_template=f"{COMPONENT}{{model}}")  # type: ignore[arg-type]
    writable = {model.__name__ for model in written}
    schemas = {name: _component(schema, name in writable) for name, schema in document["$defs"].items()}
    named = {_client_name(name): _renamed(schema) for name, schema in schemas.items()}
    draft = named[name_of(TicketDraft)]
    patches = {"TicketMergePatch": _merge_patch(draft), "TicketJsonPatch": _json_patch(draft)}
    draft["properties"] |= {name: {"readOnly": True, "description": "Ignored."} for name in sorted(READ_ONLY)}
    for model in written:
        for field in named[name_of(model)]["properties"].values():
            _tell_default(field)
    return named | patches


def _component(schema: Json, is_written: bool) -> Json:
    """Return one model's schema; a reply always holds every field, and later versions may hold more."""
    if "properties" not in schema:
        return {key: value for key, value in schema.items() if key != "title"}
    fields = {field: _nullable(property_) for field, property_ in schema["properties"].items()}
    described = {"type": "object", "description": schema["description"], "properties": fields}
    if is_written:
        closed = {"required": schema.get("required", []), "additionalProperties": False}
        return described | closed
    for field in fields.values():
        field.pop("default", None)
    return described | {"required": list(fields)}


def _tell_default(field: Json) -> None:
    """Say in words what a field is unless it is given: generators of clients make what has a `default` required."""
    default = field.pop("default", None)
    if default is not None:
        field["description"] += f" Default: `{json.dumps(default)}`."


def _nullable(schema: Json) -> Json:
    """Return a field's schema without its title, and `anyOf` with null as the list of types that says the same."""
    plain = {key: value for key, value in schema.items() if key != "title"}
    choices: list[Json] = plain.get("anyOf", [])
    if len(choices) != 2 or choices[1] != {"type": "null"} or "type" not in choices[0]:
        return plain
    del plain["anyOf"]
    return {**choices[0], "type": [choices[0]["type"], "null"], **plain}


def _renamed(value: Any) -> Any:
    """Return a schema that refers to others by the names of clients."""
    if isinstance(value, dict):
        return {key: _renamed(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_renamed(member) for member in value]
    return _client_name(value) if isinstance(value, str) and value.startswith(COMPONENT) else value


def _client_name(text: str) -> str:
    return re.sub("(Draft|View)$", lambda found: _SUFFIXES[found[0]], text)


def _merge_patch(draft: Json) -> Json:
    """Return the schema of any of a draft's fields; null resets those that a new ticket need not have."""
    fields = {}
    for name, schema in draft["properties"].items():
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        may_be_null = name not in draft["required"] and "null" not in kinds
        without_default = {key: value for key, value in schema.items() if key != "default"}
        fields[name] = without_default | ({"type": [*kinds, "null"]} if may_be_null else {})
    text = "A JSON Merge Patch (RFC 7396): the fields to change; null resets one to what a new ticket has without it."
    return {"type": "object", "description": text, "properties": fields, "additionalProperties": False}


def _json_patch(draft: Json) -> Json:
    paths = {"type": "string", "enum": [f"/{name}" for name in draft["properties"]]}
    path = paths | {"description": "The field that the operation is about."}
    value = {"description": "The field's value; for test, the value that it must have."}
    moving = {"path": path, "from": paths | {"description": "The field that the value is taken from."}}
    valued, plain = {"path": path, "value": value}, {"path": path}
    members: dict[tuple[str, ...], Json] = {("add", "replace", "test"): valued, ("move", "copy"): moving}
    kinds = [_patch_operation(list(ops), some) for ops, some in (members | {("remove",): plain}).items()]
    text = "A JSON Patch (RFC 6902) over the fields of TicketWriteDTO, every one of which exists (null when empty)."
    return {"type": "array", "description": text, "maxItems": MAX_OPERATIONS, "items": {"oneOf": kinds}}


def _patch_operation(kinds: list[str], members: Json) -> Json:
    op = {"type": "string", "enum": kinds, "description": "What to do."}
    schema = {"type": "object", "properties": {"op": op, **members}, "required": ["op", *members]}
    return {"title": f"operation {' or '.join(kinds)}"} | schema
