"""The postings of one term of a search, read on as far as they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.kernel.text import Term

STEP = 500
"""Postings that each term is read on by."""


@dataclass
class TermPostings:
    """A term's postings as far as they were read: the tickets found, how many, and the last."""

    term: Term
    postings: Iterator[int]
    found: set[int] = field(default_factory=set)
    count: int = 0
    last: int = 0
    is_finished: bool = False

    def read_on(self, postings: int = STEP) -> None:
        before = self.count
        for ticketID in islice(self.postings, postings):
            self.found.add(ticketID)
            self.last = ticketID
            self.count += 1
        self.is_finished = self.count < before + postings

    def postings_until(self, ticketID: int) -> int:
        """Estimate how many postings of a word lie between here and a ticket; STEP where none was read."""
        return self.count * (ticketID - self.last) // self.last if self.count else STEP

    def may_hold(self, ticketID: int) -> bool:
        """Tell whether the term stands in a ticket, or was not read far enough to tell."""
        ahead = self.term.is_prefix or ticketID > self.last  # a prefix has no order by ticket
        return ticketID in self.found or (ahead and not self.is_finished)
