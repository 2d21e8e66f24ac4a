"""Checks what is entered into search and counts, and in which order: each case is one that chance seldom finds."""

import pytest

from tests.builders import A_CALL, ACME, a_ticket
from tests.fakes import FakeClock
from tests.lists.fakes import InMemoryJobs, InMemorySearch, InMemoryTicketCounts
from tests.lists.streams import Streams, expected_postings, patient
from ticketing.errors import Unavailable
from ticketing.jobs.job import CleanUp
from ticketing.jobs.queueing import JobQueueing
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.ports import Contended
from ticketing.lists.indexing import BATCH, Indexing, MessageChange
from ticketing.lists.query import Filters
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.messages import Direction, Message


@pytest.fixture
def streams() -> Streams:
    return Streams()


def words(streams: Streams) -> set[str]:
    assert isinstance(streams.search, InMemorySearch)
    return {posting.word for posting in streams.search.postings}


def test_an_edited_subject_is_found_by_its_new_words_only(streams: Streams) -> None:
    streams.create(0, {"subject": "refund parcel"})
    streams.settle()
    streams.change(0, {"subject": "parcel lost"})
    streams.settle()
    assert words(streams) == {"parcel", "lost"}


def test_subjects_that_were_passed_over_leave_nothing_behind(streams: Streams) -> None:
    streams.create(0, {"subject": "one"})
    streams.change(0, {"subject": "two"})
    streams.deliver(TicketChange, 1)
    streams.deliver(TicketChange, 1, fails_at=3)  # fails after the words of "two" are entered
    streams.change(0, {"subject": "three"})
    streams.deliver(TicketChange, 2)
    assert words(streams) == {"three"}


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_repetition_that_races_with_a_change_back_loses_no_word(streams: Streams, step: int) -> None:
    streams.create(0, {"subject": "parcel"})
    streams.change(0, {"subject": "refund"})
    streams.settle()
    streams.change(0, {"subject": "parcel"})
    streams.replay(TicketChange, 2, 1, others_at=step)
    assert words(streams) == {"parcel"}
    streams.replay(TicketChange, 3, 3)
    assert words(streams) == {"parcel"}


@pytest.mark.parametrize("step", [3, 4, 5])
def test_a_repetition_that_dies_while_another_counts_is_mended_by_the_change_itself(
    streams: Streams, step: int
) -> None:
    streams.create(0, {"subject": "parcel"})
    streams.change(0, {"subject": "refund"})
    streams.settle()
    streams.change(0, {"subject": "parcel"})
    streams.replay(TicketChange, 2, 1, others_at=2, fails_at=step)
    streams.replay(TicketChange, 1, 1)
    assert "parcel" in words(streams)


@pytest.mark.parametrize("step", range(1, 6))
def test_messages_that_arrive_while_their_ticket_is_removed_leave_no_word(streams: Streams, step: int) -> None:
    streams.create(0, {"subject": "parcel"})
    streams.write(0, "refund")
    streams.deliver(MessageChange, 1)
    streams.delete(0)
    streams.replay(MessageChange, 1, 1, others_at=step)
    streams.settle()
    assert words(streams) == set()


def test_a_message_that_arrives_before_its_ticket_is_entered(streams: Streams) -> None:
    streams.create(0, {"subject": "parcel"})
    streams.write(0, "refund")
    streams.deliver(MessageChange, 1)
    assert words(streams) == {"refund"}


def test_a_message_that_arrives_long_after_its_ticket_was_removed_stays_out(streams: Streams) -> None:
    streams.create(0, {"subject": "parcel"})
    streams.write(0, "refund")
    streams.delete(0)
    streams.settle()
    streams.replay(MessageChange, 9, 1)
    assert words(streams) == set()


def test_more_tickets_than_are_counted_together(streams: Streams) -> None:
    for _ in range(2 * BATCH + 1):
        streams.create(0, {"followUpDate": 5})
    streams.deliver(TicketChange, 2 * BATCH + 1)
    assert streams.ticket_counts.totals(ACME, None).total(Filters()) == 2 * BATCH + 1
    assert streams.ticket_counts.totals(ACME, streams.now).total(Filters(hidden_after=streams.now)) == 0


