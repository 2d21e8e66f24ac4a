"""Opening and closing a ticket: `status` and `isClosed` always agree, and `closeDate` follows them."""

from ticketing.errors import Fault
from ticketing.kernel.text import case_folded
from ticketing.tickets.model import Ticket, TicketDraft

OPEN = "Open"
CLOSED = "Closed"


def says_closed(status: str) -> bool:
    """Tell whether a status, whatever its case, is that of closed tickets."""
    return case_folded(status) == case_folded(CLOSED)


def settled(draft: TicketDraft, was: Ticket | None, now: str) -> TicketDraft:
    """Return a draft without contradictions, as a change of `was` (None: a new ticket) at `now`, in which status,
    isClosed and closeDate agree: where one of the first two is changed the other follows."""
    status, is_closed = _agreed_status(draft, was)
    close_date = (draft.closeDate or now) if is_closed else None
    return draft.model_copy(update={"status": status, "isClosed": is_closed, "closeDate": close_date})


def contradictions(draft: TicketDraft, was: Ticket | None) -> list[Fault]:
    """Return the fault of a change of `was` in which status and isClosed both change and contradict each other."""
    if was is None or _agrees(draft) or _keeps_status(draft, was) or draft.isClosed == was.isClosed:
        return []
    return [Fault("/isClosed", contradiction(draft.status))]


def contradiction(status: str) -> str:
    """Return what is wrong with an isClosed that contradicts the status."""
    return f"contradicts the status {status!r}"


def closed(ticket: Ticket, now: str) -> Ticket:
    """Return the ticket closed; one that is closed stays as it is."""
    if ticket.isClosed:
        return ticket
    return ticket.model_copy(update={"status": CLOSED, "isClosed": True, "closeDate": ticket.closeDate or now})


def reopened(ticket: Ticket) -> Ticket:
    """Return the ticket open again; one that is open stays as it is."""
    if not ticket.isClosed:
        return ticket
    opened = {"status": OPEN, "isClosed": False, "closeDate": None}
    return ticket.model_copy(update=opened | Ticket.ONLY_WHILE_CLOSED)


def _agreed_status(draft: TicketDraft, was: Ticket | None) -> tuple[str, bool]:
    if was and not _agrees(draft) and _keeps_status(draft, was):
        return (CLOSED if draft.isClosed else OPEN), draft.isClosed
    return draft.status, says_closed(draft.status)


def _agrees(draft: TicketDraft) -> bool:
    return "isClosed" not in draft.model_fields_set or draft.isClosed == says_closed(draft.status)


def _keeps_status(draft: TicketDraft, was: Ticket) -> bool:
    return case_folded(draft.status) == case_folded(was.status)
