"""Jobs: work that is queued for the worker. Each may be delivered, and so done, more than once."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from ticketing.directory.hooks import Hook
from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.model import Model
from ticketing.tickets.model import Ticket


class _TicketJob(Model):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    customerID: Identifier
    ticketID: Identifier


class LastLesson(Model):
    """The part of a deleted ticket that the spam filter and the topic detector still learn from."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: int
    subject: str
    lastMessageID: int
    taughtSpam: bool | None
    taughtTopicIDs: list[int] | None

    @classmethod
    def of(cls, ticket: Ticket) -> "LastLesson":
        """Return the last lesson of a ticket that was removed; its removal counts as a version."""
        fields = {name: getattr(ticket, name) for name in cls.model_fields}
        return cls(**fields | {"version": ticket.version + 1})

    def ticket(self, customerID: int, ticketID: int) -> Ticket:
        """Return a ticket that holds the fields of the lesson and no others."""
        return Ticket.model_construct(None, customerID=customerID, ticketID=ticketID, **dict(self))


class CleanUp(_TicketJob):
    """Removes what a deleted ticket leaves behind: the messages with these ids and the call that it held. Before that,
    its last lesson is taught."""

    job: Literal["cleanUp"] = "cleanUp"
    firstMessageID: Identifier = 1
    lastMessageID: Annotated[int, Field(ge=0)]
    callSid: str | None = None
    lesson: LastLesson | None = None


class Teach(_TicketJob):
    """Teaches the spam filter and the topic detector what a representative said of a ticket."""

    job: Literal["teach"] = "teach"


class RequestedJob(_TicketJob):
    """A job of several steps; by `jobID`, the same at each delivery, the steps that are done are known."""

    jobID: str


class DetectSpam(RequestedJob):
    """Asks the spam filter, and marks and closes the ticket if it is spam."""

    job: Literal["detectSpam"] = "detectSpam"


class DetectTopics(RequestedJob):
    """Asks the topic detector, sets the topics, and runs the actions of PostTopicDetection."""

    job: Literal["detectTopics"] = "detectTopics"


class ExecuteActions(RequestedJob):
    """Runs the actions of a hook that a representative named."""

    job: Literal["executeActions"] = "executeActions"
    hookName: Hook


class FireHook(RequestedJob):
    """Runs the actions of a hook that a change has fired; `ledBy` are the hooks that led to the change."""

    job: Literal["fireHook"] = "fireHook"
    hookName: Hook
    ledBy: list[Hook] = []

    @classmethod
    def of(cls, ticket: Ticket, hook: Hook, ledBy: Iterable[str] = ()) -> "FireHook":
        """Return the job of a hook that has been fired for a version of a ticket."""
        return cls(
            customerID=ticket.customerID,
            ticketID=ticket.ticketID,
            jobID=_job_id(ticket, hook),
            hookName=hook,
            ledBy=[Hook(name) for name in ledBy],
        )


class RunPipeline(RequestedJob):
    """Runs a new ticket through the spam filter and the topic detector, with their hooks; `isSpam` says what it was
    created as."""

    job: Literal["runPipeline"] = "runPipeline"
    isSpam: bool = False

    @classmethod
    def of(cls, ticket: Ticket) -> "RunPipeline":
        """Return the job of a ticket that was created."""
        jobID = _job_id(ticket, "pipeline")
        return cls(customerID=ticket.customerID, ticketID=ticket.ticketID, jobID=jobID, isSpam=ticket.isSpam)


def _job_id(ticket: Ticket, reason: str) -> str:
    """Return the same id whenever the same change of a ticket is told."""
    return f"{ticket.customerID}-{ticket.ticketID}-{ticket.version}-{reason}"


type Job = CleanUp | Teach | DetectSpam | DetectTopics | ExecuteActions | FireHook | RunPipeline
"""Any job; `job` names its kind."""

JOB: TypeAdapter[Job] = TypeAdapter(Annotated[Job, Field(discriminator="job")], config=ConfigDict(defer_build=True))
"""Reads and writes jobs as JSON."""
