"""The description is that of the code: nothing is missing, nothing is too much, and the files are those it makes."""

import importlib
import json
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import jsonschema_rs
import pytest

from description import headers
from description.document import document, handler_of
from description.files import ROOT, files
from description.operations import OPERATIONS
from description.schemas import COMPONENT
from functions.tickets.app import PATCHES
from tests.described import resolved, validator
from tests.webchat.chatting import begun
from tests.world import World
from ticketing.directory.principal import Access
from ticketing.errors import MethodNotAllowed, TicketingError
from ticketing.http.routes import ROUTES, Route

METHODS = [(route, document()["paths"][route.path][route.method.lower()]) for route in ROUTES]
every_operation = pytest.mark.parametrize(("route", "described"), METHODS, ids=lambda value: str(value)[:60])
READS = {
    "precondition": headers.IF_MATCH,
    "idempotency_key": headers.IDEMPOTENCY,
    "idempotency_uuid": headers.IDEMPOTENCY_UUID,
    "origin": headers.ORIGIN,
    "wants_no_body": headers.PREFER,
    "none_match": headers.IF_NONE_MATCH,
    "unless_known": headers.IF_NONE_MATCH,
}
"""What a handler asks of its request, and the header that it then reads."""


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_files_are_those_that_the_code_makes(path: Any) -> None:
    assert path.read_text() == files()[path], "run `make openapi`"


def test_every_route_is_described_and_nothing_else() -> None:
    assert OPERATIONS.keys() == set(ROUTES)
    assert {tag for _, described in METHODS for tag in described["tags"]} == {tag["name"] for tag in document()["tags"]}


def test_every_field_has_a_text() -> None:
    for name, schema in document()["components"]["schemas"].items():
        untold = [field for field, part in schema.get("properties", {}).items() if not part.get("description")]
        assert untold == [], name


def test_every_schema_is_one_and_all_that_it_refers_to_is_there() -> None:
    schemas = document()["components"]["schemas"]
    assert {"TicketWriteDTO", "TicketReadDTO", "Problem"} <= schemas.keys()
    for name in schemas:
        jsonschema_rs.meta.validate(schemas[name])
        validator(json.dumps({"$ref": f"{COMPONENT}{name}"}))


def test_operations_have_names_of_their_own() -> None:
    names = [described["operationId"] for _, described in METHODS]
    assert len(names) == len(set(names))


def test_every_refusal_is_described_somewhere() -> None:
    described = {name for key in document()["components"]["responses"] for name in key.split(".")}
    # a method that a path does not take belongs to no operation: the overview tells of it
    # and one with the code of another is that other to clients
    known = {refusal.__name__ for refusal in _descendants(TicketingError) if "code" not in vars(refusal)}
    assert described | {MethodNotAllowed.__name__} == known


@every_operation
def test_a_handler_reads_the_headers_that_are_described(route: Route, described: Any) -> None:
    asked = _names_in(handler_of(route))
    read = {header.name for name, header in READS.items() if name in asked}
    assert {p["name"] for p in described["parameters"] if p["in"] == "header"} == read


@every_operation
def test_a_handler_reads_the_body_that_is_described(route: Route, described: Any) -> None:
    reads_body = not _names_in(handler_of(route)).isdisjoint({"body_as", "body_by_type"})
    assert reads_body == ("requestBody" in described)


@every_operation
def test_a_handler_with_a_query_has_it_described(route: Route, described: Any) -> None:
    reads_query = not _names_in(handler_of(route)).isdisjoint({"parameters", "query"})
    assert reads_query == any(p["in"] == "query" for p in described["parameters"])


@every_operation
def test_a_query_parameter_that_is_described_is_read(world: World, route: Route, described: Any) -> None:
    for parameter in described["parameters"]:
        if parameter["in"] == "query":
            times = parameter["schema"].get("maxItems", 1) + 1
            query = "&".join(f"{parameter['name']}={value}" for value in range(1, times + 1))
            by = begun(world).key if route.access is Access.Visitor else "rep-11"
            answer = world.call(route.method, route.path.replace("{id}", "1"), by, query=query)
            assert parameter["name"] in {fault["pointer"] for fault in answer.json["errors"]}


