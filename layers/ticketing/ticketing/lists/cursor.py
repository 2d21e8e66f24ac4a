"""Cursors: a place in an order, bound to the list that it came from. Opaque to clients, unguarded: a forged one shows
its maker nothing that the list itself would not."""

import base64
import binascii
import json

from ticketing.errors import Fault, InvalidCursor
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.tickets.order import Position, SortBy


def encode(position: Position, fingerprint: str) -> str:
    """Return the cursor for what comes after `position` in the list with this fingerprint."""
    document = json.dumps([fingerprint, position.value, position.ticketID], ensure_ascii=False)
    return base64.urlsafe_b64encode(document.encode()).decode().rstrip("=")


def decode(cursor: str, fingerprint: str, by: SortBy) -> Position:
    """Return the position in `cursor`; raises InvalidCursor for a damaged one, or one of another list."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        bound, value, ticketID = json.loads(raw)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise InvalidCursor("The cursor is damaged.", _FAULT) from error
    if bound != fingerprint:
        raise InvalidCursor("The cursor belongs to another list, order or caller.", _FAULT)
    if not (by.may_be(value) and type(ticketID) is int and 1 <= ticketID <= MAX_INTEGER):
        raise InvalidCursor("The cursor is damaged.", _FAULT)
    return Position(value, ticketID)


_FAULT = [Fault("cursor", "use the nextCursor of a reply to this very list")]
