"""Bookmarks: how far a follower of the feed has come, bound to them. Clients keep them as `next`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ticketing.errors import Fault, Gone, InvalidCursor
from ticketing.kernel.seal import is_number, sealed, unsealed

if TYPE_CHECKING:
    from ticketing.directory.principal import Representative
    from ticketing.feed.ports import LogEntry

COUNTS_FOR = 30 * 24 * 60 * 60
"""Seconds after which a bookmark is too old: a day before the first entry that it has not seen goes."""
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Bookmark:
    """A follower's place: all entries of the log up to `number`, and `told` tickets of the next. During the first pass
    `walked` is the last ticketID that was looked at. `asOf` (epoch seconds) is when the follower was last up to date,
    or began: whatever they have not seen was appended since, and so still lasts."""

    number: int
    told: int
    walked: int | None
    asOf: int

    @property
    def tag(self) -> str:
        """Return the entity tag of what is told up to here: a weak one, since the text of a bookmark is another each
        second. It changes each day, so that a follower who is only ever told 304 gets a younger bookmark."""
        return f'W/"{self.number}-{self.told}-{self.walked}-{self.asOf // DAY}"'

    def sealed(self, holder: Representative) -> str:
        """Return the bookmark as its holder keeps it."""
        return sealed(*_binding(holder), self.number, self.told, self.walked, self.asOf)

    def is_followed_by(self, entry: LogEntry, now: int) -> bool:
        """Tell whether an entry is the next, and not to be counted as gone (TTL removes late). So is the first of a log
        that began again: what ended before was seen, since a bookmark counts for less time than an entry lasts."""
        return entry.expiresAt > now and (entry.is_first or self.number in (0, entry.number - 1))

    def beyond(self, entry: LogEntry) -> Bookmark:
        """Return the place after the whole of an entry."""
        return replace(self, number=entry.number, told=0)


def opened(text: str, holder: Representative, now: int) -> Bookmark:
    """Return the bookmark in a text; raises InvalidCursor where it is damaged or another's, and Gone where the holder's
    role or scope has changed since, or it is too old."""
    try:
        customerID, repID, role, sees_all, *place = unsealed(text)
        number, told, walked, asOf = place
    except ValueError as error:
        raise InvalidCursor("The bookmark is damaged.", _FAULT) from error
    is_sound = all(map(is_number, (number, told, asOf))) and (walked is None or is_number(walked)) and asOf <= now + DAY
    if not is_sound or [customerID, repID] != [holder.customerID, holder.repID]:
        raise InvalidCursor("The bookmark is damaged, or another's.", _FAULT)
    if [role, sees_all] != _binding(holder)[2:]:
        raise Gone("Your role, or what it lets you see, has changed")
    if asOf + COUNTS_FOR < now:
        raise Gone("The bookmark is more than 30 days old")
    return Bookmark(number, told, walked, asOf)


def _binding(holder: Representative) -> list[int | str | bool]:
    return [holder.customerID, holder.repID, holder.role.value, holder.sees_all]


_FAULT = [Fault("since", "use the next of a reply to you, now, or nothing")]
