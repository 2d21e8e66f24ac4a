"""Which way a list is found: the one that reads least."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.lists.dynamodb.plan import ENTRY, MAX_SCARCE, Sizes, Way, cheapest
from ticketing.tickets.order import Order, SortBy

ACTIVITY, CREATION, SUBJECT = (Order(by) for by in (SortBy.lastMessageDate, SortBy.ticketID, SortBy.subject))


def sizes(table: int, narrowest: int, matching: int, cells: int = 1, wanted: int = 11) -> Sizes:
    return Sizes(table, narrowest, matching, cells, matching, wanted)


@pytest.mark.parametrize(
    ("order", "kinds", "way"),
    [
        (ACTIVITY, sizes(100_000, 50_000, 40_000), Way.WALK),
        (ACTIVITY, sizes(100_000, 50_000, 400), Way.WALK),
        (ACTIVITY, sizes(100_000, 50_000, 3), Way.CELLS),
        (ACTIVITY, sizes(100_000, 50_000, 0, cells=0), Way.CELLS),
        (ACTIVITY, sizes(200, 100, 0, cells=0), Way.WALK),
        (ACTIVITY, sizes(200, 100, 3), Way.WALK),
        (CREATION, sizes(100_000, 90_000, 80_000), Way.CREATION),
        (CREATION, sizes(1_000_000, 20_000, 20_000), Way.CREATION),
        (CREATION, sizes(1_000_000, 5, 5), Way.GATHER),
        (CREATION, sizes(100_000, 50_000, 5), Way.CELLS),
        (CREATION, sizes(100_000, 9_500, 9_500, wanted=10_000), Way.CREATION),
        (CREATION, replace(sizes(100_000, 50_000, 5), candidates=2_000), Way.GATHER),
        (SUBJECT, sizes(100_000, 9_000, 9_000), Way.GATHER),
        (SUBJECT, sizes(100_000, 50_000, 20), Way.CELLS),
        (SUBJECT, sizes(100_000, 50_000, 5_000), Way.GATHER),
    ],
)
def test_the_cheapest_way(order: Order, kinds: Sizes, way: Way) -> None:
    assert cheapest(order, kinds) is way


@given(st.sampled_from(SortBy), st.integers(0, 10**6), st.data())
def test_every_way_serves_its_order_and_is_bounded(by: SortBy, table: int, data: st.DataObject) -> None:
    narrowest = data.draw(st.integers(0, table))
    matching = data.draw(st.integers(0, narrowest))
    cells = data.draw(st.integers(min(1, matching), min(matching, 500)))
    wanted = data.draw(st.integers(2, 101))
    way = cheapest(Order(by), sizes(table, narrowest, matching, cells, wanted))
    if way is Way.WALK:
        assert by is SortBy.lastMessageDate
        looked_at = ENTRY * (narrowest * min(1, wanted / matching) if matching else narrowest)
        assert looked_at <= max(8 + cells / 2 + matching / 2, narrowest * ENTRY * wanted / MAX_SCARCE)
    if way is Way.CREATION:
        assert by in (SortBy.dateCreated, SortBy.ticketID)
    if way is Way.GATHER:
        assert by is not SortBy.lastMessageDate
    if way is Way.CELLS:
        assert matching <= MAX_SCARCE
