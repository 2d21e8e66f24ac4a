"""Checks which tickets are found by their cells, on every engine of DynamoDB."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import a_ticket
from tests.engines import Tables
from tests.fakes import FakeClock
from tests.lists.followed import followed_on
from ticketing.lists.counts import Cell, Move, cell_of, counted_as
from ticketing.lists.dynamodb.counts import DynamoTicketCounts
from ticketing.lists.dynamodb.scarcity import REMEMBERED_FOR, Scarcity
from ticketing.lists.totals import Totals

NOON = "2026-06-15T12:00:00.000Z"
OPEN, CLOSED = (cell_of(a_ticket(status=status)) for status in ("Open", "Closed"))


class Desk:
    """Counts tickets of one customer; a cell with a third of them or fewer is scarce."""

    def __init__(self, tables: Tables, customerID: int) -> None:
        self.clock, self.customerID = FakeClock(), customerID
        followed = followed_on(tables).ticket_counts
        assert isinstance(followed, DynamoTicketCounts)
        self.ticket_counts = replace(followed, now=self.clock.now, scarcity=Scarcity(large=10, share=3))

    def count(self, ticketID: int, **fields: Any) -> None:
        """Count a ticket as it is after a minute has passed."""
        self.clock.moment += REMEMBERED_FOR.total_seconds() + 1
        before = self.ticket_counts.counted_tickets(self.customerID, [ticketID]).get(ticketID)
        version = before.version + 1 if before else 1
        ticket = a_ticket(customerID=self.customerID, ticketID=ticketID, version=version, **fields)
        self.ticket_counts.move([Move.of(before, counted_as(ticket, NOON), 0)])

    def found(self, cell: Cell) -> list[int]:
        return sorted(self.ticket_counts.in_cells(self.customerID, [cell]))

    def are_found(self, *cells: Cell) -> bool:
        return self.ticket_counts.totals(self.customerID, None).are_found(dict.fromkeys(cells, 1))


@pytest.fixture
def desk(tables: Tables, customerID: int) -> Desk:
    return Desk(tables, customerID)


def test_tickets_are_found_by_cells_that_are_scarce_when_they_enter_them(desk: Desk) -> None:
    for ticketID in (11, 12, 13):
        desk.count(ticketID)
    desk.count(14, status="Closed")
    assert (desk.found(OPEN), desk.found(CLOSED)) == ([11], [14])  # two more entered while all were open
    assert desk.are_found(CLOSED)
    assert not desk.are_found(OPEN, CLOSED)


def test_a_cell_is_told_of_again_once_no_ticket_is_left_that_it_does_not_find(desk: Desk) -> None:
    for ticketID in (11, 12, 13):
        desk.count(ticketID)
    for ticketID in (12, 13):
        desk.count(ticketID, status="Closed")
        assert desk.are_found(OPEN) == (ticketID == 13)
    assert desk.found(OPEN) == [11]


def test_a_ticket_that_stays_in_its_cell_stays_as_it_is(desk: Desk) -> None:
    for ticketID in (11, 12, 13):
        desk.count(ticketID)
    for ticketID in (11, 12):
        desk.count(ticketID, subject="Other")
    assert desk.found(OPEN) == [11]
    assert not desk.are_found(OPEN)


def test_of_a_small_customer_nothing_is_looked_at(desk: Desk) -> None:
    desk.count(1)
    assert desk.found(OPEN) == []
    assert not desk.are_found(OPEN)


def test_totals_are_remembered_for_a_minute(desk: Desk) -> None:
    asked: list[int] = []
    scarcity = Scarcity(large=0, share=3)
    moves = [Move.of(None, counted_as(a_ticket(ticketID=1), NOON), 0)]

    def totals(customerID: int) -> Any:
        asked.append(customerID)
        return desk.ticket_counts.totals(desk.customerID, None)

    for passed in (timedelta(0), REMEMBERED_FOR, 2 * REMEMBERED_FOR):
        scarcity.placed(moves, totals, FakeClock().now() + passed)
    assert len(asked) == 2


def test_what_was_known_of_other_customers_is_forgotten_after_a_minute() -> None:
    scarcity, clock = Scarcity(large=1), FakeClock()
    for customerID in range(1, 51):
        ticket = a_ticket(customerID=customerID, ticketID=2)
        scarcity.placed([Move.of(None, counted_as(ticket, NOON), 0)], lambda _: Totals([]), clock.now())
        clock.moment += REMEMBERED_FOR.total_seconds() / 2
    assert len(scarcity._known) <= 3
