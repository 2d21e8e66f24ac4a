"""Cells as text."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_ticket
from ticketing.kernel.text import case_folded
from ticketing.lists.counts import cell_of
from ticketing.lists.dynamodb.cells import cell_in, cell_text
from ticketing.tickets.facets import CHANNEL, REP, STATUS


@given(st.text(max_size=20).map(case_folded), st.sampled_from([None, 7]))
def test_a_cell_is_read_as_it_was_written(status: str, channelID: int | None) -> None:
    cell = cell_of(a_ticket(status=status or "x", channelID=channelID, customerRepID=13))
    assert cell_in(cell_text(cell)) == cell


def test_text_that_is_kept_does_not_change() -> None:
    kept = "AopenC3Mescalated-importantR13S50%25 %23aTemail"
    marked = a_ticket(customerRepID=13, status="50% #A", channelID=3, escalated=True, isImportant=True)
    assert cell_text(cell_of(marked)) == kept
    assert cell_text(cell_of(a_ticket(status="Open", channelType="Email"))) == "AopenCMR0SopenTemail"


def test_a_facet_that_a_cell_does_not_know_has_no_value_in_it() -> None:
    cell = cell_in("R13Sopen")
    assert (cell.value(REP), cell.value(STATUS), cell.value(CHANNEL)) == ("13", "open", None)
    assert cell_text(cell_in("R13SopenZold")) == "R13SopenZold"
