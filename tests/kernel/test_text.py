"""Checks what is a word in which language, and that every word of a text finds it."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.matching import matches
from ticketing.kernel.characters import MARKS
from ticketing.kernel.text import (
    MAX_LENGTH,
    MAX_WORDS,
    Term,
    asked_beginnings,
    indexed,
    posting_prefix,
    search_folded,
    terms,
    words,
)

SCRIPTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("aeéèëÉïöüßœŒæØłİıſﬁ①２ＡΣςά-_'’\"*#.,!? \n退款はがガｶﾞ한국어नमस्ते"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where is my parcel?", ["where", "is", "my", "parcel"]),
        ("De geïnde coëfficiënt, één-op-één", ["de", "geinde", "coefficient", "een", "op", "een"]),
        ("Où est l’élève ? Ça va, NOËL", ["ou", "est", "eleve", "ca", "va", "noel"]),
        ("Straße STRASSE Grüße, Ärger", ["strasse", "strasse", "grusse", "arger"]),
        ("œuvre Æther øre Łódź ıstanbul İzmir", ["oeuvre", "aether", "ore", "lodz", "istanbul", "izmir"]),
        ("ΟΔΟΣ οδός", ["οδοσ", "οδοσ"]),
        ("Ёлка елка", ["елка", "елка"]),
        ("ＲＥＦＵＮＤ １２３ ﬁnance ①②", ["refund", "123", "finance", "12"]),
        ("invoice_2026-11.pdf", ["invoice", "2026", "11", "pdf"]),
        ("jane@doe.example", ["jane", "doe", "example"]),
        ("a b 1 é ab", ["ab"]),
        ("C# x*y \"quoted\" 'single' «guillemets»", ["quoted", "single", "guillemets"]),
        ("退款请求", ["退款", "款请", "请求", "求"]),
        ("私の注文ABC", ["私の", "の注", "注文", "文", "abc"]),
        ("ｶﾞｲﾄﾞ", ["ガイ", "イド", "ド"]),
        ("が か", ["が", "か"]),
        ("한국어", ["한국어"]),
        ("\N{GRINNING FACE} ... !!", []),
        ("", []),
    ],
)
def test_the_words_of_a_text(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("refund parcel", [Term("refund"), Term("parcel")]),
        ("refund Refund RÉFUND", [Term("refund")]),
        ("ref*", [Term("ref", is_prefix=True)]),
        ("ref* refund*", [Term("ref", is_prefix=True), Term("refund", is_prefix=True)]),
        ("ref*und", [Term("ref"), Term("und")]),
        ('"ref*"', [Term("ref", is_prefix=True)]),
        ("Ré*", [Term("re", is_prefix=True)]),
        ("a* 1 b", []),
        ("* ** '", []),
        ("退", [Term("退", is_prefix=True)]),
        ("退款", [Term("退款")]),
        ("退款*", [Term("退款"), Term("款", is_prefix=True)]),
        ("注文 refund", [Term("注文"), Term("refund")]),
        ("x" * 70, [Term("x" * MAX_LENGTH)]),
        ("x" * 70 + "*", [Term("x" * MAX_LENGTH)]),
        ("x" * 64 + "*", [Term("x" * MAX_LENGTH, is_prefix=True)]),
    ],
)
def test_a_query_looks_for_its_terms(query: str, expected: list[Term]) -> None:
    assert terms(query) == expected


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("straße", "Strasse", True),
        ("commande", "La COMMANDÉ", True),
        ("款请", "退款请求", True),
        ("退款请求", "退款 请求", False),
        ("求*", "退款请求", True),
        ("請", "退款请求", False),
        ("geinde", "geïnd", False),
        ("pakket", "pakketje", False),
        ("pakket*", "pakketje", True),
    ],
)
def test_a_text_is_found_by_its_words_and_their_beginnings(query: str, text: str, found: bool) -> None:
    assert matches(query, text) is found


@given(SCRIPTS)
def test_a_text_is_found_by_itself_and_by_each_of_its_words(text: str) -> None:
    assert matches(text, text)
    for part in text.split():
        assert matches(part, text)


@given(SCRIPTS)
def test_folding_again_changes_nothing(text: str) -> None:
    assert search_folded(search_folded(text)) == search_folded(text)
    assert list(words(search_folded(text))) == list(words(text))


@given(SCRIPTS)
def test_case_does_not_matter(text: str) -> None:
    assert matches(text.casefold(), text)


@given(SCRIPTS, st.integers(1, 3))
def test_a_word_is_kept_where_its_beginnings_are_looked_for(text: str, length: int) -> None:
    for word in indexed(text):
        for term in terms(f"{word[:length]}*"):
            if term.text == word[:length]:
                assert posting_prefix(term.text) == posting_prefix(word)
    for word in indexed(text):
        assert "#" not in word
        assert 0 < len(word) <= MAX_LENGTH


def test_the_first_words_count() -> None:
    text = " ".join(f"word{n}" for n in [0, 0, *range(MAX_WORDS + 5)])
    assert indexed(text) == {f"word{n}" for n in range(MAX_WORDS)}


def test_a_term_stands_in_words_in_order() -> None:
    among = ["parcel", "refund", "refunded", "refunds"]
    assert all(Term(word).stands_in(among) for word in among)
    assert all(Term(prefix, is_prefix=True).stands_in(among) for prefix in ("p", "ref", "refunde", "refunds"))
    assert not any(Term(word).stands_in(among) for word in ("a", "refun", "refundx", "zebra"))
    assert not any(Term(prefix, is_prefix=True).stands_in(among) for prefix in ("a", "refundsx", "zebra"))
    assert not Term("a", is_prefix=True).stands_in([])


def test_a_beginning_that_is_asked_for_again_is_looked_for_once() -> None:
    assert asked_beginnings("Jan do jan JÁN do") == ["jan", "do"]


def test_the_marks_are_those_that_unicode_knows() -> None:
    """Only invisible ones lie beyond what is looked at."""
    is_mark = re.compile(f"[{MARKS}]")
    for char in map(chr, range(0x300, 0x1F000)):
        assert bool(is_mark.match(char)) == unicodedata.category(char).startswith("M"), f"U+{ord(char):04X}"
