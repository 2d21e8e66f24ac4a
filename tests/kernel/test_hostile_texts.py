"""Whatever a text is made of, the work that it makes grows with its length alone. The work is counted, not timed.

Ordering a run of combining marks takes the normaliser steps that grow with the square of the run, so no long run may
reach it.
"""

import unicodedata
from collections.abc import Callable
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketing.kernel.text import MAX_FOLDED, MAX_MARKS, indexed, search_folded, terms
from ticketing.learning.features import features

LONGEST_RUN = 2 * MAX_MARKS + 3
"""A mark decomposes into two at most, and what the marks stand on into a letter and three."""
MARKS = "\u0301\u0327\u0345\u0344\u0488\u0f73\uff9e\u3099\u094d\u093c\u0e38\u0e48\u064b\u05b0\U0001d165\U00011347"
BETWEEN = "a1क退カก\u1f82\ufe71\u0640\u200d\ufe0f\u034f\ufdfa \u00a8"
"""Letters, and what may vanish between marks so that their runs meet."""
PIECES = st.one_of(st.text(MARKS, min_size=1, max_size=4), st.text(MARKS + BETWEEN, min_size=1, max_size=4))
HOSTILE = st.lists(st.tuples(PIECES, st.integers(1, 90)), max_size=8).map(
    lambda pieces: "".join(piece * times for piece, times in pieces)
)


def longest_run(text: str) -> int:
    """The longest run of combining characters that ordering a text meets."""
    decomposed = "".join(unicodedata.normalize("NFKD", char) for char in text)
    runs = groupby(decomposed, key=lambda char: unicodedata.combining(char) != 0)
    return max((len(list(run)) for is_mark, run in runs if is_mark), default=0)


@pytest.mark.parametrize("use", [indexed, terms, features])
@settings(max_examples=200)
@given(text=HOSTILE)
def test_no_long_run_of_marks_reaches_the_normaliser(use: Callable[[str], Any], text: str) -> None:
    normalize, normalised = unicodedata.normalize, list[str]()

    def noted(form: Any, text: str) -> str:
        normalised.append(text)
        return normalize(form, text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unicodedata, "normalize", noted)
        use(text)
    assert max(map(longest_run, normalised), default=0) <= LONGEST_RUN
    assert len(normalised) <= 2


@pytest.mark.parametrize("phrase", ["\ufdfa", "\u3316", "\U0001d160"])
def test_what_stands_for_a_phrase_makes_no_text_long(phrase: str) -> None:
    assert len(search_folded(phrase * 50_000)) <= MAX_FOLDED


def test_the_longest_text_counts_to_its_end() -> None:
    assert "end" in indexed("각" * 49_990 + " end")


@given(HOSTILE)
def test_a_hostile_text_is_found_by_itself(text: str) -> None:
    assert search_folded(search_folded(text)) == search_folded(text)
    assert {term.text for term in terms(text) if not term.is_prefix} <= indexed(text)


def test_as_many_marks_count_as_any_writing_needs() -> None:
    many = "क" + "\u094d" * MAX_MARKS
    assert search_folded(many) == search_folded(many + "\u094d" * 1000) == many
