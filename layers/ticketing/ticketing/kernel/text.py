"""Words as they are searched: case, accents and full-width forms do not matter, punctuation separates, quotes vanish.

Chinese and Japanese, which do not separate words, are indexed by pairs of characters (and the last one of a run alone),
so that any part of a text is found. A single Latin letter or digit is no word.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice


def case_folded(text: str) -> str:
    """`text` as it is compared where case is ignored."""
    return text.casefold()


MAX_WORDS = 500
"""Different words of one text that are searchable."""
MAX_LENGTH = 64
"""Characters of a word that count."""

IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""The characters of Chinese and Japanese, for a class of a pattern."""
_RUNS = re.compile(rf"([{IDEOGRAPHS}]+)(\*?)|([^\W_{IDEOGRAPHS}]+)(\*(?!\w))?")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_TRIVIAL = re.compile("[a-z0-9]")


@dataclass(frozen=True)
class Term:
    """What a search looks for: a word, or every word that begins so."""

    text: str
    is_prefix: bool = False

    def stands_in(self, words: Sequence[str]) -> bool:
        """Whether it is found among words in order."""
        found = words[at] if (at := bisect_left(words, self.text)) < len(words) else ""
        return found.startswith(self.text) if self.is_prefix else found == self.text


def search_folded(text: str) -> str:
    """`text` without what search ignores: case, accents, width."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed)).translate(_LIGATURES)


def words(text: str) -> Iterator[str]:
    """The words of a text in their order, repeated as they are."""
    for run, _, word, _ in _RUNS.findall(search_folded(text)):
        if run:
            yield from (run[at : at + 2] for at in range(len(run)))
        elif not _TRIVIAL.fullmatch(word):
            yield word[:MAX_LENGTH]


def indexed(text: str) -> frozenset[str]:
    """The words by which a text is found: the first 500 different ones."""
    return frozenset(islice(dict.fromkeys(words(text)), MAX_WORDS))


def terms(query: str) -> list[Term]:
    """What a query looks for; every one of them must be found."""
    found: dict[Term, None] = {}
    for run, star, word, word_star in _RUNS.findall(search_folded(query)):
        if run:
            found |= dict.fromkeys(_run_terms(run, bool(star)))
        elif not _TRIVIAL.fullmatch(word):
            found[Term(word[:MAX_LENGTH], bool(word_star) and len(word) <= MAX_LENGTH)] = None
    return list(found)


def bucket(term: str) -> str:
    """The part of a term that its postings are kept under: two characters, one where that can be a prefix alone."""
    return term[:2] if _TRIVIAL.match(term) else term[:1]


def _run_terms(run: str, star: bool) -> Iterator[Term]:
    if len(run) == 1:
        yield Term(run, is_prefix=True)
    yield from (Term(run[at : at + 2]) for at in range(len(run) - 1))
    if star and len(run) > 1:
        yield Term(run[-1], is_prefix=True)
