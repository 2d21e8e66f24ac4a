"""Cursors: a place in an order, bound to the list that it came from, and sealed. A forged one shows its maker nothing
that the list itself would not."""

from ticketing.errors import Fault, InvalidCursor
from ticketing.kernel.seal import is_number, sealed, unsealed
from ticketing.tickets.order import Position, SortBy


def encode(position: Position, fingerprint: str) -> str:
    """Return the cursor for what comes after `position` in the list with this fingerprint."""
    return sealed(fingerprint, position.value, position.ticketID)


def decode(cursor: str, fingerprint: str, by: SortBy) -> Position:
    """Return the position in `cursor`; raises InvalidCursor for a damaged one, or one of another list."""
    try:
        bound, value, ticketID = unsealed(cursor)
    except ValueError as error:
        raise InvalidCursor("The cursor is damaged.", _FAULT) from error
    if bound != fingerprint:
        raise InvalidCursor("The cursor belongs to another list, order or caller.", _FAULT)
    if not (by.may_be(value) and is_number(ticketID) and ticketID):
        raise InvalidCursor("The cursor is damaged.", _FAULT)
    return Position(value, ticketID)


_FAULT = [Fault("cursor", "use the nextCursor of a reply to this very list")]
