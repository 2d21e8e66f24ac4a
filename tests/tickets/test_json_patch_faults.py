"""Checks what is no JSON Patch, and how its faults are named."""

import pytest

from ticketing.errors import InvalidRequest
from ticketing.tickets.patch import json_patch
from ticketing.tickets.ticket_view import READ_ONLY


def faults_of(document: object) -> dict[str, str]:
    with pytest.raises(InvalidRequest) as refusal:
        json_patch(document)
    return {fault.pointer: fault.detail for fault in refusal.value.faults}


@pytest.mark.parametrize("document", [None, {}, "x", 1, {"op": "remove", "path": "/uid"}])
def test_only_an_array_is_a_json_patch(document: object) -> None:
    (detail,) = faults_of(document).values()
    assert detail.startswith("must be an array of operations; an object of fields is sent as application/merge-patch")


@pytest.mark.parametrize("operation", [None, [], "remove", 1])
def test_only_an_object_is_an_operation(operation: object) -> None:
    assert faults_of([operation]) == {"/0": "must be an object"}


@pytest.mark.parametrize("op", ["ADD", "", "set", None, 1, ["add"], {"add": 1}])
def test_an_operation_is_one_of_six(op: object) -> None:
    assert list(faults_of([{"op": op, "path": "/uid", "value": 1}])) == ["/0/op"]
    assert "/0/op" in faults_of([{"path": "/uid", "value": 1}])


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "subject",
        "/Subject",
        "/subject/",
        "/subject/0",
        "/0",
        "/-",
        "//subject",
        "/sub~0ject",
        None,
        1,
        ["/uid"],
    ]
    + [f"/{name}" for name in sorted(READ_ONLY)],
)
def test_an_operation_aims_at_a_field_that_can_be_written(path: object) -> None:
    assert list(faults_of([{"op": "remove", "path": path}])) == ["/0/path"]
    assert list(faults_of([{"op": "copy", "from": path, "path": "/uid"}])) == ["/0/from"]


@pytest.mark.parametrize("op", ["add", "replace", "test"])
def test_an_operation_that_needs_a_value_says_so(op: str) -> None:
    assert list(faults_of([{"op": op, "path": "/uid"}])) == ["/0/value"]


@pytest.mark.parametrize("op", ["move", "copy"])
def test_an_operation_that_needs_a_source_says_so(op: str) -> None:
    assert list(faults_of([{"op": op, "path": "/uid"}])) == ["/0/from"]


def test_every_fault_is_named_at_once() -> None:
    operations = [{"op": "x", "path": "/y"}, {"op": "add", "path": "/uid"}, 7, {"op": "move", "path": ""}]
    literal = {"op": "add", "path": "/subject", "value": 7}
    named = {"/0/op", "/0/path", "/1/value", "/2", "/3/from", "/3/path", "/subject"}
    assert set(faults_of([*operations, literal])) == named
