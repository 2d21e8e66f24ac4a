"""The histories of tickets in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ticketing.history.dynamodb import SOME
from ticketing.history.entry import HistoryEntry


@dataclass
class InMemoryHistories:
    """Entries by ticket and version."""

    kept: dict[tuple[int, int], dict[int, HistoryEntry]] = field(default_factory=dict)

    def keep(self, entries: Sequence[HistoryEntry]) -> None:
        for entry in entries:
            self.kept.setdefault((entry.customerID, entry.ticketID), {})[entry.version] = entry

    def newest(
        self, customerID: int, ticketID: int, before: int | None, size: int
    ) -> tuple[Sequence[HistoryEntry], bool]:
        entries = self.kept.get((customerID, ticketID), {})
        versions = sorted((version for version in entries if before is None or version < before), reverse=True)
        return [entries[version] for version in versions[:size]], len(versions) > size

    def delete_some(self, customerID: int, ticketID: int) -> bool:
        entries = self.kept.get((customerID, ticketID), {})
        for version in sorted(entries)[:SOME]:
            del entries[version]
        return bool(entries)