def test_a_status_per_ticket_takes_no_cell_per_ticket(streams: Streams) -> None:
    for n in range(100):
        streams.create(0, {"status": f"Case {n}", "channelType": f"Kind {n}"})
    streams.deliver(TicketChange, 100)
    totals = streams.ticket_counts.totals(ACME, None)
    assert totals.total(Filters()) == 100
    assert len(totals.cells) < 10


def test_what_falls_due_is_counted_with_the_rest_when_anything_changes(streams: Streams) -> None:
    streams.create(0, {"followUpDate": 5})
    streams.settle()
    streams.wait(6)
    assert streams.ticket_counts.due(ACME, streams.now, 10) == [1]
    streams.create(0, {})
    streams.settle()
    assert streams.ticket_counts.due(ACME, streams.now, 10) == []
    assert streams.ticket_counts.totals(ACME, streams.now).total(Filters(hidden_after=streams.now)) == 2


def indexing_with(ticket_counts: InMemoryTicketCounts, jobs: InMemoryJobs) -> Indexing:
    queueing = JobQueueing(jobs)
    return Indexing(ticket_counts, InMemorySearch(), queueing.after, queueing.orphaned, FakeClock().now)


def test_a_removed_ticket_is_cleaned_up_once_per_batch_and_after_it_is_counted() -> None:
    jobs, ticket_counts = InMemoryJobs(), InMemoryTicketCounts()
    indexing = indexing_with(ticket_counts, jobs)
    removal = TicketChange(a_ticket(lastMessageID=3, twilio_CallSid=A_CALL), isRemoved=True)
    indexing.enter_tickets([removal, removal], patient())
    assert jobs.sent == [CleanUp(customerID=ACME, ticketID=101, lastMessageID=3, callSid=A_CALL)]
    assert ticket_counts.counted_tickets(ACME, [101])[101].isRemoved


def test_a_removed_ticket_is_cleaned_up_again_after_a_change_that_comes_late() -> None:
    jobs = InMemoryJobs()
    indexing, ticket = indexing_with(InMemoryTicketCounts(), jobs), a_ticket(version=2)
    indexing.enter_tickets([TicketChange(ticket, isRemoved=True)], patient())
    jobs.sent.clear()
    indexing.enter_tickets([TicketChange(ticket)], patient())
    assert jobs.sent == [CleanUp(customerID=ACME, ticketID=101, lastMessageID=0)]


def test_nothing_is_cleaned_up_while_the_removal_cannot_be_counted() -> None:
    class Failing(InMemoryTicketCounts):
        def move(self, moves: object) -> None:  # noqa: ARG002 - whatever they are
            raise Unavailable("Not now.")

    jobs = InMemoryJobs()
    indexing = indexing_with(Failing(), jobs)
    with pytest.raises(Unavailable):
        indexing.enter_tickets([TicketChange(a_ticket(), isRemoved=True)], patient())
    assert jobs.sent == []


def test_a_batch_that_always_loses_gives_up_at_its_deadline() -> None:
    class Busy(InMemoryTicketCounts):
        def move(self, moves: object) -> None:  # noqa: ARG002 - whatever they are
            raise Contended

    indexing = indexing_with(Busy(), InMemoryJobs())
    with pytest.raises(Contended):
        indexing.enter_tickets([TicketChange(a_ticket())], Deadline(at=0, clock=lambda: 0.0))


def test_one_batch_may_hold_the_changes_of_many_customers(streams: Streams) -> None:
    for customer in (0, 1, 0, 1):
        streams.create(customer, {"subject": "refund"})
    streams.deliver(TicketChange, 100)
    totals = [streams.ticket_counts.totals(customerID, None).total(Filters()) for customerID in streams.customers]
    assert totals == [2, 2]
    assert isinstance(streams.search, InMemorySearch)
    assert streams.search.postings == expected_postings(streams)


def test_only_the_first_words_of_a_message_are_entered(streams: Streams) -> None:
    message = Message(
        customerID=ACME,
        ticketID=101,
        messageID=1,
        dateCreated=streams.now,
        direction=Direction.AI,
        body=" ".join(f"word{n}" for n in range(600)),
    )
    streams.indexing().enter_messages([MessageChange(message)])
    assert words(streams) == {f"word{n}" for n in range(500)}
