"""How a ticket is opened and closed: `status` and `isClosed` always agree, and `closeDate` follows them."""

from ticketing.domain.ticket import Ticket, TicketDraft, folded
from ticketing.errors import Fault, InvalidRequest

OPEN = "Open"
CLOSED = "Closed"


def says_closed(status: str) -> bool:
    """Whether a status, whatever its case, is the one of closed tickets."""
    return folded(status) == folded(CLOSED)


def settled(draft: TicketDraft, was: Ticket | None, now: str) -> TicketDraft:
    """`draft` with status, isClosed and closeDate in agreement, as a change of `was` (None: a new ticket) at `now`.

    Raises InvalidRequest when status and isClosed are both changed and contradict each other.
    """
    status, closed = _agreed(draft, was)
    close_date = (draft.closeDate or now) if closed else None
    return draft.model_copy(update={"status": status, "isClosed": closed, "closeDate": close_date})


def _agreed(draft: TicketDraft, was: Ticket | None) -> tuple[str, bool]:
    closed = says_closed(draft.status)
    if "isClosed" not in draft.model_fields_set or draft.isClosed == closed:
        return draft.status, closed
    if was and folded(draft.status) == folded(was.status):
        return (CLOSED if draft.isClosed else OPEN), draft.isClosed
    if was and draft.isClosed == was.isClosed:
        return draft.status, closed
    raise InvalidRequest(
        "status and isClosed contradict each other.", [Fault("/isClosed", f"contradicts the status {draft.status!r}")]
    )
