"""The result of a bulk request: what became of each ticket."""

from pydantic import BaseModel

from ticketing.bulk.request import Action
from ticketing.errors import TicketingError


class Failure(BaseModel):
    """A ticket that the action was not done to, with the refusal that a request for it alone would have got."""

    ticketID: int
    status: int
    code: str
    detail: str

    @classmethod
    def of(cls, ticketID: int, refusal: TicketingError) -> "Failure":
        """Return a refusal as the failure of one ticket."""
        return cls(ticketID=ticketID, status=refusal.status, code=refusal.code, detail=refusal.detail)


class BulkResult(BaseModel):
    """Every ticket of the request, in the order given, in exactly one of the three lists."""

    action: Action
    succeeded: list[int]
    queued: list[int]
    failed: list[Failure]
