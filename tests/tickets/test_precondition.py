"""Conditional requests: entity tags, and what is none."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_ticket
from ticketing.errors import InvalidRequest, PreconditionFailed
from ticketing.tickets.precondition import entity_tag, if_match, none_match

TICKET = a_ticket(version=7)


def test_a_tag_is_the_version_in_quotes() -> None:
    assert entity_tag(TICKET) == '"7"'


@pytest.mark.parametrize("header", [None, "*", " * ", '"7"', ' "7" ', '"6", "7"', '"6","7","8"', 'W/"7", "7"', '"7"\t'])
def test_if_match_holds(header: str | None) -> None:
    if_match(header).require(TICKET)


@pytest.mark.parametrize(
    "header", ['"7",', ',"7"', '"6",,"7"', ' , "6" ,\t, "7" , ,', "," * 4000 + '"7"' + ", " * 4000]
)
def test_empty_elements_of_a_list_are_ignored(header: str) -> None:
    if_match(header).require(TICKET)


@pytest.mark.parametrize(
    "header", ['"6"', '"77"', '""', 'W/"7"', '"6", W/"7"', '"*"', '"7 "'.replace(" ", "_"), '"a,b"']
)
def test_if_match_is_stale(header: str) -> None:
    with pytest.raises(PreconditionFailed) as refusal:
        if_match(header).require(TICKET)
    assert refusal.value.headers["ETag"] == '"7"'


@pytest.mark.parametrize(
    "header",
    [
        "",
        " ",
        ",",
        " , ,",
        '"7",7',
        '"7",*',
        "7,",
        "," * 8000 + "7",
        '"7"' + " ," * 4000 + "7",
        "7",
        "'7'",
        '"7',
        '7"',
        'w/"7"',
        '"7" "8"',
        '*, "7"',
        '"7", *',
        "**",
        '"7",8',
        '"7 8"',
        '"\t"',
        '"7";x',
    ],
)
def test_if_match_is_no_entity_tag_at_all(header: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        if_match(header)
    assert [fault.pointer for fault in refusal.value.faults] == ["If-Match"]


@pytest.mark.parametrize("header", ["*", " * ", '"7"', 'W/"7"', '"6", W/"7"', '"6","7"'])
def test_if_none_match_names_the_version(header: str) -> None:
    assert none_match(header, entity_tag(TICKET))


@pytest.mark.parametrize("header", [None, "", "7", '"6"', 'W/"6"', '"77"', "nonsense"])
def test_if_none_match_names_another_version(header: str | None) -> None:
    assert not none_match(header, entity_tag(TICKET))


@given(st.text())
def test_any_header_is_read_or_refused(header: str) -> None:
    with suppress(InvalidRequest, PreconditionFailed):
        if_match(header).require(TICKET)
        assert "*" in header or '"7"' in header
    assert none_match(header, entity_tag(TICKET)) == (header.strip() == "*" or '"7"' in header)
