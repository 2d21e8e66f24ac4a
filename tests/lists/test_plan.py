"""Checks which way a list is found: the one that reads least."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.lists.dynamodb.plan import ENTRY, MAX_SCARCE, QueryPlan, Statistics, cheapest, likely_walk
from ticketing.tickets.order import Order, SortBy

ACTIVITY, CREATION, SUBJECT = (Order(by) for by in (SortBy.lastMessageDate, SortBy.ticketID, SortBy.subject))


def statistics(table: int, narrowest: int, matching: int, cells: int = 1, wanted: int = 11) -> Statistics:
    return Statistics(table, narrowest, matching, cells, matching, wanted)


@pytest.mark.parametrize(
    ("order", "kinds", "plan"),
    [
        (ACTIVITY, statistics(100_000, 50_000, 40_000), QueryPlan.WALK),
        (ACTIVITY, statistics(100_000, 50_000, 400), QueryPlan.WALK),
        (ACTIVITY, statistics(100_000, 50_000, 3), QueryPlan.CELLS),
        (ACTIVITY, statistics(100_000, 50_000, 0, cells=0), QueryPlan.CELLS),
        (ACTIVITY, statistics(200, 100, 0, cells=0), QueryPlan.WALK),
        (ACTIVITY, statistics(200, 100, 3), QueryPlan.WALK),
        (CREATION, statistics(100_000, 90_000, 80_000), QueryPlan.CREATION),
        (CREATION, statistics(1_000_000, 20_000, 20_000), QueryPlan.CREATION),
        (CREATION, statistics(1_000_000, 5, 5), QueryPlan.GATHER),
        (CREATION, statistics(100_000, 50_000, 5), QueryPlan.CELLS),
        (CREATION, statistics(100_000, 9_500, 9_500, wanted=10_000), QueryPlan.CREATION),
        (CREATION, replace(statistics(100_000, 50_000, 5), candidates=2_000), QueryPlan.GATHER),
        (SUBJECT, statistics(100_000, 9_000, 9_000), QueryPlan.GATHER),
        (SUBJECT, statistics(100_000, 50_000, 20), QueryPlan.CELLS),
        (SUBJECT, statistics(100_000, 50_000, 5_000), QueryPlan.GATHER),
        (ACTIVITY, replace(statistics(1_000_000, 1_000_000, 50), candidates=None, waiting=60), QueryPlan.WAITING),
        (SUBJECT, replace(statistics(1_000_000, 1_000_000, 9_000), candidates=None, waiting=10_000), QueryPlan.WAITING),
        (ACTIVITY, replace(statistics(1_000_000, 1_000_000, 9_000), candidates=None, waiting=10_000), QueryPlan.WALK),
        (ACTIVITY, replace(statistics(1_000_000, 500_000, 3), candidates=None, waiting=20_000), QueryPlan.WALK),
        (ACTIVITY, replace(statistics(200, 200, 3), candidates=None, waiting=100), QueryPlan.WALK),
    ],
)
def test_the_cheapest_plan(order: Order, kinds: Statistics, plan: QueryPlan) -> None:
    assert cheapest(order, kinds) is plan


@given(st.sampled_from(SortBy), st.integers(0, 10**6), st.data())
def test_every_way_serves_its_order_and_is_bounded(by: SortBy, table: int, data: st.DataObject) -> None:
    narrowest = data.draw(st.integers(0, table))
    matching = data.draw(st.integers(0, narrowest))
    cells = data.draw(st.integers(min(1, matching), min(matching, 500)))
    wanted = data.draw(st.integers(2, 101))
    plan = cheapest(Order(by), statistics(table, narrowest, matching, cells, wanted))
    if plan is QueryPlan.WALK:
        assert by is SortBy.lastMessageDate
        looked_at = ENTRY * (narrowest * min(1, wanted / matching) if matching else narrowest)
        assert looked_at <= max(8 + cells / 2 + matching / 2, narrowest * ENTRY * wanted / MAX_SCARCE)
    if plan is QueryPlan.CREATION:
        assert by in (SortBy.dateCreated, SortBy.ticketID)
    if plan is QueryPlan.GATHER:
        assert by is not SortBy.lastMessageDate
    if plan is QueryPlan.CELLS:
        assert matching <= MAX_SCARCE


@pytest.mark.parametrize(
    ("candidates", "likely"),
    [
        (range(7, 10_000, 20), 519),
        (range(1, 10_001), 26),
        (range(7, 10_000, 40), None),
        (range(9_900, 10_000), None),
        ((), None),
    ],
)
def test_tickets_are_walked_to_meet_those_of_a_search_where_there_are_many_of_them(
    candidates: Collection[int], likely: int | None
) -> None:
    assert likely_walk(candidates, 26) == likely
