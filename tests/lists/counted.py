"""Counts tickets, and reads the counts."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from tests.builders import a_ticket
from tests.lists.followed import Followed
from ticketing.lists.counts import Cell, CountedTicket, Move, counted_as
from ticketing.lists.query import Filters

NOON, LATER, LAST = (f"2026-06-15T{hour}:00:00.000Z" for hour in (12, 13, 14))
EVERYTHING, SHOWN = Filters(), Filters(hidden_after=NOON)


def counted_ticket(customerID: int, ticketID: int = 1, version: int = 1, **fields: Any) -> CountedTicket:
    return counted_as(a_ticket(customerID=customerID, ticketID=ticketID, version=version, **fields), NOON)


def counted(
    followed: Followed, now: CountedTicket, before: CountedTicket | None = None, generation: int | None = None
) -> CountedTicket:
    """Counts a ticket, which stood like `before`; gives where it stands then."""
    move = Move.of(before, now, before.generation if before and generation is None else generation or 0)
    followed.ticket_counts.move([move])
    return move.after


def place_of(counted_ticket: CountedTicket) -> tuple[Cell, bool]:
    assert counted_ticket.cell
    return counted_ticket.cell, counted_ticket.waits


def total(followed: Followed, customerID: int, filters: Filters = EVERYTHING) -> int:
    return followed.ticket_counts.totals(customerID, filters.hidden_after).total(filters)


def cells(followed: Followed, customerID: int) -> dict[tuple[Cell, bool], int]:
    """Return the count of every cell that is not empty, apart for those that wait."""
    counts: Counter[tuple[Cell, bool]] = Counter()
    for count in followed.ticket_counts.totals(customerID, None).cells:
        counts[count.cell, count.waits] += count.tickets
    return {place: tickets for place, tickets in counts.items() if tickets}


def ids(counted_tickets: Collection[CountedTicket] | Any) -> list[int]:
    return [each.ticketID for each in counted_tickets]
