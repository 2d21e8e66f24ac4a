"""What is done later, by the worker: jobs as they travel through the queue. Each may be done more than once."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from ticketing.domain.ticket import Identifier


class _Job(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    customerID: Identifier
    ticketID: Identifier


class CleanUp(_Job):
    """Removes what a deleted ticket leaves behind; `callSid` is the call that it held."""

    job: Literal["cleanUp"] = "cleanUp"
    callSid: str | None = None


type Job = CleanUp
"""Any job; `job` names its kind."""

JOB: TypeAdapter[Job] = TypeAdapter(Job)
"""Reads and writes jobs as JSON."""
