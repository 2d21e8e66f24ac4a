"""Hooks: the moments to which a customer binds actions, and the actions themselves."""

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.model import Model
from ticketing.kernel.strict_json import MAX_INTEGER

URL = re.compile(r"https?://([A-Za-z0-9.-]{1,253})(?::(\d{1,5}))?(/[\x21-\x7e]{0,2000})?", re.ASCII)
"""The URLs that an ApiCall may have: a host by name or IPv4 address, no user, no password."""
LONGEST_LABEL = 63
LAST_PORT = 65_535


def may_be_called(url: str) -> bool:
    """Tell whether a URL is one that an ApiCall may have, of a host and a port that there can be."""
    found = URL.fullmatch(url)
    if not found:
        return False
    host, port = found[1], found[2]
    are_labels = all(0 < len(label) <= LONGEST_LABEL for label in host.removesuffix(".").split("."))
    return are_labels and (port is None or 0 < int(port) <= LAST_PORT)


class Hook(StrEnum):
    """The moments to which a customer may bind actions."""

    PreSpam = "PreSpam"
    PostSpam = "PostSpam"
    PostTopicDetection = "PostTopicDetection"
    OnEscalate = "OnEscalate"
    PostEscalate = "PostEscalate"
    OnEscalateFailed = "OnEscalateFailed"
    OnClose = "OnClose"
    UserTriggered = "UserTriggered"
    OnEndUserAdd = "OnEndUserAdd"
    OnEndUserUpdate = "OnEndUserUpdate"
    OnEndUserDelete = "OnEndUserDelete"
    OnPhonePickup = "OnPhonePickup"
    OnPhonePickupSay = "OnPhonePickupSay"


class ActionType(StrEnum):
    """The kinds of actions, each named for what it does with a ticket."""

    Close = "Close"
    Delete = "Delete"
    DeleteAtCleanup = "DeleteAtCleanup"
    MarkSpam = "MarkSpam"
    NotSpam = "NotSpam"
    SetImportant = "SetImportant"
    Assign = "Assign"
    SetTopics = "SetTopics"
    ApiCall = "ApiCall"


class HookAction(Model):
    """An action of a hook: the lower its `priority`, the sooner it runs; with a `topicID`, only on tickets about it.

    `customerRepID` belongs to Assign (0: nobody), `topicIDs` to SetTopics, `url` to ApiCall.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    actionID: Identifier
    hookName: Annotated[Hook, Field(strict=False)]
    type: Annotated[ActionType, Field(strict=False)]
    priority: int = 0
    active: bool = True
    topicID: Identifier | None = None
    customerRepID: Annotated[int, Field(ge=0, le=MAX_INTEGER)] | None = None
    topicIDs: list[Identifier] | None = None
    url: str | None = None

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        if self.type is ActionType.Assign and self.customerRepID is None:
            raise ValueError("an Assign action needs a customerRepID")
        if self.type is ActionType.SetTopics and self.topicIDs is None:
            raise ValueError("a SetTopics action needs topicIDs")
        if self.type is ActionType.ApiCall and not URL.fullmatch(self.url or ""):
            raise ValueError("an ApiCall action needs a url")
        return self

    @property
    def key(self) -> str:
        """Return the entry's name in the directory."""
        return f"{actions_of(self.hookName)}{self.actionID}"


ACTIONS = "action#"
"""The beginning of the names of actions."""


def actions_of(hook: Hook) -> str:
    """Return the beginning that the names of a hook's actions share in the directory."""
    return f"{ACTIONS}{hook}#"
