"""From a client's JSON to a draft: strict types, bounds in code points, every fault named."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import A_CALL, a_body
from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.strict_json import MAX_INTEGER, pointer
from ticketing.tickets.draft import new_draft
from ticketing.tickets.model import TicketDraft
from ticketing.tickets.ticket_view import READ_ONLY

FLAGS = ("escalated", "isSpam", "isImportant", "isClosed", "isProcessed")


DATES = ("closeDate", "endDate", "followUpDate", "lastMessageDate")


IDS = ("customerRepID", "channelID")


LENGTHS = {
    "status": 50,
    "subject": 500,
    "channelType": 20,
    "uid": 254,
    "preview": 1000,
    "summary": 10_000,
    "fromNumber": 32,
    "toNumber": 32,
}


NULLABLE = (*IDS, *DATES, "uid", "preview", "summary", "twilio_CallSid", "fromNumber", "toNumber")


ASTRAL = "\N{GRINNING FACE}"


def faults_of(document: object) -> dict[str, str]:
    with pytest.raises(InvalidRequest) as refusal:
        new_draft(document)
    return {fault.pointer: fault.detail for fault in refusal.value.faults}


def test_every_field_of_the_contract_can_be_written_and_no_other() -> None:
    expected = {*FLAGS, *DATES, *IDS, *LENGTHS, "twilio_CallSid"}
    assert set(TicketDraft.model_fields) == expected
    assert {
        "ticketID",
        "token",
        "dateCreated",
        "customerRepName",
        "channelName",
        "aiFeedbackComments",
        "endUsers",
        "topics",
        "hasRecording",
        "lastEndUserMessageID",
        "unread",
    } == READ_ONLY


def test_what_is_omitted_has_its_default() -> None:
    draft = new_draft(a_body())
    assert {name: getattr(draft, name) for name in FLAGS} == dict.fromkeys(FLAGS, False) | {"isProcessed": True}
    assert all(getattr(draft, name) is None for name in NULLABLE)


@pytest.mark.parametrize("field", ["status", "subject", "channelType"])
def test_what_is_required_is_named_when_missing_null_or_empty(field: str) -> None:
    body = a_body()
    del body[field]
    assert faults_of(body) == {f"/{field}": "is required"}
    assert list(faults_of(a_body(**{field: None}))) == [f"/{field}"]
    assert list(faults_of(a_body(**{field: ""}))) == [f"/{field}"]


@pytest.mark.parametrize("field", NULLABLE)
def test_an_optional_field_may_be_null(field: str) -> None:
    assert getattr(new_draft(a_body(**{field: None})), field) is None


@pytest.mark.parametrize("field", FLAGS)
@pytest.mark.parametrize("value", ["true", "yes", 0, 1, None, [], {}])
def test_only_a_bool_is_a_bool(field: str, value: object) -> None:
    assert list(faults_of(a_body(**{field: value}))) == [f"/{field}"]


@pytest.mark.parametrize("field", IDS)
@pytest.mark.parametrize("value", ["7", True, False, -1, MAX_INTEGER + 1, [], {}, ""])
def test_only_a_positive_integer_is_an_id(field: str, value: object) -> None:
    assert list(faults_of(a_body(**{field: value}))) == [f"/{field}"]


@pytest.mark.parametrize("field", DATES)
@pytest.mark.parametrize("value", [1769851800, True, "yesterday", "", "2026-01-31", "2026-01-31T09:30:00", [], {}])
def test_only_a_date_time_with_a_zone_is_a_date(field: str, value: object) -> None:
    assert list(faults_of(a_body(**{field: value}))) == [f"/{field}"]


@pytest.mark.parametrize("field", [*LENGTHS, "twilio_CallSid"])
@pytest.mark.parametrize("value", [7, True, ["x"], {"x": 1}])
def test_only_a_string_is_a_text(field: str, value: object) -> None:
    assert list(faults_of(a_body(**{field: value}))) == [f"/{field}"]


@pytest.mark.parametrize(("field", "length"), LENGTHS.items())
@pytest.mark.parametrize("character", ["x", "é", ASTRAL])
def test_lengths_count_code_points(field: str, length: int, character: str) -> None:
    assert getattr(new_draft(a_body(**{field: character * length})), field) == character * length
    assert list(faults_of(a_body(**{field: character * (length + 1)}))) == [f"/{field}"]


@pytest.mark.parametrize(
    "call", ["CA", A_CALL.upper(), A_CALL + "0", A_CALL[:-1], A_CALL + "\n", "XX" + A_CALL[2:], "", " " + A_CALL]
)
def test_only_a_call_sid_names_a_call(call: str) -> None:
    assert list(faults_of(a_body(twilio_CallSid=call))) == ["/twilio_CallSid"]


def test_a_call_sid_is_taken() -> None:
    assert new_draft(a_body(twilio_CallSid=A_CALL)).twilio_CallSid == A_CALL


def test_0_means_nobody() -> None:
    assert new_draft(a_body(customerRepID=0)).customerRepID is None


def test_there_is_no_channel_0() -> None:
    assert list(faults_of(a_body(channelID=0))) == ["/channelID"]


def test_an_empty_uid_is_none_while_other_texts_may_be_empty() -> None:
    draft = new_draft(a_body(uid="", preview="", summary="", fromNumber="", toNumber=""))
    assert draft.uid is None
    assert (draft.preview, draft.summary, draft.fromNumber, draft.toNumber) == ("", "", "", "")


@pytest.mark.parametrize(
    "text", [" x ", "\tx\r\n", "é e\u0301", "ＡＢＣ", "\u202eabc", "ß İ ǅ", "x\u0000".replace("\0", "")]
)
def test_text_is_kept_as_it_was_sent(text: str) -> None:
    draft = new_draft(a_body(subject=text, status=text, channelType=text, uid=text, preview=text, summary=text))
    assert {draft.subject, draft.status, draft.channelType, draft.uid, draft.preview, draft.summary} == {text}


@pytest.mark.parametrize("name", ["ticketid", "Status", "function-x", "constrained-x", "a/b", "~", "", "0"])
def test_an_unknown_field_is_named(name: str) -> None:
    escaped = name.replace("~", "~0").replace("/", "~1")
    assert faults_of(a_body(**{name: 1})) == {f"/{escaped}": "is no field that can be written"}


def test_every_fault_is_named_at_once() -> None:
    document = {"subject": 7, "channelID": "7", "isSpam": None, "endDate": "soon", "x": 1, "y/z": 2}
    assert set(faults_of(document)) == {
        "/status",
        "/subject",
        "/channelType",
        "/channelID",
        "/isSpam",
        "/endDate",
        "/x",
        "/y~1z",
    }


@pytest.mark.parametrize("document", [None, [], "text", 7, True, [{}]])
def test_only_an_object_is_a_draft(document: object) -> None:
    assert faults_of(document) == {"": "must be an object"}


def test_read_only_fields_are_ignored_whatever_they_hold() -> None:
    assert new_draft(a_body(**dict.fromkeys(READ_ONLY, "anything"))) == new_draft(a_body())


@given(st.dictionaries(st.sampled_from(sorted(TicketDraft.model_fields)) | st.text(max_size=5), st.none() | st.text()))
def test_any_object_is_taken_or_its_faults_are_named(document: dict[str, Any]) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        taken = new_draft(document)
    except InvalidRequest as refusal:
        faults = refusal.faults
    else:
        assert taken.model_fields_set == document.keys() - READ_ONLY
    unknown = {pointer(name) for name in document.keys() - set(TicketDraft.model_fields) - READ_ONLY}
    assert unknown <= {fault.pointer for fault in faults}
