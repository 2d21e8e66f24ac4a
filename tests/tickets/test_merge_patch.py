"""JSON Merge Patch (RFC 7396) over the editable fields of a ticket, and what a patch says whatever the ticket."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_ticket
from ticketing.errors import InvalidRequest
from ticketing.tickets.draft import editable_document
from ticketing.tickets.model import TicketDraft, reset_to_default
from ticketing.tickets.patch import json_patch, merge_patch
from ticketing.tickets.ticket_view import READ_ONLY

TEXTS = st.dictionaries(st.sampled_from(["uid", "preview", "summary", "toNumber"]), st.none() | st.text(max_size=32))
FLAGS = st.dictionaries(st.sampled_from(["isSpam", "isClosed", "isProcessed"]), st.none() | st.booleans())
FIELDS = st.builds(lambda texts, flags: texts | flags, TEXTS, FLAGS)


def faults_of(document: object) -> dict[str, str]:
    with pytest.raises(InvalidRequest) as refusal:
        merge_patch(document)
    return {fault.pointer: fault.detail for fault in refusal.value.faults}


@given(FIELDS)
def test_named_fields_are_replaced_and_the_others_stay(fields: dict[str, Any]) -> None:
    before = editable_document(a_ticket(uid="u"))
    after = merge_patch(fields).applied(before)
    assert {name: after[name] for name in fields} == fields
    assert {name: after[name] for name in before if name not in fields} == {
        name: before[name] for name in before if name not in fields
    }


@given(FIELDS)
def test_a_merge_patch_applied_twice_is_applied_once(fields: dict[str, Any]) -> None:
    before = editable_document(a_ticket())
    once = merge_patch(fields).applied(before)
    assert merge_patch(fields).applied(once) == once


def test_a_nulled_field_becomes_what_a_post_without_it_would_give() -> None:
    patched = merge_patch({"summary": None, "isProcessed": None}).applied(
        editable_document(a_ticket(isProcessed=False))
    )
    draft = TicketDraft.model_validate(reset_to_default(patched))
    assert (draft.summary, draft.isProcessed) == (None, True)


@pytest.mark.parametrize("document", [None, [], "x", 1, [{"op": "remove", "path": "/uid"}]])
def test_only_an_object_is_a_merge_patch(document: object) -> None:
    assert faults_of(document) == {"": "must be an object"}


def test_every_field_that_cannot_be_written_is_named() -> None:
    expected = {"/x", "/a~1b", "/~0", "/uid", *(f"/{name}" for name in READ_ONLY)}
    assert (
        set(faults_of({"x": 1, "a/b": None, "~": 2, "subject": "s", "uid": 7, **dict.fromkeys(READ_ONLY)})) == expected
    )


def test_a_merge_patch_is_all_literal() -> None:
    assert merge_patch({"subject": "s", "uid": None}).literals == {"subject": "s", "uid": None}


def test_what_comes_from_the_ticket_is_not_literal() -> None:
    operations = [
        {"op": "add", "path": "/uid", "value": "u"},
        {"op": "copy", "from": "/subject", "path": "/preview"},
        {"op": "move", "from": "/uid", "path": "/summary"},
        {"op": "test", "path": "/isSpam", "value": True},
    ]
    assert json_patch(operations).literals == {"uid": None, "summary": "u"}


def test_a_test_that_fails_on_every_ticket_hides_nothing_of_the_patch() -> None:
    operations = [{"op": "add", "path": "/uid", "value": "u"}, {"op": "test", "path": "/uid", "value": "v"}]
    assert json_patch(operations).literals == {"uid": "u"}
