"""End users by the words of their names: an entry for each word, so that a search by beginnings is one query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ticketing.kernel.text import beginnings

if TYPE_CHECKING:
    from ticketing.directory.model import EndUser


def words_key(beginning: str) -> str:
    """Return the beginning that the entries of all words share which begin so."""
    return f"word#{beginning}"


def word_key(word: str, endUserID: int) -> str:
    """Return the entry's name of an end user by a word of their name: at most 64 characters, and the id."""
    return f"{words_key(word)}#{endUserID}"


def by_words(user: EndUser) -> Iterator[tuple[str, EndUser]]:
    """Return an end user's entries, each with its name."""
    return ((word_key(word, user.endUserID), user) for word in beginnings(user.name))
