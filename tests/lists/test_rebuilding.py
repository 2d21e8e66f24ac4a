"""The operator's command makes search and counts again, whatever had become of them and whoever goes on working."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import A_CALL, ACME, ANOTHER_CALL, GLOBEX
from tests.history.entries import an_entry
from tests.lists.fakes import InMemorySearch, InMemoryTicketCounts, InMemoryWholeTables
from tests.lists.streams import STEPS, Streams, expected_postings, expected_total, total
from ticketing.jobs.job import CleanUp
from ticketing.kernel.text import Term
from ticketing.lists.indexing import MessageChange
from ticketing.lists.postings import SUBJECT, Posting, message_source
from ticketing.lists.query import Filters
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.facets import STATUS, TYPE
from ticketing.tickets.model import Ticket

CORRUPTIONS = ("no counts", "no postings", "wrong counts", "strange postings", "old words", "lost records")


def is_right(streams: Streams) -> bool:
    totals = [
        (total(streams, customerID, filters), expected_total(streams, customerID, filters))
        for customerID in (ACME, GLOBEX)
        for hidden in (None, streams.now)
        for facets in ({}, {STATUS: frozenset({"open", "x"})}, {TYPE: frozenset({"chat", "fax"})})
        for filters in [Filters(facets, hidden)]
    ]
    assert isinstance(streams.search, InMemorySearch)
    return all(found == expected for found, expected in totals) and (
        streams.search.postings == expected_postings(streams)
    )


def corrupt(streams: Streams, how: str) -> None:
    ticket_counts, search = streams.ticket_counts, streams.search
    assert isinstance(ticket_counts, InMemoryTicketCounts)
    assert isinstance(search, InMemorySearch)
    match how:
        case "no counts":
            ticket_counts.counted.clear()
            ticket_counts.counts.clear()
        case "no postings":
            search.postings.clear()
        case "wrong counts":
            ticket_counts.counts += Counter(dict.fromkeys(ticket_counts.counts, 7))
        case "strange postings":
            search.postings |= {Posting(ACME, "strange", 1, "s"), Posting(ACME, "strange", 99, "m0000000000000001")}
        case "old words":
            kept = [message for messages in streams.messages.kept.values() for message in messages.values()]
            keys = [(each.customerID, each.ticketID, message_source(each.messageID)) for each in kept]
            search.postings |= {Posting(customer, "old", ticket, source) for customer, ticket, source in keys}
        case "lost records":
            streams.read = {kind: len(records) for kind, records in streams.records.items()}


@settings(max_examples=400)
@given(STEPS, st.sets(st.sampled_from(CORRUPTIONS)), STEPS)
def test_everything_is_right_after_a_rebuild(
    steps: list[tuple[Any, ...]], corruptions: set[str], later: list[tuple[Any, ...]]
) -> None:
    streams = Streams()
    for name, *arguments in steps:
        getattr(streams, name)(*arguments)
    for corruption in sorted(corruptions):
        corrupt(streams, corruption)
    at_work(streams, later).run(lambda *_: None)
    streams.settle()
    assert is_right(streams)


def at_work(streams: Streams, steps: list[tuple[Any, ...]]) -> Any:
    """A rebuilding during which others take these steps, one between each two pages."""
    left = iter(steps)

    def meanwhile[Page](pages: Iterator[Page]) -> Iterator[Page]:
        for page in pages:
            for name, *arguments in islice(left, 2):
                getattr(streams, name)(*arguments)
            yield page

    class Busy(InMemoryWholeTables):
        def tickets(self) -> Iterator[Sequence[Ticket]]:
            return meanwhile(super().tickets())

        def postings(self) -> Iterator[Sequence[Posting]]:
            return meanwhile(super().postings())

    assert isinstance(streams.search, InMemorySearch)
    return replace(streams.rebuilding(), whole_tables=Busy(streams.store, streams.search))


def totals_are_right(streams: Streams) -> bool:
    asked = [Filters(), *(Filters({STATUS: frozenset({status})}) for status in ("open", "x", "y", "z"))]
    return all(total(streams, ACME, filters) == expected_total(streams, ACME, filters) for filters in asked)


def test_totals_are_right_while_it_runs_and_the_commonest_values_have_cells_of_their_own_then() -> None:
    streams, pages = Streams(), 0
    for status in ("x", "y", "z", "y", "Open", "y", "z"):
        streams.create(0, {"status": status})
    streams.settle()
    assert isinstance(streams.ticket_counts, InMemoryTicketCounts)
    assert isinstance(streams.search, InMemorySearch)

    class Watched(InMemoryWholeTables):
        def tickets(self) -> Iterator[Sequence[Ticket]]:
            nonlocal pages
            for page in super().tickets():
                assert totals_are_right(streams)
                pages += 1
                yield page

    before = streams.ticket_counts.totals(ACME, None).named[STATUS]
    replace(streams.rebuilding(), whole_tables=Watched(streams.store, streams.search)).run(lambda *_: None)
    after = streams.ticket_counts.totals(ACME, None).named[STATUS]
    assert (sorted(after - before), sorted(before - after), pages) == (["y"], ["x"], 4)
    assert totals_are_right(streams)


@pytest.fixture
def streams() -> Streams:
    streams = Streams()
    for customer in (0, 0, 1):
        streams.create(customer, {"subject": "refund"})
    streams.write(0, "parcel lost")
    streams.settle()
    return streams


@pytest.mark.parametrize("how", CORRUPTIONS[:5])
def test_what_was_lost_or_wrong_is_made_again(streams: Streams, how: str) -> None:
    corrupt(streams, how)
    assert not is_right(streams)
    streams.rebuilding().run(lambda *_: None)
    streams.settle()
    assert is_right(streams)


def test_words_by_older_rules_are_replaced(streams: Streams) -> None:
    streams.create(0, {"subject": "पार्सल"})
    streams.write(3, "मेरा पार्सल")
    streams.settle()
    assert isinstance(streams.search, InMemorySearch)
    sources = [posting for posting in streams.search.postings if posting.word == "पार्सल"]
    assert {posting.source for posting in sources} == {SUBJECT, message_source(1)}
    streams.search.postings -= set(sources)
    streams.search.postings |= {posting._replace(word=part) for posting in sources for part in ("प", "र", "सल")}
    streams.rebuilding().run(lambda *_: None)
    assert is_right(streams)
    assert len(list(streams.search.tickets(ACME, Term("पार्सल")))) == 2
    assert not list(streams.search.tickets(ACME, Term("सल")))


def test_a_rebuild_may_be_run_again_and_again(streams: Streams) -> None:
    for _ in range(3):
        streams.rebuilding().run(lambda *_: None)
        assert is_right(streams)


def test_a_ticket_whose_removal_was_never_reported_is_counted_out_and_cleaned_up(streams: Streams) -> None:
    streams.histories.keep([an_entry(1, ticketID=ticketID) for ticketID in (1, 2)])
    streams.delete(0)
    corrupt(streams, "lost records")
    assert not is_right(streams)
    streams.rebuilding().run(lambda *_: None)
    streams.settle()
    assert is_right(streams)
    assert not any(streams.messages.kept.values())
    assert {ticket for ticket, entries in streams.histories.kept.items() if entries} == {(ACME, 2)}


def test_old_words_of_a_ticket_that_goes_after_it_was_read_go_too(streams: Streams) -> None:
    search = streams.search
    assert isinstance(search, InMemorySearch)
    search.postings.add(Posting(ACME, "old", 1, message_source(1)))  # by rules of words that have changed since

    class Busy(InMemoryWholeTables):
        def tickets(self) -> Iterator[Sequence[Ticket]]:
            yield from super().tickets()
            streams.delete(0)
            streams.settle()

    replace(streams.rebuilding(), whole_tables=Busy(streams.store, search)).run(lambda *_: None)
    streams.settle()
    assert is_right(streams)


def test_a_removed_ticket_without_messages_is_counted_out_too(streams: Streams) -> None:
    streams.histories.keep([an_entry(1, ticketID=2)])
    streams.delete(1)
    corrupt(streams, "lost records")
    streams.rebuilding().run(lambda *_: None)
    streams.settle()
    assert not any(streams.histories.kept.values())


def test_an_unprocessed_ticket_that_was_entered_after_its_removal_was_lost_is_cleaned_up(streams: Streams) -> None:
    streams.create(0, {"subject": "refund", "isProcessed": False})
    streams.delete(3)
    streams.deliver(TicketChange, 1)
    streams.histories.keep([an_entry(1, ticketID=3)])
    corrupt(streams, "lost records")
    streams.rebuilding().run(lambda *_: None)
    streams.settle()
    assert is_right(streams)
    assert streams.ticket_counts.counted_tickets(ACME, [3])[3].isRemoved
    assert not any(streams.histories.kept.values())


def test_a_call_that_a_ticket_left_behind_when_it_expired_is_cleaned_up(streams: Streams) -> None:
    for customer, call in ((0, A_CALL), (1, A_CALL), (0, ANOTHER_CALL)):
        streams.create(customer, {"twilio_CallSid": call})
    streams.store.expire(streams.store.kept[ACME, 3])
    streams.settle()
    streams.rebuilding().run(lambda *_: None)
    assert set(streams.jobs.sent) == {CleanUp(customerID=ACME, ticketID=3, lastMessageID=0, callSid=A_CALL)}


def test_cells_in_which_there_is_nothing_any_more_are_dropped(streams: Streams) -> None:
    for which in range(3):
        streams.close(which)
    streams.settle()
    streams.rebuilding().run(lambda *_: None)
    assert isinstance(streams.ticket_counts, InMemoryTicketCounts)
    assert sorted(streams.ticket_counts.counts.values()) == [1, 2]


def test_a_ticket_that_is_counted_late_in_an_old_generation_is_not_lost(streams: Streams) -> None:
    ticket_counts = streams.ticket_counts
    assert isinstance(ticket_counts, InMemoryTicketCounts)
    drop = ticket_counts.drop
    pending = [1]

    def drop_late(customerID: int, counts: Any) -> bool:
        if pending and customerID == ACME:
            pending.pop()
            streams.create(0, {"subject": "late"})
            known, ticket_counts.vocabularies[ACME] = (
                ticket_counts.vocabularies[ACME],
                [],
            )  # read before the rebuilding began
            streams.deliver(TicketChange, 1)
            streams.deliver(MessageChange, 1)
            ticket_counts.vocabularies[ACME] = known
        return drop(customerID, counts)

    ticket_counts.drop = drop_late  # type: ignore[method-assign]
    streams.rebuilding().run(lambda *_: None)
    assert is_right(streams)
    assert not pending


def test_a_rebuild_reports_its_progress(streams: Streams) -> None:
    told: list[tuple[str, int]] = []
    streams.rebuilding().run(lambda name, done: told.append((name, done)))
    assert [each for each in told if each[0] == "tickets"] == [("tickets", 0), ("tickets", 2), ("tickets", 3)]
    assert [name for name, done in told if done == 0] == ["tickets", "messages", "postings", "calls"]
