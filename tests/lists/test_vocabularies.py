"""Vocabularies in the Tallies table: they only grow, earlier versions are read rightly, many writers at once agree."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import batched
from random import Random
from time import monotonic

from tests.builders import a_ticket
from tests.engines import Tables
from tests.lists.counted import LAST, LATER, cells, counted, counted_ticket
from tests.lists.followed import Followed, followed_on
from tests.lists.streams import FEW, Streams, expected_total, total
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.text import case_folded
from ticketing.lists.counts import ODD, Cell, cell_of
from ticketing.lists.dynamodb.counts import DynamoTicketCounts
from ticketing.lists.query import Filters
from ticketing.lists.vocabulary import MOST, USUAL
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.facets import STATUS
from ticketing.tickets.order import Position, SortBy

NAMES = [f"status {n}" for n in range(MOST)]
ROOM = MOST - len(USUAL[STATUS])


def cell(status: str) -> Cell:
    return cell_of(a_ticket(status=status))


def test_the_first_values_are_taken_up(followed: Followed, customerID: int) -> None:
    ticket_counts = followed.ticket_counts
    grown = ticket_counts.vocabulary(customerID, [cell(name) for name in NAMES[:-1]])
    assert grown.values[STATUS] == USUAL[STATUS] | set(NAMES[:ROOM])
    assert ticket_counts.vocabulary(customerID, [cell(NAMES[-1])]) == grown
    assert ticket_counts.vocabulary(customerID + 1, []).values == USUAL


def test_the_commonest_values_are_taken_up_by_a_new_generation(followed: Followed, customerID: int) -> None:
    ticket_counts = followed.ticket_counts
    ticket_counts.vocabulary(customerID, [cell(name) for name in NAMES])
    assert ticket_counts.begin(customerID, map(cell, ["one", *NAMES, *NAMES, "one", "one"])) == 1
    begun = ticket_counts.vocabulary(customerID, [])
    assert begun.generation == 1
    assert begun.values[STATUS] == USUAL[STATUS] | {"one", *NAMES[: ROOM - 1]}


def test_an_odd_ticket_is_counted_with_others_and_stands_under_its_own_status(
    followed: Followed, customerID: int
) -> None:
    odd = frozenset({STATUS})
    ticket_counts = followed.ticket_counts
    ticket_counts.vocabulary(customerID, [cell(name) for name in NAMES])
    kept = [
        counted(followed, replace(counted_ticket(customerID, ticketID, status=status), odd=odd))
        for ticketID, status in enumerate(("x#y", "%", "%"), 1)
    ]
    waiting = counted(followed, replace(counted_ticket(customerID, 4, status="z", followUpDate=LATER), odd=odd))
    shared = cell("x").sharing([STATUS])
    assert {place: tickets for (place, waits), tickets in cells(followed, customerID).items() if not waits} == {
        shared: 3
    }
    assert sorted(ticket_counts.in_cells(customerID, [shared])) == [1, 2, 3, 4]
    assert ticket_counts.counted_tickets(customerID, [1, 2, 3, 4]) == {each.ticketID: each for each in (*kept, waiting)}
    own = Filters({STATUS: frozenset({"x#y"})})
    assert ticket_counts.listed(customerID, [1, 2, 3, 4], own, SortBy.status) == [Position("x#y", 1)]
    totals = ticket_counts.totals(customerID, LAST)
    assert (totals.table, totals.total(Filters(hidden_after=LAST))) == (4, 4)
    assert totals.named == {STATUS: ticket_counts.vocabulary(customerID, []).values[STATUS]}


def is_right(streams: Streams) -> bool:
    """Tell whether the first customer's tickets are counted rightly, by each status and in all."""
    statuses = {case_folded(ticket.status) for ticket in streams.store.kept.values()}
    asked = [Filters(), *(Filters({STATUS: frozenset({status})}) for status in statuses)]
    customerID = streams.customers[0]
    return all(total(streams, customerID, each) == expected_total(streams, customerID, each) for each in asked)


def test_many_who_count_odd_values_at_once_agree(tables: Tables, customerID: int) -> None:
    """Consumers enter the same changes in other orders and splits, with more statuses than have cells."""
    ticket_counts = followed_on(tables).ticket_counts
    assert isinstance(ticket_counts, DynamoTicketCounts)
    streams = Streams(replace(ticket_counts, most=FEW), customers=(customerID, 0))
    for n in range(24):
        streams.create(0, {"status": NAMES[n % 8]})
    for n in range(24):
        streams.change(n, {"status": NAMES[n % 5], "customerRepID": 13})
    changes = streams.records[TicketChange]

    def enter(seed: int) -> None:
        shuffled = Random(seed).sample(changes, len(changes))  # noqa: S311 - no secret
        for batch in batched(shuffled, 1 + seed, strict=False):
            streams.indexing().enter_tickets(batch, Deadline(monotonic() + 60))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(enter, range(4)))
    assert is_right(streams)
    known = ticket_counts.vocabulary(customerID, []).values[STATUS]
    assert len(known) == FEW
    assert {count.cell.value(STATUS) for count in ticket_counts.totals(customerID, None).cells} <= known | {ODD}
