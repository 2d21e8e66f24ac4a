"""Entries of a ticket's history as clients read them, with the directory's names for ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ticketing.directory.author import AuthorKind
from ticketing.directory.model import Rep, Topic, rep_key, topic_key
from ticketing.history.entry import TOPICS, HistoryEntry, Pair
from ticketing.kernel.instant import Instant
from ticketing.kernel.model import Model

if TYPE_CHECKING:
    from ticketing.directory.author import Author
    from ticketing.directory.model import Entry


class AuthorView(Model):
    """The author of a change."""

    kind: AuthorKind = Field(description="The kind of author; filter stands for the spam filter and topic detector.")
    customerRepID: int | None = Field(description="The representative; null for others.")
    name: str | None = Field(description="The representative's name, or the hook's; null for others.")


class ChangeView(Model):
    """One version of a ticket, and what it changed."""

    version: int = Field(description="The version that the change made.")
    at: Instant = Field(description="The moment at which it was made.")
    by: AuthorView = Field(description="The author.")
    changes: dict[str, list[Any]] = Field(
        description=(
            "By field what it was before and is after; a message stands as messages, with its messageID and direction. "
            "Empty where only a mark changed that is not shown."
        )
    )
    score: float | dict[str, float] | None = Field(
        description="Of the filter how likely it took spam to be, or each topic by its name, from 0 to 1; else null."
    )
    truncated: bool = Field(description="True if a text was cut to 1,000 characters.")


class ChangePage(Model):
    """A page of a ticket's history, newest first."""

    items: list[ChangeView] = Field(description="The entries on this page.")
    nextCursor: str | None = Field(description="The cursor of the next page; null on the last one.")


def keys_of(entries: Iterable[HistoryEntry]) -> set[str]:
    """Return the names of the directory's entries that stand for ids in a history."""
    keys: set[str] = set()
    for entry in entries:
        if entry.by.customerRepID:
            keys.add(rep_key(entry.by.customerRepID))
        scored = entry.by.score if isinstance(entry.by.score, dict) else {}
        changed = [topicID for topicIDs in entry.changes.get(TOPICS, ()) for topicID in topicIDs or ()]
        keys |= {topic_key(int(topicID)) for topicID in (*scored, *changed)}
    return keys


def change_view(entry: HistoryEntry, directory: Mapping[str, Entry]) -> ChangeView:
    """Return an entry as clients read it; ids that the directory does not know any more are left out."""
    changes = dict(entry.changes)
    if TOPICS in changes:
        changes[TOPICS] = _with_names(changes[TOPICS], directory)
    return ChangeView.model_construct(
        version=entry.version,
        at=entry.at,
        by=_author(entry.by, directory),
        changes=changes,
        score=_score(entry.by.score, directory),
        truncated=entry.truncated,
    )


def _author(by: Author, directory: Mapping[str, Entry]) -> AuthorView:
    rep = directory.get(rep_key(by.customerRepID or 0))
    name = rep.name if isinstance(rep, Rep) else by.hookName
    return AuthorView.model_construct(kind=by.kind, customerRepID=by.customerRepID, name=name)


def _with_names(pair: Pair, directory: Mapping[str, Entry]) -> Pair:
    return [None if topicIDs is None else [*_names(topicIDs, directory).values()] for topicIDs in pair]


def _names(topicIDs: Iterable[int | str], directory: Mapping[str, Entry]) -> dict[int | str, str]:
    topics = {topicID: directory.get(topic_key(int(topicID))) for topicID in topicIDs}
    return {topicID: topic.name for topicID, topic in topics.items() if isinstance(topic, Topic)}


def _score(score: int | dict[str, int] | None, directory: Mapping[str, Entry]) -> float | dict[str, float] | None:
    """Return scores in per mille as numbers from 0 to 1."""
    if isinstance(score, dict):
        return {name: score[str(topicID)] / 1000 for topicID, name in _names(score, directory).items()}
    return None if score is None else score / 1000
