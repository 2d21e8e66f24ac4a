"""What is done later, by the worker: jobs as they travel through the queue. Each may be done more than once."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ticketing.directory.hooks import Hook
from ticketing.kernel.identifiers import Identifier
from ticketing.tickets.model import Ticket


class _Job(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    customerID: Identifier
    ticketID: Identifier


class LastLesson(BaseModel):
    """What a deleted ticket still has to teach: as much of it as that takes."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: int
    subject: str
    lastMessageID: int
    taughtSpam: bool | None
    taughtTopicIDs: list[int] | None

    @classmethod
    def of(cls, ticket: Ticket) -> "LastLesson":
        """The last lesson of a ticket that was removed; its removal counts as a version."""
        fields = {name: getattr(ticket, name) for name in cls.model_fields}
        return cls(**fields | {"version": ticket.version + 1})

    def ticket(self, customerID: int, ticketID: int) -> Ticket:
        """The ticket as far as its lesson goes."""
        return Ticket.model_construct(None, customerID=customerID, ticketID=ticketID, **dict(self))


class CleanUp(_Job):
    """Removes what a deleted ticket leaves behind, once it has taught its last lesson: the messages with these ids;
    `callSid` is the call that it held."""

    job: Literal["cleanUp"] = "cleanUp"
    firstMessageID: Identifier = 1
    lastMessageID: Annotated[int, Field(ge=0)]
    callSid: str | None = None
    lesson: LastLesson | None = None


class Teach(_Job):
    """Teaches the spam filter and the topic detector what a representative found a ticket to be."""

    job: Literal["teach"] = "teach"


class Requested(_Job):
    """A job of a request; `jobID` is the same whenever the job is brought, so that what it did is known again."""

    jobID: str


class DetectSpam(Requested):
    """Asks the spam filter, and marks and closes what it finds to be spam."""

    job: Literal["detectSpam"] = "detectSpam"


class DetectTopics(Requested):
    """Asks the topic detector, sets the topics, and runs the actions of PostTopicDetection."""

    job: Literal["detectTopics"] = "detectTopics"


class ExecuteActions(Requested):
    """Runs the actions of a hook."""

    job: Literal["executeActions"] = "executeActions"
    hookName: Hook


type Job = CleanUp | Teach | DetectSpam | DetectTopics | ExecuteActions
"""Any job; `job` names its kind."""

JOB: TypeAdapter[Job] = TypeAdapter(Annotated[Job, Field(discriminator="job")])
"""Reads and writes jobs as JSON."""
