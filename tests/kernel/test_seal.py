"""Seals: what was sealed comes back, and nothing else is taken for it."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.kernel.seal import is_number, sealed, unsealed

VALUES = st.lists(st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text())


@given(VALUES)
def test_what_was_sealed_comes_back(values: list[object]) -> None:
    assert unsealed(sealed(*values)) == values


@given(VALUES, st.data())
def test_a_text_with_any_other_character_is_refused(values: list[object], data: st.DataObject) -> None:
    text = sealed(*values)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters().filter(lambda character: character != text[place]))
    with pytest.raises(ValueError, match="damaged"):
        unsealed(text[:place] + other + text[place + 1 :])


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unsealed(text)


@pytest.mark.parametrize("document", [b"", b"{}", b"5", b"[NaN]", b"\xff", b"[" * 100_000])
def test_what_is_no_list_is_refused(document: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unsealed(base64.urlsafe_b64encode(b"checksum" + document).decode().rstrip("="))


def test_numbers_are_those_of_ids_and_counts() -> None:
    assert all(map(is_number, (0, 7, 2**53 - 1)))
    assert not any(map(is_number, (2**53, -1, True, 1.0, "1", None)))