@every_operation
def test_an_operation_is_told_in_full(route: Route, described: Any) -> None:
    assert described["summary"]
    assert described["description"]
    assert all(p["description"] for p in described["parameters"])
    assert all("example" in p for p in described["parameters"] if p["required"])
    assert all(resolved(reply)["description"] for reply in described["responses"].values())
    assert bool(described["security"]) == bool(route.access.value)


@every_operation
def test_examples_hold_what_is_said_of_them(route: Route, described: Any) -> None:
    for part, example in _examples(described):
        faults = [fault.message for fault in validator(json.dumps(part)).iter_errors(example)]
        assert not faults, f"{route}: {faults}"


@every_operation
def test_a_body_has_an_example_in_each_media_type(route: Route, described: Any) -> None:
    for media_type, body in described.get("requestBody", {}).get("content", {}).items():
        assert body["examples"], f"{route} as {media_type}"


def test_a_patch_is_described_in_every_media_type() -> None:
    patch = document()["paths"]["/api/Tickets/{id}"]["patch"]
    assert patch["requestBody"]["content"].keys() == PATCHES.keys()


def test_a_refusal_has_one_status() -> None:
    for described in document()["components"]["responses"].values():
        (content,) = described["content"].values()
        assert {example["value"]["status"] for example in content["examples"].values()} == {
            *content["schema"]["allOf"][1]["properties"]["status"]["enum"]
        }


def test_a_value_that_is_always_the_same_is_an_enum_with_a_type() -> None:
    """openapi-python-client leaves out every reply with a `const` beside a type."""
    assert [schema for schema in _parts(document()) if "const" in schema] == []
    assert [schema for schema in _parts(document()) if "enum" in schema and "type" not in schema] == []


def test_no_member_of_a_body_has_a_default() -> None:
    """openapi-typescript makes a member with a default required."""
    for schema in _parts(document()["components"]["schemas"]):
        assert [name for name, member in schema.get("properties", {}).items() if "default" in member] == []


def test_a_default_is_told_in_words() -> None:
    fields = document()["components"]["schemas"]["TicketWriteDTO"]["properties"]
    assert fields["isProcessed"]["description"].endswith(" Default: `true`.")
    assert "Default" not in fields["uid"]["description"]
    patch = document()["components"]["schemas"]["TicketMergePatch"]["properties"]
    assert "Default" not in patch["isProcessed"]["description"]


def _descendants(refusal: type[TicketingError]) -> Iterator[type[TicketingError]]:
    for child in refusal.__subclasses__():
        yield child
        yield from _descendants(child)


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, itself included."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for member in value:
            yield from _parts(member)


def _names_in(handler: Callable[..., Any]) -> set[str]:
    """Every name and text that a handler uses, in itself or in the functions of its module that it calls."""
    module = importlib.import_module(handler.__module__)
    names: set[str] = set()
    waiting: list[CodeType] = [handler.__code__]
    while waiting:
        code = waiting.pop()
        texts = {constant for constant in code.co_consts if isinstance(constant, str)}
        new = (set(code.co_names) | texts) - names
        names |= new
        called = (getattr(module, name, None) for name in new)
        waiting += [
            own.__code__ for own in called if isinstance(own, FunctionType) and own.__module__ == module.__name__
        ]
    return names


def _examples(described: Any) -> Iterator[tuple[Any, Any]]:
    """Each example of an operation, with the schema that it is an example of."""
    for parameter in described["parameters"]:
        if "example" in parameter:
            yield parameter["schema"], parameter["example"]
    for body in described.get("requestBody", {}).get("content", {}).values():
        for example in body["examples"].values():
            yield body["schema"], example["value"]
    for reply in map(resolved, described["responses"].values()):
        for content in reply.get("content", {}).values():
            for example in [content["example"]] if "example" in content else []:
                yield content["schema"], example
            for example in content.get("examples", {}).values():
                yield content["schema"], example["value"]
