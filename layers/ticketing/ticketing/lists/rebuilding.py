"""Search and counts, made again from the tickets and messages that there are, while everybody goes on working.

Tickets and messages are entered as the streams enter them, by where they stand, so that it does not matter who comes
first. Then what stands for nothing is taken out: postings, and counts. Every ticket is counted in a new generation;
once nothing is counted in the earlier ones, whatever their cells still say is wrong and is dropped. All of it may be
broken off and begun again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from itertools import batched
from typing import TYPE_CHECKING

from ticketing.kernel.ports import Contended
from ticketing.kernel.text import indexed
from ticketing.lists.counts import CountedTicket, Move, gone
from ticketing.lists.indexing import BATCH, Indexing, MessageChange
from ticketing.lists.postings import SUBJECT, Posting, message_source
from ticketing.tickets.changes import TicketChange

if TYPE_CHECKING:
    from ticketing.kernel.deadline import Deadline
    from ticketing.lists.ports import Recount, SearchIndex, TicketCounts, WholeTables
    from ticketing.tickets.messages import Message
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.ports import TicketStore

READ = 100
"""Tickets read at once."""

type Key = tuple[int, int]
"""A customerID and a ticketID."""
type Report = Callable[[str, int], None]
"""Receives a table's name and how many of its items are done."""


