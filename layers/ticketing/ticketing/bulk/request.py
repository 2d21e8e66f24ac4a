"""One action over many tickets: what is asked for, and what is answered."""

from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from ticketing.directory.hooks import Hook
from ticketing.errors import MAX_FAULTS, TicketingError
from ticketing.jobs.jobs import DetectSpam, DetectTopics, ExecuteActions, Job
from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.instant import canonical
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.tickets.effects import (
    Effect,
    about,
    as_no_spam,
    as_read,
    as_spam,
    inverted,
    removal_moment,
    removed_later,
    unchanged,
    with_spam_lesson,
    with_topic_lesson,
)
from ticketing.tickets.lifecycle import closed, reopened

MAX_TICKETS = 500
"""Tickets in one request; a repeated id counts once."""


class Action(StrEnum):
    """What can be done to many tickets at once."""

    close = "close"
    open = "open"
    invertstate = "invertstate"
    spam = "spam"
    notspam = "notspam"
    read = "read"
    delete = "delete"
    deletecleanup = "deletecleanup"
    detectspam = "detectspam"
    detecttopics = "detecttopics"
    executeactions = "executeactions"
    updatetopics = "updatetopics"


def _once_each(ticketIDs: list[int]) -> list[int]:
    distinct = list(dict.fromkeys(ticketIDs))
    if not 1 <= len(distinct) <= MAX_TICKETS:
        raise ValueError(f"must hold 1 to {MAX_TICKETS} different ids")
    return distinct


def _refused_soon(ids: object) -> object:
    """`ids` up to the last one that a refusal can list: a hundred thousand wrong ones are not looked at one by one."""
    if not isinstance(ids, list):
        return ids
    wrong = (place for place, one in enumerate(ids) if type(one) is not int or one < 1)
    return ids[: next(islice(wrong, MAX_FAULTS, None), len(ids)) + 1]


def _required_by_updatetopics(topicIds: list[int] | None, info: ValidationInfo) -> list[int] | None:
    if topicIds is None and info.data.get("action") is Action.updatetopics:
        raise ValueError("is required for updatetopics")
    return topicIds


class BulkUpdateRequest(BaseModel):
    """What is asked for. `customerRepID`: None keeps the assignment, 0 means nobody."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    ticketIDs: Annotated[
        list[Identifier],
        BeforeValidator(_refused_soon),
        AfterValidator(_once_each),
        Field(json_schema_extra={"minItems": 1, "maxItems": MAX_TICKETS}),
    ] = Field(description="The tickets; a repeated id counts once.")
    action: Annotated[Action, Field(strict=False)] = Field(description="What to do to each of them.")
    customerRepID: Annotated[int, Field(ge=0, le=MAX_INTEGER)] | None = Field(
        None,
        description=(
            "Whom to assign them to: an active representative of the customer, or 0 for nobody. null "
            "keeps the assignments."
        ),
    )
    hookName: Annotated[Hook, Field(strict=False)] | None = Field(
        None, description="Of executeactions: whose actions to run; PostTopicDetection where it is left out."
    )
    topicIds: Annotated[
        Annotated[list[Identifier], BeforeValidator(_refused_soon)] | None,
        AfterValidator(_required_by_updatetopics),
        Field(validate_default=True),
    ] = Field(None, description="Of updatetopics, which requires it: the topics to set, each one of the customer's.")

    @property
    def hook(self) -> Hook:
        """The hook whose actions are asked for."""
        return self.hookName or Hook.PostTopicDetection

    @property
    def topics(self) -> list[int]:
        """The topics asked for, each once, in the order given."""
        return list(dict.fromkeys(self.topicIds or ()))


class Failure(BaseModel):
    """A ticket that the action was not done to, and why: what a request for it alone would have been refused with."""

    ticketID: int = Field(description="The ticket; counted per customer, from 1.")
    status: int = Field(description="The status that a request for this ticket alone would have had.")
    code: str = Field(description="The code that a request for this ticket alone would have had.")
    detail: str = Field(description="What is wrong, for people.")

    @classmethod
    def of(cls, ticketID: int, refusal: TicketingError) -> "Failure":
        """The failure that a refusal is to one ticket of many."""
        return cls(ticketID=ticketID, status=refusal.status, code=refusal.code, detail=refusal.detail)


class BulkResult(BaseModel):
    """Every ticket asked for, in the order given, in exactly one of the three."""

    action: Action = Field(description="What to do to each of them.")
    succeeded: list[int] = Field(description="Done, also where there was nothing to change.")
    queued: list[int] = Field(description="Will be done in the background.")
    failed: list[Failure] = Field(description="Not done, and why.")


def effect_of(update: BulkUpdateRequest, moment: datetime, cleanupDays: int) -> Effect | None:
    """What the action does to a ticket within the request, None where it removes it."""
    if update.action is Action.delete or (update.action is Action.deletecleanup and cleanupDays <= 0):
        return None
    now, topics = canonical(moment), update.topics
    effects: dict[Action, Effect] = {
        Action.close: lambda ticket: closed(ticket, now),
        Action.open: reopened,
        Action.invertstate: lambda ticket: inverted(ticket, now),
        Action.spam: lambda ticket: with_spam_lesson(as_spam(ticket, now), isSpam=True),
        Action.notspam: lambda ticket: with_spam_lesson(as_no_spam(ticket), isSpam=False),
        Action.read: as_read,
        Action.deletecleanup: lambda ticket: removed_later(ticket, now, removal_moment(moment, cleanupDays)),
        Action.updatetopics: lambda ticket: with_topic_lesson(about(ticket, topics), topics),
    }
    return effects.get(update.action, unchanged)


def job_of(update: BulkUpdateRequest, customerID: int, ticketID: int, jobID: str) -> Job | None:
    """What the worker does to a ticket after the request, None where nothing is left to do."""
    match update.action:
        case Action.detectspam:
            return DetectSpam(customerID=customerID, ticketID=ticketID, jobID=jobID)
        case Action.detecttopics:
            return DetectTopics(customerID=customerID, ticketID=ticketID, jobID=jobID)
        case Action.executeactions:
            return ExecuteActions(customerID=customerID, ticketID=ticketID, jobID=jobID, hookName=update.hook)
    return None
