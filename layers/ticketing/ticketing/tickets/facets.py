"""The equality filters of a list. Each one is a facet of a ticket, and each facet has an index of its own.

A facet's value is kept on the ticket's item under `attribute`, so that one filter can be walked by its index while the
others are applied to what the walk finds. Only processed tickets have facets: the indexes are sparse.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ticketing.directory.principal import NOBODY
from ticketing.kernel.text import case_folded
from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class Facet:
    """One equality filter: the index that serves it, the attribute that is its key, and a ticket's value in it."""

    name: str
    index: str
    attribute: str
    of: Callable[[Ticket], str | None]


def state_values(closed: bool | None, spam: bool | None) -> frozenset[str]:
    """The values of the state facet that a ticket may have; None: either way. Without any wish they are all four."""
    return frozenset(
        _state(is_closed, is_spam)
        for is_closed in ((closed,) if closed is not None else (False, True))
        for is_spam in ((spam,) if spam is not None else (False, True))
    )


def _state(closed: bool, spam: bool) -> str:
    return ("closed" if closed else "open") + ("-spam" if spam else "")


UID = Facet("uid", "byUid", "uidKey", lambda ticket: ticket.uid)
CHANNEL = Facet(
    "channel", "byChannel", "channelKey", lambda ticket: str(ticket.channelID) if ticket.channelID else None
)
REP = Facet("rep", "byRep", "repKey", lambda ticket: str(ticket.customerRepID or NOBODY))
STATUS = Facet("status", "byStatus", "statusKey", lambda ticket: case_folded(ticket.status))
TYPE = Facet("type", "byType", "typeKey", lambda ticket: case_folded(ticket.channelType))
STATE = Facet("state", "byActivity", "stateKey", lambda ticket: _state(ticket.isClosed, ticket.isSpam))

FACETS = (UID, CHANNEL, REP, STATUS, TYPE, STATE)
"""Every facet, the one that usually leaves the fewest tickets first."""
