"""Which tickets hold every term of a search. What it costs grows with the rarest term, not with the table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ticketing.domain.words import Term
from ticketing.errors import TooManyToSort
from ticketing.ports import SearchIndex

MAX_CANDIDATES = 10_000
"""Tickets that the rarest term may stand in."""
MAX_TICKET = 2**53
"""Beyond every ticketID."""
STEP = 500
"""Postings that each term is read on by, in turn."""


@dataclass
class _Reading:
    """A term's postings as far as they were read."""

    term: Term
    postings: Iterator[int]
    found: set[int] = field(default_factory=set)
    last: int = 0
    is_finished: bool = False

    def read_on(self) -> None:
        """Reads the next postings."""
        for _ in range(STEP):
            ticketID = next(self.postings, None)
            if ticketID is None:
                self.is_finished = True
                return
            self.found.add(ticketID)
            self.last = ticketID


@dataclass(frozen=True)
class Searching:
    """Searches the index."""

    search: SearchIndex

    def tickets(self, customerID: int, terms: Sequence[Term]) -> set[int]:
        """The tickets that all terms stand in; raises TooManyToSort if each stands in more than 10,000."""
        readings = [_Reading(term, self.search.tickets(customerID, term)) for term in terms]
        while not any(reading.is_finished for reading in readings):
            if all(len(reading.found) > MAX_CANDIDATES for reading in readings):
                raise too_many()
            for reading in readings:
                reading.read_on()
        candidates = set.intersection(*(reading.found for reading in readings if reading.is_finished))
        if len(candidates) > MAX_CANDIDATES:
            raise too_many()
        # of the terms that go on, words first: they can be asked for single tickets
        for reading in sorted(readings, key=lambda reading: reading.term.is_prefix):
            if not reading.is_finished and candidates:
                candidates = self._kept(customerID, reading, candidates)
        return candidates

    def _kept(self, customerID: int, reading: _Reading, candidates: set[int]) -> set[int]:
        """Those of the candidates that an unfinished term stands in too."""
        if not reading.term.is_prefix:
            ahead = {ticketID for ticketID in candidates if ticketID > reading.last}
            return (candidates & reading.found) | self._looked_up(customerID, reading, ahead)
        kept = candidates & reading.found
        for ticketID in reading.postings:
            if ticketID in candidates:
                kept.add(ticketID)
                if len(kept) == len(candidates):
                    break
        return kept

    def _looked_up(self, customerID: int, reading: _Reading, ahead: set[int]) -> set[int]:
        """Walks candidates and a word's postings side by side, skipping what lies between."""
        kept: set[int] = set()
        postings, skipped, at = reading.postings, 0, reading.last
        for wanted in sorted(ahead):
            while at < wanted:
                at = next(postings, MAX_TICKET)
                skipped += 1
                if skipped % STEP == 0 and at < wanted:
                    postings = self.search.tickets(customerID, reading.term, wanted)
            if at == wanted:
                kept.add(wanted)
        return kept


def too_many() -> TooManyToSort:
    """The refusal of a search that would find too much."""
    return TooManyToSort(f"Every word of the search stands in more than {MAX_CANDIDATES} tickets: add a rarer one.")
