"""The directory read by representatives: who they are, and what they may name in a ticket. Each list is one query, and
may be a minute old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ticketing.directory.end_user import LONGEST_UID, EndUserView
from ticketing.directory.model import (
    CHANNELS,
    REPS,
    TOPICS,
    Channel,
    EndUser,
    Rep,
    Topic,
    UidOwners,
    rep_key,
    uid_key,
)
from ticketing.directory.views import (
    AssignablePage,
    ChannelPage,
    ChannelView,
    CustomerRepView,
    EndUserPage,
    MeView,
    TopicPage,
    TopicView,
)
from ticketing.directory.words import words_key
from ticketing.errors import TooManyToSort, Unauthorized
from ticketing.kernel.text import asked_beginnings, beginnings, case_folded

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ticketing.directory.model import Entry
    from ticketing.directory.ports import Directory
    from ticketing.directory.principal import Representative

MAX_END_USERS = 1_000
"""End users that are sorted."""
MAX_READ = 10_000
"""End users that are read for one word, where further words leave fewer."""


@dataclass(frozen=True)
class PageOfNames:
    """A page, by its number, of what is sorted by name."""

    number: int
    size: int

    def of[Page: BaseModel](self, model: type[Page], items: Iterable[tuple[int, Any]]) -> Page:
        """Return this page of items, each given with its id, which breaks ties."""
        ordered = [item for _, item in sorted(items, key=lambda item: (case_folded(item[1].name), item[0]))]
        skipped = (self.number - 1) * self.size
        return model.model_construct(
            items=ordered[skipped : skipped + self.size],
            totalCount=len(ordered),
            totalPages=-(-len(ordered) // self.size),
            pageNumber=self.number,
            pageSize=self.size,
        )


@dataclass(frozen=True)
class DirectoryReading:
    """Reads a directory whose entries and lists may be a minute old. `may_assign` tells whether a representative may
    set another as the holder of a ticket that nobody holds."""

    directory: Directory
    lists: Callable[[int, str, int | None], Mapping[str, Entry]]
    may_assign: Callable[[Representative, int], bool]

    def me(self, caller: Representative) -> MeView:
        """Return the caller; raises Unauthorized for one who was removed within the last minute."""
        rep = self.directory.entries(caller.customerID, [rep_key(caller.repID)]).get(rep_key(caller.repID))
        if not isinstance(rep, Rep):
            raise Unauthorized("The representative is no longer in the directory.")
        return MeView(customerRepID=rep.repID, name=rep.name, role=rep.role, customerID=caller.customerID)

    def assignable(self, caller: Representative, page: PageOfNames) -> AssignablePage:
        """Return active representatives to whom the caller may assign a ticket that nobody holds."""
        reps = self._entries(caller, REPS, Rep)
        return page.of(
            AssignablePage,
            (
                (rep.repID, CustomerRepView(customerRepID=rep.repID, name=rep.name, role=rep.role))
                for rep in reps
                if rep.active and self.may_assign(caller, rep.repID)
            ),
        )

    def channels(self, caller: Representative, page: PageOfNames) -> ChannelPage:
        """Return channels, inactive ones too."""
        channels = self._entries(caller, CHANNELS, Channel)
        return page.of(ChannelPage, ((channel.channelID, _channel(channel)) for channel in channels))

    def topics(self, caller: Representative, page: PageOfNames) -> TopicPage:
        topics = self._entries(caller, TOPICS, Topic)
        return page.of(TopicPage, ((topic.topicID, TopicView(**topic.model_dump())) for topic in topics))

    def end_users(self, caller: Representative, uid: str | None, search: str | None, page: PageOfNames) -> EndUserPage:
        """Return end users who have this uid, and in whose names words begin as those of `search`; raises
        TooManyToSort."""
        asked = None if search is None else asked_beginnings(search)
        found = self._with_uid(caller, uid) if uid is not None else self._users_named(caller, asked or [])
        matching = {user.endUserID: user for user in found if asked is None or _is_named(user, asked)}
        if len(matching) > MAX_END_USERS:
            advice = ("search for a name, too", "uid") if asked is None else ("ask for more of the name", "search")
            raise TooManyToSort(f"More than {MAX_END_USERS} end users match", *advice)
        return page.of(EndUserPage, matching.items())

    def _with_uid(self, caller: Representative, uid: str) -> list[EndUserView]:
        if len(uid) > LONGEST_UID:  # it could not be the name of an entry
            return []
        owners = self.directory.entries(caller.customerID, [uid_key(uid)]).get(uid_key(uid))
        return owners.endUsers if isinstance(owners, UidOwners) else []

    def _users_named(self, caller: Representative, asked: list[str]) -> list[EndUserView]:
        """Return end users with a word that begins as the longest asked for, in whose partition the fewest stand."""
        if not asked:
            return []
        found = list(self._entries(caller, words_key(max(asked, key=len)), EndUser, MAX_READ + 1))
        if len(found) > MAX_READ:
            matches = f"More than {MAX_READ} names have a word that begins as the longest of these"
            raise TooManyToSort(matches, "ask for more of the longest word", "search")
        return [EndUserView(**user.model_dump()) for user in found]

    def _entries[Kind](
        self, caller: Representative, prefix: str, kind: type[Kind], at_most: int | None = None
    ) -> Iterator[Kind]:
        entries = self.lists(caller.customerID, prefix, at_most).values()
        return (entry for entry in entries if isinstance(entry, kind))


def _channel(channel: Channel) -> ChannelView:
    return ChannelView(
        channelID=channel.channelID,
        name=channel.name,
        channelType=channel.type,
        isActive=channel.active,
        phoneNumber=channel.phone,
    )


def _is_named(user: EndUserView, asked: list[str]) -> bool:
    """Tell whether a word of the name begins as each that is asked for; without a word nobody is meant."""
    words = beginnings(user.name)
    return bool(asked) and all(any(word.startswith(each) for word in words) for each in asked)
