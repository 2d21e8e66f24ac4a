"""JSON is read strictly: whatever could be read in two ways is refused, and named."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.strict_json import MAX_DEPTH, MAX_INTEGER, pointer, read

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


def parse(raw: bytes) -> Any:
    return read(raw, lambda value: value)


def faults_of(raw: bytes | str) -> dict[str, str]:
    with pytest.raises(InvalidRequest) as refusal:
        parse(raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw)
    return {fault.pointer: fault.detail for fault in refusal.value.faults}


def detail_of(raw: bytes) -> str:
    with pytest.raises(InvalidRequest) as refusal:
        parse(raw)
    assert refusal.value.faults == ()
    return refusal.value.detail


@given(VALUES)
def test_what_is_sound_is_read_as_it_was_meant(value: Any) -> None:
    assert parse(json.dumps(value).encode()) == value
    assert parse(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary())
def test_bytes_are_read_or_refused_and_nothing_else(raw: bytes) -> None:
    with suppress(InvalidRequest):
        assert json.dumps(parse(raw))


@pytest.mark.parametrize("number", ["1.0", "1e2", "1E2", "1.5", "-0.0", "1e400", "-1e400", "0e0", "1e-7"])
def test_a_number_with_a_fraction_or_an_exponent_is_refused(number: str) -> None:
    assert "fraction" in faults_of('{"channelID": ' + number + "}")["/channelID"]


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_what_only_looks_like_a_number_is_refused(name: str) -> None:
    assert name in faults_of('{"a": [0, ' + name + "]}")["/a/1"]


@pytest.mark.parametrize("number", [MAX_INTEGER + 1, -MAX_INTEGER - 1, 10**17, -(10**17), 2**64, 10**308])
def test_an_integer_that_a_double_cannot_hold_is_refused(number: int) -> None:
    assert "2^53" in faults_of(str(number))[""]


def test_a_number_of_6000_digits_is_refused() -> None:
    assert "2^53" in faults_of('{"n": ' + "9" * 6000 + "}")["/n"]


@pytest.mark.parametrize("number", [MAX_INTEGER, -MAX_INTEGER, 0, 1])
def test_an_integer_that_a_double_can_hold_is_taken(number: int) -> None:
    assert parse(str(number).encode()) == number


@pytest.mark.parametrize(
    "text", ["01", "+1", ".5", "1.", "0x10", "'a'", "[1,]", '{"a":1,}', " ", "tru", "1 2", "{a:1}"]
)
def test_what_is_no_json_is_refused(text: str) -> None:
    assert "not JSON" in detail_of(text.encode())


def test_no_body_is_named_as_missing() -> None:
    assert faults_of(b"") == {"": "is required"}


def test_a_byte_order_mark_is_refused() -> None:
    assert "not JSON" in detail_of(b"\xef\xbb\xbf{}")


def test_a_key_that_stands_twice_is_named() -> None:
    assert faults_of('{"a": {"b": 1, "c": 2, "b": 1}, "d": 1, "d": 2}') == {
        "/a/b": "stands more than once",
        "/d": "stands more than once",
    }


def test_a_key_spelt_in_two_ways_still_stands_twice() -> None:
    assert faults_of('{"uid": 1, "\\u0075id": 2}') == {"/uid": "stands more than once"}


def test_a_hundred_thousand_keys_are_compared_in_no_time() -> None:
    keys = ",".join(f'"{n:x}":1' for n in range(100_000))
    assert list(faults_of("{" + keys + ',"0":2}')) == ["/0"]


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\ude00\\ud83d"])
def test_a_lone_surrogate_is_refused(escape: str) -> None:
    assert "surrogate" in faults_of('{"subject": "x' + escape + '"}')["/subject"]


def test_a_surrogate_pair_is_one_character() -> None:
    assert parse(b'"\\ud83d\\ude00"') == "\N{GRINNING FACE}"


@pytest.mark.parametrize("code", [0x00, 0x08, 0x0B, 0x0C, 0x1F, 0x7F, 0x80, 0x9F])
def test_a_control_character_is_refused(code: int) -> None:
    assert f"U+{code:04X}" in faults_of(f'["\\u{code:04x}"]')["/0"]


@pytest.mark.parametrize("text", ["\t", "\n", "\r", "\u2028", "\u200b", "\ufeff", "\ufffe", "é", "漢"])
def test_other_characters_are_taken(text: str) -> None:
    assert parse(json.dumps(text).encode()) == text


def test_a_raw_control_character_is_no_json() -> None:
    assert "not JSON" in detail_of(b'"\x01"')


@pytest.mark.parametrize("raw", [b"\xff", b'"\xc3"', b'"\xed\xa0\x80"', b'"\xc0\x80"', b'"\xf4\x90\x80\x80"'])
def test_invalid_utf_8_is_refused(raw: bytes) -> None:
    assert "UTF-8" in detail_of(raw)


def test_a_bad_key_is_named() -> None:
    assert "control character" in faults_of('{"a\\u0000": 1}')["/a\0"]


def test_a_pointer_can_always_be_sent() -> None:
    assert list(faults_of('{"\\ud800": 1}')) == ["/?"]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_32_levels_are_taken_and_33_are_refused(opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    parse((opening * (MAX_DEPTH - 1) + opening + "1" + closing * MAX_DEPTH).encode())
    faults = faults_of(opening * (MAX_DEPTH + 1) + "1" + closing * (MAX_DEPTH + 1))
    assert list(faults.values()) == ["nested more than 32 deep"]


@pytest.mark.parametrize("raw", [b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 50_000])
def test_100_000_levels_are_refused(raw: bytes) -> None:
    with pytest.raises(InvalidRequest):
        parse(raw)


def test_every_fault_is_named_at_once() -> None:
    raw = '{"a": 1.5, "b": {"c": NaN, "c": 1}, "d": ["\\u0000", 1e9], "e": 9007199254740993}'
    assert set(faults_of(raw)) == {"/a", "/b/c", "/d/0", "/d/1", "/e"}


def refusing(value: Any) -> Any:
    """A reader that finds something wrong with each member."""
    raise InvalidRequest("Wrong.", [Fault(pointer(key), "is wrong") for key in value])


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ('{"a": 1, "b": 1.5, "c": "\\u0000"}', {"/a", "/b", "/c"}),
        ('{"a": {"b": "\\ud800", "c": 1}}', {"/a", "/a/b"}),
        ('{"a": 1, "b\\u0000": 1}', {"/a", "/b\0"}),
        ('{"a": 1, "b": 1, "b": 1}', {"/b"}),
    ],
)
def test_what_a_reader_finds_wrong_is_named_too_unless_it_is_ambiguous(raw: str, named: set[str]) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        read(raw.encode(), refusing)
    assert {fault.pointer for fault in refusal.value.faults} == named
    assert len(refusal.value.faults) == len(named)


def test_a_reader_gets_the_value_and_its_answer_is_given() -> None:
    assert read(b'{"a": 1}', lambda value: value["a"]) == 1


def test_what_names_the_faults_fits_into_a_reply() -> None:
    key, numbers = "k" * 100_000, ",".join(["1.0"] * 40_000)
    faults = faults_of('{"' + key + '": [' + numbers + "]}")
    assert "more" in faults[""]
    assert sum(map(len, faults)) < 1_000_000


def test_a_pointer_escapes_what_would_end_it() -> None:
    assert pointer("a/b", "~", 0, "~1", "") == "/a~1b/~0/0/~01/"


def test_no_keys_point_at_the_whole() -> None:
    assert pointer() == ""
