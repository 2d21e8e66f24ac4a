"""A bulk request, which is one action over many tickets, and its result."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from itertools import islice
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationInfo

from ticketing.directory.hooks import Hook
from ticketing.errors import MAX_FAULTS, TicketingError
from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.model import Model
from ticketing.kernel.strict_json import MAX_INTEGER

MAX_TICKETS = 500
"""Tickets in one request; a repeated id counts once."""


class Action(StrEnum):
    """The actions of a bulk request."""

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


def _cut_after_faults(ids: object) -> object:
    """Return `ids` up to the last wrong one that a refusal can list: nobody needs the rest to be checked."""
    if not isinstance(ids, list):
        return ids
    wrong = (place for place, one in enumerate(ids) if type(one) is not int or one < 1)
    return ids[: next(islice(wrong, MAX_FAULTS, None), len(ids)) + 1]


def _required_by_updatetopics(topicIds: list[int] | None, info: ValidationInfo) -> list[int] | None:
    if topicIds is None and info.data.get("action") is Action.updatetopics:
        raise ValueError("is required for updatetopics")
    return topicIds


class BulkUpdateRequest(Model):
    """The body of a bulk request. `customerRepID`: None keeps the assignment, 0 means nobody."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    ticketIDs: Annotated[
        list[Identifier],
        BeforeValidator(_cut_after_faults),
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
        Annotated[list[Identifier], BeforeValidator(_cut_after_faults)] | None,
        AfterValidator(_required_by_updatetopics),
        Field(validate_default=True),
    ] = Field(None, description="Of updatetopics, which requires it: the topics to set, each one of the customer's.")

    @property
    def hook(self) -> Hook:
        """Return the hook whose actions executeactions runs."""
        return self.hookName or Hook.PostTopicDetection

    @property
    def topics(self) -> list[int]:
        """Return the topics to set, each once, in the order given."""
        return list(dict.fromkeys(self.topicIds or ()))


class Failure(Model):
    """A ticket that the action was not done to, with the refusal that a request for it alone would have got."""

    ticketID: int = Field(description="The ticket; counted per customer, from 1.")
    status: int = Field(description="The status that a request for this ticket alone would have had.")
    code: str = Field(description="The code that a request for this ticket alone would have had.")
    detail: str = Field(description="What is wrong, for people.")

    @classmethod
    def of(cls, ticketID: int, refusal: TicketingError) -> "Failure":
        """Return a refusal as the failure of one ticket."""
        return cls(ticketID=ticketID, status=refusal.status, code=refusal.code, detail=refusal.detail)


class BulkResult(Model):
    """Every ticket of the request, in the order given, in exactly one of the three lists."""

    action: Action = Field(description="What to do to each of them.")
    succeeded: list[int] = Field(description="Done, also where there was nothing to change.")
    queued: list[int] = Field(description="Will be done in the background.")
    failed: list[Failure] = Field(description="Not done, and why.")

    @classmethod
    def of(
        cls, update: BulkUpdateRequest, refused: Mapping[int, TicketingError], background: Collection[int]
    ) -> "BulkResult":
        """Return the result of a request by the refusals of its tickets, and those that the background does."""
        done = [ticketID for ticketID in update.ticketIDs if ticketID not in refused]
        return cls(
            action=update.action,
            succeeded=[ticketID for ticketID in done if ticketID not in background],
            queued=[ticketID for ticketID in done if ticketID in background],
            failed=[Failure.of(ticketID, refused[ticketID]) for ticketID in update.ticketIDs if ticketID in refused],
        )
