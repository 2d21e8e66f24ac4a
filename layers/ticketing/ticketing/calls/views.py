"""Assignments as clients write and read them."""

from pydantic import ConfigDict, Field

from ticketing.calls.call import CallForward
from ticketing.kernel.model import Model
from ticketing.tickets.ticket_view import TicketView


class AssignDraft(Model):
    """The body of an assignment, which has no fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AssignedView(TicketView):
    """A ticket that was assigned, as clients read it."""

    callForward: CallForward = Field(
        description=(
            "The outcome of the call: forwarded, notApplicable where there was nothing to redirect, or failed."
        )
    )
