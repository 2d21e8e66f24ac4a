"""How a ticket is opened and closed: `status` and `isClosed` always agree, and `closeDate` follows them."""

from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.text import case_folded
from ticketing.tickets.model import Ticket, TicketDraft

OPEN = "Open"
CLOSED = "Closed"


def says_closed(status: str) -> bool:
    """Whether a status, whatever its case, is the one of closed tickets."""
    return case_folded(status) == case_folded(CLOSED)


def settled(draft: TicketDraft, was: Ticket | None, now: str) -> TicketDraft:
    """`draft` with status, isClosed and closeDate in agreement, as a change of `was` (None: a new ticket) at `now`.

    Raises InvalidRequest when status and isClosed are both changed and contradict each other.
    """
    status, is_closed = _agreed(draft, was)
    close_date = (draft.closeDate or now) if is_closed else None
    return draft.model_copy(update={"status": status, "isClosed": is_closed, "closeDate": close_date})


def closed(ticket: Ticket, now: str) -> Ticket:
    """The ticket closed, as it is if it is closed already."""
    if ticket.isClosed:
        return ticket
    return ticket.model_copy(update={"status": CLOSED, "isClosed": True, "closeDate": ticket.closeDate or now})


def reopened(ticket: Ticket) -> Ticket:
    """The ticket open again, as it is if it is open already."""
    if not ticket.isClosed:
        return ticket
    opened = {"status": OPEN, "isClosed": False, "closeDate": None}
    return ticket.model_copy(update=opened | Ticket.ONLY_WHILE_CLOSED)


def _agreed(draft: TicketDraft, was: Ticket | None) -> tuple[str, bool]:
    is_closed = says_closed(draft.status)
    if "isClosed" not in draft.model_fields_set or draft.isClosed == is_closed:
        return draft.status, is_closed
    if was and case_folded(draft.status) == case_folded(was.status):
        return (CLOSED if draft.isClosed else OPEN), draft.isClosed
    if was and draft.isClosed == was.isClosed:
        return draft.status, is_closed
    raise InvalidRequest(
        "status and isClosed contradict each other.", [Fault("/isClosed", f"contradicts the status {draft.status!r}")]
    )
