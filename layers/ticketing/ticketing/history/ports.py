"""Ports of history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ticketing.history.entry import HistoryEntry


class TicketHistories(Protocol):
    """The entries of each ticket's history."""

    def keep(self, entries: Sequence[HistoryEntry]) -> None:
        """Keep entries; the entry of a version that is there already is replaced by the same."""

    def newest(
        self, customerID: int, ticketID: int, before: int | None, size: int
    ) -> tuple[Sequence[HistoryEntry], bool]:
        """Return up to `size` entries of versions before one (None: the newest), newest first, and whether there are
        more."""

    def delete_some(self, customerID: int, ticketID: int) -> bool:
        """Remove some hundred entries, and tell whether any may be left; may be repeated."""
