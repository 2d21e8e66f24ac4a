"""Which tickets hold every term of a search. What it costs grows with the rarest term, not with the table.

The terms' postings are read in step until the rarest ends: what it stands in are the candidates. Of the other terms it
is only asked whether they stand in those.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import islice

from ticketing.domain.strict_json import MAX_INTEGER
from ticketing.domain.words import Term, indexed
from ticketing.errors import TooManyToSort
from ticketing.ports.lists import SearchIndex, Tallies
from ticketing.ports.tickets import MessageStore

MAX_CANDIDATES = 10_000
"""Tickets that the rarest term may stand in."""
STEP = 500
"""Postings that each term is read on by."""
POSTINGS_PER_LOOK = 64
"""Postings that are read at the price of one look at a single ticket (half a read unit)."""


@dataclass
class _Reading:
    """A term's postings as far as they were read."""

    term: Term
    postings: Iterator[int]
    found: set[int] = field(default_factory=set)
    count: int = 0
    last: int = 0
    is_finished: bool = False

    def read_on(self, postings: int = STEP) -> None:
        """Reads the next postings."""
        before = self.count
        for ticketID in islice(self.postings, postings):
            self.found.add(ticketID)
            self.last = ticketID
            self.count += 1
        self.is_finished = self.count < before + postings

    def postings_until(self, ticketID: int) -> int:
        """How many postings of a word are likely to stand before a ticket, from here on."""
        return self.count * (ticketID - self.last) // self.last


@dataclass(frozen=True)
class Searching:
    """Searches the index; `messages` and `tallies` are asked for a ticket's texts where the index cannot tell."""

    search: SearchIndex
    messages: MessageStore
    tallies: Tallies
    executor: Callable[[], Executor]

    def tickets(self, customerID: int, terms: Sequence[Term]) -> set[int]:
        """The tickets that all terms stand in; raises TooManyToSort if each stands in more than 10,000."""
        readings = [_Reading(term, self.search.tickets(customerID, term)) for term in terms]
        while not any(reading.is_finished for reading in readings):
            if all(len(reading.found) > MAX_CANDIDATES for reading in readings):
                raise too_many()
            list(self.executor().map(_Reading.read_on, readings))
        candidates = set.intersection(*(reading.found for reading in readings if reading.is_finished))
        if len(candidates) > MAX_CANDIDATES:
            raise too_many()
        # of the terms that go on, words first: to look at single tickets costs less with them
        for reading in sorted(readings, key=lambda reading: reading.term.is_prefix):
            if not reading.is_finished and candidates:
                kept = self._with_prefix if reading.term.is_prefix else self._with_word
                candidates = kept(customerID, reading, candidates)
        return candidates

    def _with_word(self, customerID: int, reading: _Reading, candidates: set[int]) -> set[int]:
        """Candidates that a word stands in: read on to the last of them, or looked at one by one."""
        ahead = {ticketID for ticketID in candidates if ticketID > reading.last}
        kept = candidates & reading.found
        if not ahead:
            return kept
        if reading.postings_until(max(ahead)) > POSTINGS_PER_LOOK * len(ahead):
            return kept | self._those(ahead, lambda ticketID: self.search.has(customerID, reading.term.text, ticketID))
        while not reading.is_finished and reading.last <= max(ahead):
            reading.read_on()
        return candidates & reading.found

    def _with_prefix(self, customerID: int, reading: _Reading, candidates: set[int]) -> set[int]:
        """Candidates that a prefix stands in. Its postings are in no order: they are read on for as long as a look into
        the candidates' own texts would cost, and then that is done."""
        reading.read_on(POSTINGS_PER_LOOK * len(candidates))
        kept = candidates & reading.found
        if reading.is_finished:
            return kept
        left = candidates - kept
        subjects = {
            each.ticketID: each.subject for each in self.tallies.standings(customerID, left, fresh=False).values()
        }

        def holds(ticketID: int) -> bool:
            messages = self.messages.between(customerID, ticketID, 1, MAX_INTEGER)
            texts = (subjects.get(ticketID, ""), *(message.body for message in messages))
            return any(word.startswith(reading.term.text) for text in texts for word in indexed(text))

        return kept | self._those(left, holds)

    def _those(self, candidates: Collection[int], holds: Callable[[int], bool]) -> set[int]:
        answers = self.executor().map(holds, candidates)
        return {ticketID for ticketID, has in zip(candidates, answers, strict=True) if has}


def too_many() -> TooManyToSort:
    """The refusal of a search that would find too much."""
    return TooManyToSort(f"Every word of the search stands in more than {MAX_CANDIDATES} tickets: add a rarer one.")
