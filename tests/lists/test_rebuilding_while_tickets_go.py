"""Checks the operator's command leaves nothing of a ticket that is deleted while it runs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.builders import ACME
from tests.lists.fakes import InMemorySearch, InMemoryWholeTables
from tests.lists.streams import Streams
from ticketing.lists.postings import Posting, message_source
from ticketing.tickets.model import Ticket


def test_old_words_of_a_ticket_that_goes_after_it_was_read_go_too() -> None:
    streams = Streams()
    streams.create(0, {"subject": "parcel"})
    streams.write(0, "refund")
    streams.settle()
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
    assert search.postings == set()
