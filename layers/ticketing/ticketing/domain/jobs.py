"""What is done later, by the worker: jobs as they travel through the queue. Each may be done more than once."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ticketing.domain.ticket import Identifier


class _Job(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    customerID: Identifier
    ticketID: Identifier


class CleanUp(_Job):
    """Removes what a deleted ticket leaves behind: the messages with these ids; `callSid` is the call that it held."""

    job: Literal["cleanUp"] = "cleanUp"
    firstMessageID: Identifier = 1
    lastMessageID: Annotated[int, Field(ge=0)]
    callSid: str | None = None


type Job = CleanUp
"""Any job; `job` names its kind."""

JOB: TypeAdapter[Job] = TypeAdapter(Job)
"""Reads and writes jobs as JSON."""
