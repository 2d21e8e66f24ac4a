"""Checks what a text is judged by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.learning.features import HASHES, LONGEST, features


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Where is my REFUND?", "where is my refund?"),
        ("Où est le café", "ou est le cafe"),
        ("Call 09063442151", "call 12345678901"),
        ("two  words\n", "two words"),
        ("ＦＲＥＥ", "free"),
        ("f\u200bre\u00ade", "free"),
        ("फ़ोन", "फोन"),
    ],
)
def test_texts_that_differ_in_form_have_the_same_features(one: str, other: str) -> None:
    assert features(one) == features(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Call 09063442151", "Call 7"),
        ("win £ 5", "win 5"),
        ("dog bites man", "man bites dog"),
        ("card lost", "lost the card"),
        ("पार्सल", "प र सल"),
    ],
)
def test_texts_that_differ_in_words_have_different_features(one: str, other: str) -> None:
    assert features(one) != features(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("refunded", "refunds"),
        ("my parcel", "your parcel"),
        ("返金してください", "返金はいつですか"),
        ("คืนสินค้าได้ไหม", "อยากคืนสินค้า"),
    ],
)
def test_related_texts_share_features(one: str, other: str) -> None:
    assert features(one) & features(other)
    assert features(one) != features(other)


def test_a_text_without_words_and_signs_has_none() -> None:
    assert features("") == features(" \n\t") == frozenset()


def test_what_comes_after_the_longest_text_does_not_count() -> None:
    text = "word " * LONGEST
    assert features(text + "refund") == features(text + "delivery")
    assert len(features(" ".join(f"{a}{b}" for a in "abcdefghij" * 40 for b in "klmnopqrst"))) <= 3 * LONGEST + 1


@given(st.text())
def test_any_text_has_features_in_bounds(text: str) -> None:
    assert all(0 <= feature < HASHES for feature in features(text))


def test_hashes_never_change_since_lessons_are_kept_as_such() -> None:
    assert features("A refund") == {5208, 26515, 33231, 62251, 110708, 211607, 245315}