@dataclass(frozen=True)
class Rebuilding:
    """Make search and counts again, and have what gone tickets left behind cleaned up: `orphaned` is told their last
    messages (0: none), `orphaned_calls` their calls. `deadline` is until when one batch is tried. Holds every ticket's
    subject and the words of every message in memory while it runs: about 1.5 GB for a million tickets with three
    messages each."""

    whole_tables: WholeTables
    store: TicketStore
    indexing: Indexing
    ticket_counts: TicketCounts
    recount: Recount
    search: SearchIndex
    orphaned: Callable[[Mapping[Key, int]], None]
    orphaned_calls: Callable[[Mapping[Key, str]], None]
    deadline: Callable[[], Deadline]
    _subjects: dict[Key, str] = field(default_factory=dict, repr=False)
    _words: dict[tuple[Key, str], str] = field(default_factory=dict, repr=False)
    _generations: dict[int, int] = field(default_factory=dict, repr=False)

    def run(self, report: Report) -> None:
        """Do it all; raises Unavailable, Contended, after which it may be begun again."""
        for page in _reporting(self.whole_tables.tickets(), "tickets", report):
            self._enter_tickets(page)
        for messages in _reporting(self.whole_tables.messages(), "messages", report):
            self._enter_messages(messages)
        for postings in _reporting(self.whole_tables.postings(), "postings", report):
            self._check_postings(postings)
        for calls in _reporting(self.whole_tables.calls(), "calls", report):
            there = self._existing(calls)
            self.orphaned_calls({key: callSid for key, callSid in calls.items() if key not in there})
        for customerID in self.recount.customers():
            self._finish(customerID, self._generation(customerID))

    def _generation(self, customerID: int) -> int:
        """Return the generation that a customer's tickets are counted in by this run. Statuses and types that were the
        commonest when it began have cells of their own in it."""
        if customerID not in self._generations:
            cells = (
                counted_ticket.cell for counted_ticket in self.recount.all_counted(customerID) if counted_ticket.cell
            )
            self._generations[customerID] = self.recount.begin(customerID, cells)
        return self._generations[customerID]

    def _enter_tickets(self, tickets: Sequence[Ticket]) -> None:
        for ticket in tickets:
            self._generation(ticket.customerID)
            self._subjects[_key(ticket)] = ticket.subject
        for batch in batched(tickets, BATCH, strict=False):
            self.indexing.enter_tickets(map(TicketChange, batch), self.deadline(), anew=True)

    def _enter_messages(self, messages: Sequence[Message]) -> None:
        """Enter messages; those that their ticket has left behind are cleaned up."""
        there = self._existing(map(_key, messages))
        for message in messages:
            self._words[_key(message), message_source(message.messageID)] = " ".join(indexed(message.body))
        for batch in batched(messages, READ, strict=False):
            self.indexing.enter_messages(MessageChange(message) for message in batch if _key(message) in there)
        orphaned: Counter[Key] = Counter()
        for message in messages:
            if _key(message) not in there:
                orphaned[_key(message)] = max(orphaned[_key(message)], message.messageID)
        self.orphaned(orphaned)

    def _check_postings(self, postings: Sequence[Posting]) -> None:
        """Take out the postings that stand for nothing; look closely only at those that seem to."""
        suspects = [posting for posting in postings if not self._is_known(posting)]
        there = self._existing(map(_key, suspects))
        wrong = [posting for posting in suspects if _key(posting) not in there or self._is_stale(posting)]
        self.search.write(dict.fromkeys(wrong, False))
        for posting in suspects:
            if posting.source == SUBJECT and _key(posting) in there:
                self._check_subject(posting, there[_key(posting)])

    def _is_known(self, posting: Posting) -> bool:
        """Tell whether this run entered what a posting stands for. A message not seen was added meanwhile, or
        went with its ticket."""
        key = _key(posting)
        if posting.source == SUBJECT:
            return posting.word in indexed(self._subjects.get(key, ""))
        return key in self._subjects and (key, posting.source) in self._words and not self._is_stale(posting)

    def _is_stale(self, posting: Posting) -> bool:
        """Tell whether a message lacks a word, as rules of words that have changed since leave it behind. Messages
        never change; one that this run did not enter was added meanwhile, and by the rules of now."""
        words = self._words.get((_key(posting), posting.source))
        return words is not None and posting.word not in words.split(" ")

    def _check_subject(self, posting: Posting, ticket: Ticket) -> None:
        """Take a word out that is not in its ticket's subject. The ticket is then read and entered again: the word may
        have come into its subject, and into the index, meanwhile."""
        if posting.word in indexed(ticket.subject):
            return
        self.search.write({posting: False})
        now = self._existing([_key(ticket)])
        self.indexing.enter_tickets(map(TicketChange, now.values()), self.deadline(), anew=True)

    def _finish(self, customerID: int, generation: int) -> None:
        """Count what is left in earlier generations, and what is not there any more, until there is none of either;
        then drop the earlier cells as they were before that was found."""
        while True:
            counts = self.recount.counts_before(customerID, generation)
            everything = self.recount.all_counted(customerID)
            doubtful = [each for each in everything if each.is_before(generation) or _key(each) not in self._subjects]
            there = self._existing(map(_key, doubtful))
            wrong = [each for each in doubtful if each.is_before(generation) or _key(each) not in there]
            for batch in batched(wrong, BATCH, strict=False):
                self._move_on(batch, there)
            if not wrong and self.recount.drop(customerID, counts):
                return

    def _move_on(self, counted_tickets: Sequence[CountedTicket], there: Mapping[Key, Ticket]) -> None:
        tickets = [there[_key(counted_ticket)] for counted_ticket in counted_tickets if _key(counted_ticket) in there]
        self.indexing.enter_tickets(map(TicketChange, tickets), self.deadline(), anew=True)
        gone = [counted_ticket for counted_ticket in counted_tickets if _key(counted_ticket) not in there]
        for counted_ticket in gone:
            self._forget(counted_ticket)
        self.orphaned({_key(counted_ticket): 0 for counted_ticket in gone})  # they may have had no messages

    def _forget(self, counted_ticket: CountedTicket) -> None:
        """Count a ticket out whose removal was never reported."""
        words = indexed(counted_ticket.subject)
        self.search.write(
            {Posting(counted_ticket.customerID, word, counted_ticket.ticketID, SUBJECT): False for word in words}
        )
        removed = gone(counted_ticket.customerID, counted_ticket.ticketID, counted_ticket.version)
        try:
            self.ticket_counts.move([Move.of(counted_ticket, removed, counted_ticket.generation)])
        except Contended:
            return  # another has counted it; if it is still left behind, it is found again

    def _existing(self, keys: Iterable[Key]) -> dict[Key, Ticket]:
        """Return those of the tickets that there are, as they are now."""
        by_customer: defaultdict[int, set[int]] = defaultdict(set)
        for customerID, ticketID in keys:
            by_customer[customerID].add(ticketID)
        return {
            (customerID, ticketID): ticket
            for customerID, ticketIDs in by_customer.items()
            for batch in batched(sorted(ticketIDs), READ, strict=False)
            for ticketID, ticket in self.store.get_many(customerID, batch).items()
        }


def _key(of: Ticket | Message | Posting | CountedTicket) -> Key:
    return of.customerID, of.ticketID


def _reporting[Page: Sized](pages: Iterator[Page], name: str, report: Report) -> Iterator[Page]:
    """Return the pages, and report each once it is done."""
    done = 0
    report(name, done)
    for page in pages:
        yield page
        done += len(page)
        report(name, done)
