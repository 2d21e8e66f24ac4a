"""Search and counts follow tickets and messages, whatever the streams and the consumers do."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import ACME, GLOBEX
from tests.lists.fakes import InMemorySearch, InMemoryTicketCounts
from tests.lists.streams import FILTERS, REPEATS, STEPS, Streams, expected_postings, expected_total, total
from ticketing.lists.query import Filters


@settings(max_examples=600)
@given(STEPS, REPEATS, st.lists(FILTERS, min_size=1, max_size=5), st.booleans())
def test_totals_and_postings_are_those_of_what_there_is(
    steps: list[tuple[Any, ...]], repeats: list[tuple[type, int, int]], filters: list[Any], waits: bool
) -> None:
    streams = Streams()
    for name, *arguments in steps:
        getattr(streams, name)(*arguments)
    streams.settle()
    for repeat in repeats:
        streams.replay(*repeat)
    streams.settle()
    if waits:
        streams.wait(10)  # follow-ups fall due without any change
    assert isinstance(streams.search, InMemorySearch)
    assert streams.search.postings == expected_postings(streams)
    for customerID in (ACME, GLOBEX):
        for facets in [{}, *filters]:
            for hidden_after in (None, streams.now):
                asked = Filters({facet: frozenset(values) for facet, values in facets.items()}, hidden_after)
                assert total(streams, customerID, asked) == expected_total(streams, customerID, asked)
    assert isinstance(streams.ticket_counts, InMemoryTicketCounts)
    assert min(streams.ticket_counts.counts.values(), default=1) > 0  # an empty cell goes away
