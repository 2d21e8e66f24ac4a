"""Keep search and counts in step with tickets and messages.

Everything may be repeated, in any split, and by several at once: what is entered follows from where a ticket was last
counted and where it stands now, not from the change that is reported. Words are entered before the ticket is counted,
and every ticket whose words were touched is counted under the condition that nobody else has done so meanwhile: who
loses looks again and enters the words again, so no word is lost and none stays behind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import batched, groupby
from typing import TYPE_CHECKING

from ticketing.kernel.instant import canonical
from ticketing.kernel.ports import Contended
from ticketing.kernel.text import indexed
from ticketing.lists.counts import CountedTicket, Move, counted_as, gone
from ticketing.lists.postings import SUBJECT, Posting, message_source
from ticketing.lists.vocabulary import Vocabulary, needs_no_vocabulary, still_odd

if TYPE_CHECKING:
    from ticketing.kernel.deadline import Deadline
    from ticketing.lists.ports import SearchIndex, TicketCounts
    from ticketing.tickets.changes import TicketChange
    from ticketing.tickets.messages import Message

BATCH = 100
"""Tickets looked up and counted together."""


@dataclass(frozen=True)
class MessageChange:
    """A message that was added, or removed."""

    message: Message
    isRemoved: bool = False

    @property
    def postings(self) -> Iterator[Posting]:
        """Return the postings that it adds, or removes."""
        message = self.message
        source = message_source(message.messageID)
        return (Posting(message.customerID, word, message.ticketID, source) for word in indexed(message.body))


@dataclass
class _Entry:
    """A batch's changes of one ticket: as it is at the newest of them, and every subject that it had."""

    now: CountedTicket
    subjects: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Indexing:
    """Enter changes of tickets and messages; `follow` is then told of changes of tickets, `orphaned` of tickets that
    had been removed before: whatever else changes leave behind may have come after the clean-up."""

    ticket_counts: TicketCounts
    search: SearchIndex
    follow: Callable[[Sequence[TicketChange]], None]
    orphaned: Callable[[Mapping[tuple[int, int], int]], None]
    now: Callable[[], datetime]

    def enter_tickets(self, changes: Iterable[TicketChange], deadline: Deadline, anew: bool = False) -> None:
        """Count tickets and enter their subjects; `anew`: also where they seem to be entered already, and in the newest
        count of all tickets. Raises Contended, Unavailable."""
        changes = list(changes)
        by_customer = groupby(sorted(self._entries(changes), key=_customer), key=_customer)
        for customerID, entries in by_customer:
            for batch in batched(entries, BATCH, strict=False):
                self._enter(customerID, {entry.now.ticketID: entry for entry in batch}, deadline, anew)
            self._count_due(customerID)
        # after the tickets are known to be removed: no message of theirs stays entered from here on
        self.follow(changes)

    def enter_messages(self, changes: Iterable[MessageChange]) -> None:
        """Enter and take out the words of messages; words of a removed ticket are taken out again."""
        changes = sorted(changes, key=lambda change: change.isRemoved)  # a removal is final, whatever came before it
        self.search.write({posting: not change.isRemoved for change in changes for posting in change.postings})
        added = [change for change in changes if not change.isRemoved]
        # looked at after the words are entered: whoever removes the messages of a ticket has marked it before
        removed = self._removed({(change.message.customerID, change.message.ticketID) for change in added})
        late = [change for change in added if (change.message.customerID, change.message.ticketID) in removed]
        self.search.write({posting: False for change in late for posting in change.postings})

    def _entries(self, changes: Iterable[TicketChange]) -> Collection[_Entry]:
        entries: dict[tuple[int, int], _Entry] = {}
        now = canonical(self.now())
        for change in changes:
            ticket = change.ticket
            counted_ticket = counted_as(ticket, now)
            if change.isRemoved:
                counted_ticket = gone(ticket.customerID, ticket.ticketID, ticket.version)
            entry = entries.setdefault((ticket.customerID, ticket.ticketID), _Entry(counted_ticket))
            entry.subjects.add(ticket.subject)
            if entry.now.version < counted_ticket.version:
                entry.now = counted_ticket
        return entries.values()

    def _enter(self, customerID: int, entries: Mapping[int, _Entry], deadline: Deadline, anew: bool) -> None:
        for _ in deadline.attempts():
            counted = self.ticket_counts.counted_tickets(customerID, entries.keys())
            try:
                vocabulary = self._vocabulary(customerID, entries, counted, anew)
                moves, postings = _entered(entries, counted, vocabulary, anew)
                self.search.write(postings)
                self.ticket_counts.move(moves)
            except Contended:
                continue  # another has counted one of them, or taken up a value: look again
            removed = [each for each in counted.values() if each.isRemoved]
            late = [each.ticketID for each in removed if each.version > entries[each.ticketID].now.version]
            return self.orphaned({(customerID, ticketID): 0 for ticketID in late})
        raise Contended

    def _vocabulary(
        self, customerID: int, entries: Mapping[int, _Entry], counted: Mapping[int, CountedTicket], anew: bool
    ) -> Vocabulary | None:
        """Return the vocabulary by which tickets are to be counted, if there are any that need it."""
        afters = {ticketID: _newest(entry, counted.get(ticketID)) for ticketID, entry in entries.items()}
        needing = [
            each for ticketID, each in afters.items() if anew or not needs_no_vocabulary(counted.get(ticketID), each)
        ]
        cells = [each.cell for each in needing if each.cell is not None]
        return self.ticket_counts.vocabulary(customerID, cells) if cells else None

    def _count_due(self, customerID: int) -> None:
        """Count tickets whose follow-up has fallen due with those that are shown; the rest of them comes next time."""
        now = canonical(self.now())
        due = self.ticket_counts.due(customerID, now, BATCH)
        counted_tickets = self.ticket_counts.counted_tickets(customerID, due).values() if due else ()
        moves = [
            Move.of(counted_ticket, replace(counted_ticket, waits=False), counted_ticket.generation)
            for counted_ticket in counted_tickets
            if counted_ticket.has_fallen_due(now)
        ]
        try:
            if moves:
                self.ticket_counts.move(moves)
        except Contended:
            return  # they are counted right as they are, only at a higher price

    def _removed(self, tickets: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        return {
            (customerID, ticketID)
            for customerID, group in groupby(sorted(tickets), key=lambda key: key[0])
            for ticketID, each in self.ticket_counts.counted_tickets(customerID, [key[1] for key in group]).items()
            if each.isRemoved
        }


def _entered(
    entries: Mapping[int, _Entry], counted: Mapping[int, CountedTicket], vocabulary: Vocabulary | None, anew: bool
) -> tuple[Sequence[Move], dict[Posting, bool]]:
    """Return how tickets move, and which words of their subjects are entered and taken out.

    A change that was counted before is a repetition: its words are entered again, for an earlier try may have failed
    halfway, and the ticket is counted again as it is, so that whoever is entering other words meanwhile notices.
    """
    moves: list[Move] = []
    postings: dict[Posting, bool] = {}
    for ticketID, entry in entries.items():
        before = counted.get(ticketID)
        after = _newest(entry, before)
        is_repeated = after is before
        if before:
            entry.subjects.add(before.subject)
        stale = entry.subjects - {after.subject}
        if anew or is_repeated or before is None or stale:
            postings |= _subject_postings(after, stale)
        moves.append(_move(before, after, vocabulary, anew))
    return moves, postings


def _newest(entry: _Entry, before: CountedTicket | None) -> CountedTicket:
    """Return a ticket as it is: as it was counted, when that was at a later version."""
    return before if before and before.version >= entry.now.version else entry.now


def _move(before: CountedTicket | None, after: CountedTicket, vocabulary: Vocabulary | None, anew: bool) -> Move:
    """Return how a ticket moves: by the vocabulary, or in its generation where its earlier count tells enough."""
    odd, generation = still_odd(before, after), before.generation if before else 0
    if vocabulary and after.cell is not None and (anew or not needs_no_vocabulary(before, after)):
        odd, generation = vocabulary.odd(after.cell), vocabulary.generation
    return Move.of(before, after if after.odd == odd else replace(after, odd=odd), generation)


def _subject_postings(counted_ticket: CountedTicket, stale: Iterable[str]) -> dict[Posting, bool]:
    words = dict.fromkeys((word for subject in stale for word in indexed(subject)), False)
    words |= dict.fromkeys(indexed(counted_ticket.subject), True)
    return {
        Posting(counted_ticket.customerID, word, counted_ticket.ticketID, SUBJECT): has for word, has in words.items()
    }


def _customer(entry: _Entry) -> int:
    return entry.now.customerID
