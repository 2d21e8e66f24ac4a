"""The author of a change: who, or what, made a version of a ticket. It is kept on the ticket with the version."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, SerializerFunctionWrapHandler, model_serializer

from ticketing.directory.principal import Automation, PhoneContext, Principal, Representative
from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.model import Model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class AuthorKind(StrEnum):
    """The kinds of authors; `filter` stands for the spam filter and the topic detector."""

    rep = "rep"
    phone = "phone"
    visitor = "visitor"
    hook = "hook"
    filter = "filter"
    system = "system"


class Author(Model):
    """An author. Of a representative it has their id, of a hook its name and the hooks that led to it, the first one
    first. Of the filter it has the score in per mille: how likely it took spam to be, or each topic by its id."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: AuthorKind
    customerRepID: Identifier | None = None
    hookName: str | None = None
    ledBy: list[str] | None = None
    score: int | dict[str, int] | None = None

    @model_serializer(mode="wrap")
    def _without_nulls(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Return the fields that say something: the item of every ticket holds them."""
        return {name: value for name, value in dumped(self).items() if value is not None}

    @property
    def hooks(self) -> list[str]:
        """Return the hooks that led to what it changed, its own last; none where it is no hook."""
        return [*(self.ledBy or ()), self.hookName] if self.hookName else []

    @classmethod
    def hook(cls, name: str, ledBy: Sequence[str] = ()) -> Author:
        """Return the author of what a hook's actions change."""
        return cls(kind=AuthorKind.hook, hookName=name, ledBy=list(ledBy) or None)

    @classmethod
    def spam_filter(cls, score: int) -> Author:
        return cls(kind=AuthorKind.filter, score=score)

    @classmethod
    def topic_detector(cls, scores: Mapping[int, int]) -> Author:
        return cls(kind=AuthorKind.filter, score={str(topicID): score for topicID, score in scores.items()})


VISITOR = Author(kind=AuthorKind.visitor)
SYSTEM = Author(kind=AuthorKind.system)


def author_of(caller: Principal) -> Author:
    """Return the author of what a caller changes by themself."""
    match caller:
        case Representative():
            return Author(kind=AuthorKind.rep, customerRepID=caller.repID)
        case PhoneContext():
            return Author(kind=AuthorKind.phone)
        case Automation():
            return caller.author
