"""Lists of a directory's entries, cached."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.directory.model import Entry
    from ticketing.directory.ports import Directory

CACHED_FOR = 60
"""Seconds for which a list is cached."""
MAX_ENTRIES = 20_000
"""Entries that are cached, of all lists together."""


@dataclass(frozen=True)
class CachedLists:
    """Lists of entries whose names begin alike, each a minute old at most; `clock` in seconds."""

    directory: Directory
    clock: Callable[[], float]
    _known: OrderedDict[tuple[int, str], tuple[float, Mapping[str, Entry]]] = field(
        default_factory=OrderedDict, repr=False
    )

    def beginning(self, customerID: int, prefix: str, at_most: int | None) -> Mapping[str, Entry]:
        """Return the entries whose names begin so; the first `at_most` of them."""
        until, entries = self._known.pop((customerID, prefix), (0.0, {}))
        if until <= self.clock():
            until, entries = self.clock() + CACHED_FOR, self.directory.beginning(customerID, prefix, at_most)
        self._known[customerID, prefix] = until, entries
        while sum(1 + len(kept) for _, kept in self._known.values()) > MAX_ENTRIES:
            self._known.popitem(last=False)
        return entries
