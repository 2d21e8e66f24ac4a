"""Cells as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_ticket
from tests.engines import Tables
from tests.lists.followed import followed_on
from ticketing.kernel.text import case_folded
from ticketing.lists.counts import Cell, CountKey, Move, cell_of, counted_as, gone
from ticketing.lists.dynamodb.cells import UNNAMED, cell_in, cell_text
from ticketing.lists.dynamodb.counts import DynamoTicketCounts
from ticketing.lists.query import Filters
from ticketing.tickets.facets import CHANNEL, REP, STATUS

NOON = "2026-06-15T12:00:00.000Z"


@given(st.text(max_size=20).map(case_folded), st.sampled_from([None, 7]))
def test_a_cell_is_read_as_it_was_written(status: str, channelID: int | None) -> None:
    cell = cell_of(a_ticket(status=status or "x", channelID=channelID, customerRepID=13))
    assert cell_in(cell_text(cell)) == cell


@given(st.lists(st.text(max_size=20), min_size=len(UNNAMED), max_size=len(UNNAMED)))
def test_a_cell_without_names_is_read_and_written_as_it_was(values: list[str]) -> None:
    cell = Cell(tuple(zip(UNNAMED, values, strict=True)), is_unnamed=True)
    assert cell_in(cell_text(cell)) == cell


def test_text_that_is_kept_does_not_change() -> None:
    kept = "C3R13S50%25 %23aTemailAopenMescalated-important"
    marked = a_ticket(customerRepID=13, status="50% #A", channelID=3, escalated=True, isImportant=True)
    assert cell_text(cell_of(marked)) == kept
    assert cell_text(cell_in("13#a%23b##email#open")) == "13#a%23b##email#open"


def test_a_facet_that_a_cell_does_not_know_has_no_value_in_it() -> None:
    cell = cell_in("R13Sopen")
    assert (cell.value(REP), cell.value(STATUS), cell.value(CHANNEL)) == ("13", "open", None)
    assert cell_text(cell_in("R13SopenZold")) == "R13SopenZold"


@pytest.fixture
def ticket_counts(tables: Tables) -> DynamoTicketCounts:
    kept = followed_on(tables).ticket_counts
    assert isinstance(kept, DynamoTicketCounts)
    return kept


def test_what_was_counted_in_cells_without_names_is_counted_on(
    ticket_counts: DynamoTicketCounts, customerID: int
) -> None:
    """Rows as they were stored then; tickets leave them as they move."""
    for row in (
        {"entry": "cell#0#l#13#a%23b##email#open", "tickets": 2},
        {"entry": "ticket#0000000000000001", "ticketID": 1, "version": 1, "cell": "13#a%23b##email#open", "uid": "u"}
        | {"customerCell": f"{customerID}#13#a%23b##email#open", "revision": 1, "subject": "s", "lastContact": NOON},
    ):
        item = ticket_counts.engine.typed({"customerID": customerID, **row})
        ticket_counts.engine.call("put_item", TableName=ticket_counts.table, Item=item)
    by_status = Filters({STATUS: frozenset({"a#b"})})
    assert ticket_counts.totals(customerID, None).total(by_status) == 2
    before = ticket_counts.counted_tickets(customerID, [1])[1]
    assert before.listed_under(by_status)
    assert before.cell
    assert ticket_counts.in_cells(customerID, [before.cell]) == [1]
    ticket = a_ticket(customerID=customerID, ticketID=1, customerRepID=13, status="a#b", version=2)
    ticket_counts.move([Move.of(before, counted_as(ticket, NOON), 0)])
    assert ticket_counts.counts_before(customerID, 1) == {CountKey(before.cell): 1, CountKey(cell_of(ticket)): 1}
    assert ticket_counts.totals(customerID, None).total(by_status) == 2
    ticket_counts.move([Move.of(ticket_counts.counted_tickets(customerID, [1])[1], gone(customerID, 1, 2), 0)])
    assert ticket_counts.counts_before(customerID, 1) == {CountKey(before.cell): 1}
