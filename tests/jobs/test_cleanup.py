"""Checks that what a deleted ticket leaves behind is removed, however long its conversation was."""

import pytest

from tests.builders import a_ticket
from tests.history.entries import an_entry
from tests.lists.fakes import InMemorySearch
from tests.lists.streams import Streams
from ticketing.history.dynamodb import SOME
from ticketing.jobs.cleanup import SLICE
from ticketing.jobs.job import CleanUp

LONG = 2 * SLICE + 7


@pytest.fixture
def streams() -> Streams:
    streams = Streams()
    streams.create(0, {"subject": "parcel"})
    for _ in range(LONG):
        streams.write(0, "refund")
    streams.delete(0)
    return streams


def left(streams: Streams) -> int:
    return sum(map(len, streams.messages.kept.values()))


def test_a_long_conversation_is_removed_at_once_where_there_is_time(streams: Streams) -> None:
    streams.settle()
    assert left(streams) == 0
    assert isinstance(streams.search, InMemorySearch)
    assert streams.search.postings == set()


def test_without_time_the_rest_becomes_a_job_of_its_own(streams: Streams) -> None:
    streams.jobs.sent = [CleanUp(customerID=1, ticketID=1, lastMessageID=LONG, callSid=None)]
    for expected in (LONG - SLICE, LONG - 2 * SLICE, 0, 0):  # the last one looks for a history
        streams.jobs.sent = streams.jobs.sent[:1]  # the harness brings every job twice
        streams.work(patience=0)
        assert left(streams) == expected
    assert streams.jobs.sent == []


def test_a_long_history_goes_too_if_need_be_in_jobs_of_its_own(streams: Streams) -> None:
    streams.histories.keep([an_entry(version) for version in range(1, 2 * SOME + 8)])
    streams.jobs.sent = [CleanUp(customerID=1, ticketID=1, lastMessageID=0)]
    for expected in (SOME + 7, 7, 0):
        streams.jobs.sent = streams.jobs.sent[:1]
        streams.work(patience=0)
        assert len(streams.histories.kept[1, 1]) == expected
    assert streams.jobs.sent == []


def test_a_clean_up_may_be_done_again(streams: Streams) -> None:
    job = CleanUp(customerID=1, ticketID=1, lastMessageID=LONG)
    for _ in range(2):
        streams.jobs.sent = [job]
        streams.work()
        assert left(streams) == 0


def test_a_ticket_that_was_restored_meanwhile_keeps_what_it_has(streams: Streams) -> None:
    """Its removal may be cleaned up late, or again when a failure queue is emptied; its id is no other ticket's."""
    streams.store.create(a_ticket(ticketID=1, lastMessageID=LONG))
    streams.jobs.sent = [CleanUp(customerID=1, ticketID=1, lastMessageID=LONG)]
    streams.work()
    assert left(streams) == LONG
