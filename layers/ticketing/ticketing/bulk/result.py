"""The result of a bulk request: what became of each ticket."""

from pydantic import BaseModel, Field

from ticketing.bulk.request import Action
from ticketing.errors import TicketingError


class Failure(BaseModel):
    """A ticket that the action was not done to, with the refusal that a request for it alone would have got."""

    ticketID: int = Field(description="The ticket; counted per customer, from 1.")
    status: int = Field(description="The status that a request for this ticket alone would have had.")
    code: str = Field(description="The code that a request for this ticket alone would have had.")
    detail: str = Field(description="What is wrong, for people.")

    @classmethod
    def of(cls, ticketID: int, refusal: TicketingError) -> "Failure":
        """Return a refusal as the failure of one ticket."""
        return cls(ticketID=ticketID, status=refusal.status, code=refusal.code, detail=refusal.detail)


class BulkResult(BaseModel):
    """Every ticket of the request, in the order given, in exactly one of the three lists."""

    action: Action = Field(description="What to do to each of them.")
    succeeded: list[int] = Field(description="Done, also where there was nothing to change.")
    queued: list[int] = Field(description="Will be done in the background.")
    failed: list[Failure] = Field(description="Not done, and why.")
