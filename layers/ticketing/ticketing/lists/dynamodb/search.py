"""Finds the tickets that hold every term of a search. Its cost grows with the rarest term, not with the table.

The terms' postings are read in step until the rarest ends: what it stands in are the candidates. Of the other terms it
is only asked whether they stand in those. A sentence in Chinese or Japanese has as many terms as characters: of many
terms a wave is read at a time until candidates are few, and then each candidate's own texts tell of all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from ticketing.errors import TooManyToSort
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.kernel.text import Term, indexed, terms
from ticketing.lists.dynamodb.term_postings import TermPostings

if TYPE_CHECKING:
    from ticketing.lists.ports import SearchIndex, TicketCounts
    from ticketing.tickets.messages import Message
    from ticketing.tickets.ports import MessageStore

MAX_CANDIDATES = 10_000
"""Tickets that the rarest term may stand in."""
MAX_POSTINGS = 1_000_000
"""Postings that a search reads, about: 7,500 read units, a dozen seconds. Only many common words need so many."""
POSTINGS_PER_LOOK = 64
"""Postings that are read at the price of one look at a single ticket (half a read unit)."""
WAVE = 16
"""Terms that are read at the same time: as many as there are threads."""
FEW = 32
"""Candidates whose texts cost no more to read than another wave."""
LOOKS_PER_TEXT = 4
"""Looks at a ticket at the price of reading its texts."""
MAX_TEXTS = 200
"""Tickets whose texts are read, where each would take more looks than that."""
OPENING = 50
"""Messages of a ticket that count as its texts: in a longer conversation, what they do not hold is looked up."""


@dataclass(frozen=True)
class PostingSearch:
    """A TextSearch of postings; `messages` and `ticket_counts` are asked for texts where they cannot tell, the first of
    them made only then."""

    search: SearchIndex
    messages: Callable[[], MessageStore]
    ticket_counts: TicketCounts
    executor: Callable[[], Executor]

    def tickets(self, customerID: int, text: str) -> set[int] | None:
        """Return the tickets that contain every word of a text; None where it has none."""
        found = terms(text)
        return self.with_all(customerID, found) if found else None

    def with_all(self, customerID: int, terms: Sequence[Term]) -> set[int]:
        """Return the tickets that all terms stand in; raises TooManyToSort if each stands in more than 10,000, or if
        they are so many and so common that there would be no end to reading."""
        readings = [TermPostings(term, self.search.tickets(customerID, term)) for term in terms]
        self._read_to_an_end(readings)
        candidates = self._read_by_waves(readings)
        # of the terms that go on, words first: to look at single tickets costs less with them
        left = sorted((each for each in readings if not each.is_finished), key=lambda each: each.term.is_prefix)
        while left and candidates:
            _require_few(readings)
            if len(left) > LOOKS_PER_TEXT and len(candidates) <= MAX_TEXTS:
                return self._in_texts(customerID, [reading.term for reading in left], candidates)
            reading = left.pop(0)
            kept = self._with_prefix if reading.term.is_prefix else self._with_word
            candidates = kept(customerID, reading, candidates)
        return candidates

    def _read_to_an_end(self, readings: Sequence[TermPostings]) -> None:
        """Read all in step until one ends."""
        while not any(reading.is_finished for reading in readings):
            if all(len(reading.found) > MAX_CANDIDATES for reading in readings):
                raise _all_common()
            for wave in batched(readings, WAVE, strict=False):
                _require_few(readings)
                self._read_on(wave)
                if any(reading.is_finished for reading in wave):
                    break  # there are candidates: the waves behind may not be needed

    def _read_by_waves(self, readings: Sequence[TermPostings]) -> set[int]:
        """Return the tickets that may hold every term. While they are not few, terms that were not read are read."""
        rarest = min((reading.found for reading in readings if reading.is_finished), key=len)
        candidates = _held(rarest, readings)
        if len(candidates) > MAX_CANDIDATES:
            raise _all_common()
        unread = [reading for reading in readings if not reading.count and not reading.is_finished]
        for wave in batched(unread, WAVE, strict=False):
            if len(candidates) <= FEW:
                break
            _require_few(readings)
            self._read_on(wave)
            candidates = _held(candidates, wave)
        return candidates

    def _read_on(self, wave: Iterable[TermPostings]) -> None:
        list(self.executor().map(TermPostings.read_on, wave))

    def _with_word(self, customerID: int, reading: TermPostings, candidates: set[int]) -> set[int]:
        """Return candidates that a word stands in: read on to the last of them, or look at them one by one."""
        while not reading.is_finished:
            ahead = {ticketID for ticketID in candidates if ticketID > reading.last}
            if not ahead:
                break
            if reading.postings_until(max(ahead)) > POSTINGS_PER_LOOK * len(ahead):
                looked = self._filtered(
                    ahead, lambda ticketID: self.search.has(customerID, reading.term.text, ticketID)
                )
                return candidates & reading.found | looked
            reading.read_on()
        return candidates & reading.found

    def _with_prefix(self, customerID: int, reading: TermPostings, candidates: set[int]) -> set[int]:
        """Return candidates that a prefix stands in. Its postings are in no order: they are read on for as much as a
        look into the candidates' own texts would cost, and then that is done."""
        reading.read_on(POSTINGS_PER_LOOK * len(candidates))
        kept = candidates & reading.found
        return kept if reading.is_finished else kept | self._in_texts(customerID, [reading.term], candidates - kept)

    def _in_texts(self, customerID: int, terms: Sequence[Term], candidates: set[int]) -> set[int]:
        """Return candidates whose own texts hold all terms."""
        counted_tickets = self.ticket_counts.counted_tickets(customerID, candidates, fresh=False).values()
        subjects = {each.ticketID: each.subject for each in counted_tickets}

        def holds(ticketID: int) -> bool:
            opening = list(self.messages().between(customerID, ticketID, 1, OPENING))
            left = _missing(terms, [subjects.get(ticketID, ""), *_bodies(opening)])
            goes_on = len(opening) == OPENING  # ids have no gaps
            return not left or (goes_on and self._goes_on_with(customerID, ticketID, left))

        return self._filtered(candidates, holds)

    def _goes_on_with(self, customerID: int, ticketID: int, terms: Sequence[Term]) -> bool:
        """Tell whether the rest of a long conversation has terms, which is read for prefixes only."""
        if not all(term.is_prefix or self.search.has(customerID, term.text, ticketID) for term in terms):
            return False
        prefixes = [term for term in terms if term.is_prefix]
        rest = self.messages().between(customerID, ticketID, OPENING + 1, MAX_INTEGER) if prefixes else ()
        return not _missing(prefixes, _bodies(rest))

    def _filtered(self, candidates: Collection[int], holds: Callable[[int], bool]) -> set[int]:
        answers = self.executor().map(holds, candidates)
        return {ticketID for ticketID, has in zip(candidates, answers, strict=True) if has}


def _all_common() -> TooManyToSort:
    reason = f"Every word of the search stands in more than {MAX_CANDIDATES} tickets"
    return TooManyToSort(reason, "add a rarer one", "search")


def _require_few(readings: Iterable[TermPostings]) -> None:
    if sum(reading.count for reading in readings) > MAX_POSTINGS:
        reason = "The words of the search stand in too many tickets"
        raise TooManyToSort(reason, "leave out common ones", "search")


def _held(candidates: Iterable[int], readings: Iterable[TermPostings]) -> set[int]:
    return {ticketID for ticketID in candidates if all(reading.may_hold(ticketID) for reading in readings)}


def _bodies(messages: Iterable[Message]) -> list[str]:
    return [message.body for message in messages]


def _missing(terms: Iterable[Term], texts: Iterable[str]) -> list[Term]:
    words = sorted({word for text in texts for word in indexed(text)})
    return [term for term in terms if not term.stands_in(words)]
