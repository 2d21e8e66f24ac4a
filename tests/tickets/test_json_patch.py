"""JSON Patch (RFC 6902) over the editable fields of a ticket, each of which exists."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_ticket
from ticketing.errors import PatchTestFailed, PayloadTooLarge
from ticketing.tickets.draft import editable_document
from ticketing.tickets.patch import json_patch

FIELDS = st.sampled_from(["uid", "preview", "summary", "fromNumber", "toNumber"])
"""Fields that take the same values, so that any may be moved to any other."""


POINTERS = FIELDS.map(lambda name: f"/{name}")


VALUES = st.none() | st.text(max_size=32)


OPERATIONS = (
    st.fixed_dictionaries({"op": st.sampled_from(["add", "replace"]), "path": POINTERS, "value": VALUES})
    | st.fixed_dictionaries({"op": st.just("remove"), "path": POINTERS})
    | st.fixed_dictionaries({"op": st.sampled_from(["move", "copy"]), "path": POINTERS, "from": POINTERS})
)


def patched(*operations: Any, **fields: Any) -> dict[str, Any]:
    return json_patch(list(operations)).applied(editable_document(a_ticket(**fields)))


def test_no_operations_change_nothing() -> None:
    assert patched() == editable_document(a_ticket())


@pytest.mark.parametrize("op", ["add", "replace"])
def test_a_field_is_set(op: str) -> None:
    assert patched({"op": op, "path": "/subject", "value": "new"})["subject"] == "new"


def test_a_field_that_is_empty_exists_and_can_be_replaced() -> None:
    assert patched({"op": "replace", "path": "/uid", "value": "u"})["uid"] == "u"


def test_a_field_is_removed_by_nulling_it() -> None:
    assert patched({"op": "remove", "path": "/summary"}, summary="s")["summary"] is None


def test_a_field_is_copied() -> None:
    document = patched({"op": "copy", "from": "/subject", "path": "/summary"}, subject="s")
    assert (document["subject"], document["summary"]) == ("s", "s")


def test_a_field_is_moved() -> None:
    document = patched({"op": "move", "from": "/preview", "path": "/summary"}, preview="p")
    assert (document["preview"], document["summary"]) == (None, "p")


@pytest.mark.parametrize("op", ["move", "copy"])
def test_a_field_moved_onto_itself_stays(op: str) -> None:
    assert patched({"op": op, "from": "/subject", "path": "/subject"}, subject="s")["subject"] == "s"


def test_operations_build_on_each_other() -> None:
    document = patched(
        {"op": "test", "path": "/uid", "value": None},
        {"op": "add", "path": "/uid", "value": "a"},
        {"op": "test", "path": "/uid", "value": "a"},
        {"op": "copy", "from": "/uid", "path": "/preview"},
        {"op": "replace", "path": "/uid", "value": "b"},
    )
    assert (document["uid"], document["preview"]) == ("b", "a")


def test_members_that_an_operation_does_not_have_are_ignored() -> None:
    assert patched({"op": "remove", "path": "/uid", "value": 1, "from": "/x", "comment": "y"}, uid="u")["uid"] is None


@pytest.mark.parametrize(
    ("field", "value", "fields"),
    [
        ("subject", "s", {"subject": "s"}),
        ("isSpam", True, {"isSpam": True}),
        ("isSpam", False, {}),
        ("channelID", 1, {"channelID": 1}),
        ("uid", None, {}),
        ("closeDate", "2026-01-31T09:30:00.000Z", {"status": "Closed"}),
    ],
)
def test_a_test_that_holds_changes_nothing(field: str, value: object, fields: dict[str, Any]) -> None:
    operation = {"op": "test", "path": f"/{field}", "value": value}
    assert patched(operation, **fields) == editable_document(a_ticket(**fields))


@pytest.mark.parametrize(
    ("field", "value", "fields"),
    [
        ("subject", "S", {"subject": "s"}),
        ("isSpam", 1, {"isSpam": True}),
        ("isSpam", 0, {}),
        ("isSpam", "true", {"isSpam": True}),
        ("channelID", True, {"channelID": 1}),
        ("channelID", "1", {"channelID": 1}),
        ("customerRepID", 0, {}),
        ("uid", "", {}),
        ("uid", False, {}),
        ("subject", ["s"], {"subject": "s"}),
        ("subject", {"s": 1}, {"subject": "s"}),
        ("closeDate", "2026-01-31T09:30:00Z", {"status": "Closed"}),
    ],
)
def test_a_test_that_does_not_hold_fails_the_whole(field: str, value: object, fields: dict[str, Any]) -> None:
    with pytest.raises(PatchTestFailed, match=field):
        patched(
            {"op": "add", "path": "/summary", "value": "x"},
            {"op": "test", "path": f"/{field}", "value": value},
            **fields,
        )


def test_100_operations_are_taken_and_101_are_too_many() -> None:
    operation = {"op": "test", "path": "/isSpam", "value": False}
    assert patched(*[operation] * 100) == editable_document(a_ticket())
    with pytest.raises(PayloadTooLarge):
        json_patch([operation] * 101)


def reference(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """RFC 6902 by the letter, where to remove is to null."""
    result = dict(document)
    match operation["op"]:
        case "add" | "replace":
            result[operation["path"][1:]] = operation["value"]
        case "remove":
            result[operation["path"][1:]] = None
        case "copy":
            result[operation["path"][1:]] = result[operation["from"][1:]]
        case "move":
            value = result[operation["from"][1:]]
            result[operation["from"][1:]] = None
            result[operation["path"][1:]] = value
    return result


@given(st.lists(OPERATIONS, max_size=10))
def test_a_patch_does_what_its_operations_do_one_after_the_other(operations: list[dict[str, Any]]) -> None:
    before = editable_document(a_ticket(uid="u", preview="p", status="Closed"))
    expected, untouched = before, dict(before)
    for operation in operations:
        expected = reference(expected, operation)
    assert json_patch(operations).applied(before) == expected
    assert before == untouched
