"""Checks which values of free text have cells of their own, and what cells can tell of a list where some have none."""

import pytest

from tests.builders import a_ticket
from ticketing.lists.counts import Cell, CountedTicket, CountKey, cell_of, counted_as
from ticketing.lists.query import Filters
from ticketing.lists.totals import CellCount, Totals
from ticketing.lists.vocabulary import USUAL, Vocabulary, needs_no_vocabulary, still_odd, surely_named
from ticketing.tickets.facets import CHANNEL, STATUS, TYPE

NOON = "2026-06-15T12:00:00.000Z"


def cell(status: str = "Open", kind: str = "Email") -> Cell:
    return cell_of(a_ticket(status=status, channelType=kind))


def counted_ticket(status: str = "Open", *, odd: bool = False, is_listed: bool = True) -> CountedTicket:
    found = counted_as(a_ticket(status=status, isProcessed=is_listed), NOON)
    return CountedTicket(**{**vars(found), "odd": frozenset({STATUS}) if odd else frozenset()})


def test_the_first_values_have_cells_of_their_own() -> None:
    vocabulary = Vocabulary(most=6).taking_first([cell("a"), cell("Open"), cell("b", "Fax"), cell("c", "Letter")])
    assert vocabulary.values == {STATUS: USUAL[STATUS] | {"a", "b"}, TYPE: USUAL[TYPE] | {"fax"}}
    assert vocabulary.taking_first([cell("d")]) == vocabulary
    assert vocabulary.odd(cell("b", "Fax")) == frozenset()
    assert vocabulary.odd(cell("c")) == {STATUS}
    assert vocabulary.odd(cell("d", "Letter")) == {STATUS, TYPE}


def test_the_commonest_values_have_cells_of_their_own() -> None:
    vocabulary = Vocabulary(most=5).taking_commonest([cell("a"), cell("b"), cell("Open"), cell("b")])
    assert vocabulary.values[STATUS] == USUAL[STATUS] | {"b"}


@pytest.mark.parametrize("most", [0, 3])
def test_usual_values_always_have_cells_of_their_own(most: int) -> None:
    assert Vocabulary(most=most).taking_first([cell("a")]).values == USUAL


@pytest.mark.parametrize(
    ("before", "after", "needs_none"),
    [
        (None, counted_ticket("Open"), False),
        (None, counted_ticket("a", is_listed=False), True),
        (counted_ticket("a"), counted_ticket("a"), True),
        (counted_ticket("a", odd=True), counted_ticket("a"), True),
        (counted_ticket("a"), counted_ticket("Closed"), True),
        (counted_ticket("a"), counted_ticket("b"), False),
        (counted_ticket("a", is_listed=False), counted_ticket("a"), False),
    ],
)
def test_no_vocabulary_is_needed_for_values_that_are_usual_or_the_same(
    before: CountedTicket | None, after: CountedTicket, needs_none: bool
) -> None:
    assert needs_no_vocabulary(before, after) is needs_none


def test_a_ticket_is_odd_as_long_as_its_value_stays() -> None:
    odd = counted_ticket("a", odd=True)
    assert still_odd(odd, counted_ticket("a")) == {STATUS}
    assert still_odd(odd, counted_ticket("Closed")) == still_odd(None, counted_ticket("a")) == frozenset()
    assert odd.count_key == CountKey(cell().sharing([STATUS]))
    assert (odd.status, odd.cell) == ("a", cell("a"))


def test_a_value_surely_has_cells_of_its_own_where_no_generation_has_it_among_the_odd_ones() -> None:
    odd = cell().sharing([STATUS])
    older, newer = (Vocabulary(each).taking(STATUS, [value, "both"]) for each, value in enumerate(("old", "new")))
    count_keys = [CountKey(cell("old")), CountKey(odd, generation=1)]
    assert surely_named(count_keys[:1], [older, newer]) == {}
    assert surely_named(count_keys, [older, newer]) == {STATUS: newer.values[STATUS]}
    assert surely_named([*count_keys, CountKey(odd)], [older, newer]) == {STATUS: USUAL[STATUS] | {"both"}}
    assert surely_named(count_keys, []) == {STATUS: frozenset()}


def test_filters_are_taken_apart_into_what_is_counted_and_what_is_looked_at() -> None:
    totals = Totals([], {STATUS: frozenset({"open"}), TYPE: frozenset({"email"})})
    rest = Filters({CHANNEL: frozenset({"1"})}, NOON)
    asked = rest.narrowed(STATUS, frozenset({"open", "a"})).narrowed(TYPE, frozenset({"email", "fax"}))
    counted, odd = totals.apart(asked)
    opened = rest.narrowed(STATUS, frozenset({"open"}))
    assert counted == opened.narrowed(TYPE, frozenset({"email"}))
    assert odd == [asked.narrowed(STATUS, frozenset({"a"})), opened.narrowed(TYPE, frozenset({"fax"}))]
    assert totals.apart(opened) == (opened, [])


def test_what_can_match_nothing_is_not_looked_at() -> None:
    totals = Totals([], {STATUS: frozenset({"open"}), TYPE: frozenset({"email"})})
    asked = Filters({STATUS: frozenset({"a"}), TYPE: frozenset({"fax"})})
    counted, odd = totals.apart(asked)
    assert counted.impossible
    assert odd == [asked]


def test_cells_of_odd_values_may_hold_what_has_an_odd_value() -> None:
    odd = cell().sharing([STATUS])
    totals = Totals([CellCount(odd, False, 3), CellCount(cell("Open"), False, 2)], {STATUS: frozenset({"open"})})
    assert totals.candidates(Filters({STATUS: frozenset({"open"})})) == {cell("Open"): 2}
    assert totals.candidates(Filters({STATUS: frozenset({"a"})})) == {odd: 3}
    assert totals.candidates(Filters()) == {odd: 3, cell("Open"): 2}
    assert totals.table == 5
