"""Search and counts follow on a real engine as they do in memory, whatever the streams and the consumers do."""

from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines import Tables
from tests.lists.followed import followed_on
from tests.lists.streams import FEW, FILTERS, STEPS, VOCABULARY, Streams, expected_postings, expected_total, total
from ticketing.kernel.text import Term
from ticketing.lists.dynamodb.counts import DynamoTicketCounts
from ticketing.lists.query import Filters

_CUSTOMERS = count(700_000)


@settings(max_examples=25)
@given(STEPS, st.lists(FILTERS, max_size=2))
def test_totals_and_search_are_those_of_what_there_is(
    tables: Tables, steps: list[tuple[Any, ...]], filters: list[Any]
) -> None:
    followed = followed_on(tables)
    assert isinstance(followed.ticket_counts, DynamoTicketCounts)
    ticket_counts = replace(followed.ticket_counts, most=FEW)
    streams = Streams(ticket_counts, followed.search, customers=(next(_CUSTOMERS), next(_CUSTOMERS)))
    for name, *arguments in steps:
        getattr(streams, name)(*arguments)
    streams.settle()
    postings = expected_postings(streams)
    for customerID in streams.customers:
        totals = ticket_counts.totals(customerID, None)
        assert sum(totals.candidates(Filters()).values()) == totals.table  # no cell holds fewer than none
        for word in VOCABULARY:
            found = list(streams.search.tickets(customerID, Term(word)))
            assert found == sorted(each.ticketID for each in postings if each[:2] == (customerID, word))
        for facets in [{}, *filters]:
            for hidden_after in (None, streams.now):
                asked = Filters({facet: frozenset(values) for facet, values in facets.items()}, hidden_after)
                assert total(streams, customerID, asked) == expected_total(streams, customerID, asked)
