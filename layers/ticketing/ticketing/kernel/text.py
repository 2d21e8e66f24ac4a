"""Words as they are searched: case, accents and full-width forms do not matter, punctuation separates, quotes vanish.

A mark belongs to the word that it stands in. It is ignored in alphabets that are read without it, as an accent is;
elsewhere, as in Hindi, it is a vowel and counts. What is written without spaces is indexed by pairs of characters (and
the last one of a run alone), so that any part of a text is found. A single Latin letter or digit is no word.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ticketing.kernel.characters import ACCENTS, INVISIBLE, MARKS, POINTS, UNSPACED


def case_folded(text: str) -> str:
    """Return `text` as it is compared where case is ignored."""
    return text.casefold()


MAX_WORDS = 500
"""Different words of one text that are searchable."""
MAX_LENGTH = 64
"""Characters of a word that count."""
MAX_MARKS = 30
"""Marks in a row that count. Ordering them takes time that grows with their square, and no writing needs more (Unicode
Standard Annex 15, Stream-Safe Text Format)."""
MAX_FOLDED = 150_000
"""Characters of a decomposed text that count: three for each of the longest text, as Korean needs. Single characters
that stand for a phrase decompose into up to 18."""
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_NO_LETTER = r"[\W\uff9e\uff9f]"  # marks are among them, and the two letters that decompose into marks
_RUN = f"[{UNSPACED}]+"
_SINGLE = re.compile("[a-z0-9]")


@dataclass(frozen=True)
class Term:
    """A term of a search: a word, or the beginning of words."""

    text: str
    is_prefix: bool = False

    def stands_in(self, words: Sequence[str]) -> bool:
        """Return whether the term is found among sorted words."""
        found = words[at] if (at := bisect_left(words, self.text)) < len(words) else ""
        return found.startswith(self.text) if self.is_prefix else found == self.text


def search_folded(text: str) -> str:
    """Return `text` without what search ignores: case, accents, width, invisible characters."""
    if text.isascii():
        return text.lower()
    plain = _ignored().sub("", _normalised("NFKD", text)[:MAX_FOLDED]).casefold()
    if plain.isascii():
        return plain
    return _normalised("NFC", _ligature().sub(lambda found: _LIGATURES[found[0]], plain))


def word_pattern(letter: str) -> str:
    """Return the pattern of a word of such letters, each with the marks that belong to it."""
    return rf"{letter}+(?:(?=[^\x00-\u02ff])[{MARKS}]+{letter}*)*"  # the look ahead is faster than the long class


def words(text: str) -> Iterator[str]:
    """Return the words of a text in their order, with repetitions."""
    for token in _tokens(text):
        yield from _words_of(token)


def indexed(text: str) -> frozenset[str]:
    """Return the words by which a text is found: the first 500 different ones."""
    found: dict[str, None] = {}
    for token in dict.fromkeys(_tokens(text)):
        for word in _words_of(token):
            found[word] = None
            if len(found) == MAX_WORDS:
                return frozenset(found)
    return frozenset(found)


def terms(query: str) -> list[Term]:
    """Return the terms of a query, all of which must be found."""
    found: dict[Term, None] = {}
    plain = search_folded(query)
    for run, star, word, word_star in _query_part(plain.isascii()).findall(plain):
        if run:
            found |= dict.fromkeys(_run_terms(run, bool(star)))
        elif not _SINGLE.fullmatch(word):
            found[Term(word[:MAX_LENGTH], bool(word_star) and len(word) <= MAX_LENGTH)] = None
    return list(found)


def beginnings(text: str) -> list[str]:
    """Return what may be asked for by its beginning: every word, single letters too, and of what is written without
    spaces the rest from each character on."""
    found: dict[str, None] = {}
    for token in _tokens(text):
        starts = range(len(token)) if _is_unspaced(token) else range(1)
        found |= dict.fromkeys(token[at : at + MAX_LENGTH] for at in starts)
    return list(found)[:MAX_WORDS]


def asked_beginnings(text: str) -> list[str]:
    """Return the different beginnings that a text asks for."""
    return list(dict.fromkeys(token[:MAX_LENGTH] for token in _tokens(text)))


def posting_prefix(term: str) -> str:
    """Return the part of a term that its postings are kept under: two characters, or one where that can be a prefix
    alone."""
    return term[:2] if _SINGLE.match(term) else term[:1]


def _run_terms(run: str, star: bool) -> Iterator[Term]:
    if len(run) == 1:
        yield Term(run, is_prefix=True)
    yield from (Term(run[at : at + 2]) for at in range(len(run) - 1))
    if star and len(run) > 1:
        yield Term(run[-1], is_prefix=True)


def _normalised(form: Literal["NFC", "NFKD"], text: str) -> str:
    """Return `text` normalised, in time that grows with its length alone."""
    return unicodedata.normalize(form, _many_marks().sub(lambda marks: _surplus_marks().sub(r"\1", marks[0]), text))


def _tokens(text: str) -> list[str]:
    """Return the words and runs of a text."""
    plain = search_folded(text)
    return _token(plain.isascii()).findall(plain)


def _words_of(token: str) -> Iterator[str]:
    if _is_unspaced(token):
        yield from (token[at : at + 2] for at in range(len(token)))
    elif not _SINGLE.fullmatch(token):
        yield token[:MAX_LENGTH]


def _is_unspaced(token: str) -> bool:
    return not token.isascii() and _unspaced_run().match(token) is not None


def _run(is_ascii: bool) -> str:
    """Return the pattern of what is written without spaces in a search_folded text: nothing in ASCII."""
    return "(?!)" if is_ascii else _RUN


def _word(is_ascii: bool) -> str:
    """Return the pattern of a word in a search_folded text."""
    return "[a-z0-9]+" if is_ascii else word_pattern(rf"[^\W_{UNSPACED}]")


# These patterns take long to make, so each is made when a text first needs it: one of ASCII needs the fewest.


@cache
def _ignored() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE}{ACCENTS}{POINTS}]+")


@cache
def _ligature() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_LIGATURES)}]")


@cache
def _many_marks() -> re.Pattern[str]:
    return re.compile(rf"{_NO_LETTER}(?<!{_NO_LETTER * 2}){_NO_LETTER}{{{MAX_MARKS},}}")


@cache
def _unspaced_run() -> re.Pattern[str]:
    return re.compile(_RUN)


@cache
def _token(is_ascii: bool) -> re.Pattern[str]:
    return re.compile(rf"{_run(is_ascii)}|{_word(is_ascii)}")


@cache
def _query_part(is_ascii: bool) -> re.Pattern[str]:
    return re.compile(rf"({_run(is_ascii)})(\*?)|({_word(is_ascii)})(\*(?!\w))?")


@cache
def _surplus_marks() -> re.Pattern[str]:
    """Return the pattern of too many marks in a row; its group holds those that count."""
    mark = rf"[{MARKS}\uff9e\uff9f]"
    return re.compile(f"({mark}{{{MAX_MARKS}}}){mark}+")
