"""The feed's ports in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import RLock

from tests.fakes import FakeClock, InMemoryTickets
from ticketing.feed.dynamodb import DAY
from ticketing.feed.ports import LASTS, LogEntry
from ticketing.kernel.deadline import Deadline
from ticketing.tickets.model import Ticket


@dataclass
class InMemoryFeedLog:
    """Logs by customer: entries by number."""

    clock: FakeClock = field(default_factory=FakeClock)
    kept: dict[int, dict[int, LogEntry]] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock, repr=False)

    def append(self, customerID: int, versions: Mapping[int, int], deadline: Deadline) -> None:  # noqa: ARG002 - alone
        with self.lock:
            log, moment = self.kept.setdefault(customerID, {}), self.clock.moment
            end = self.end(customerID)
            begins = not end or log[end].expiresAt <= moment + DAY
            number = (int(moment * 1000) if begins else end) + 1
            log[number] = LogEntry(number, dict(versions), int(moment) + LASTS, number if begins else log[end].began)

    def end(self, customerID: int) -> int:
        return max(self.kept.get(customerID, ()), default=0)

    def after(self, customerID: int, number: int, limit: int, fresh: bool = False) -> Sequence[LogEntry]:  # noqa: ARG002
        found = sorted(each for each in self.kept.get(customerID, ()) if each > number)
        return [self.kept[customerID][each] for each in found[:limit]]


@dataclass
class InMemoryTicketWalk:
    """The tickets of a store."""

    store: InMemoryTickets

    def after(self, customerID: int, ticketID: int, limit: int) -> tuple[Sequence[Ticket], int | None]:
        above = sorted(each for owner, each in self.store.kept if owner == customerID and each > ticketID)
        tickets = [self.store.kept[customerID, each] for each in above[:limit]]
        return tickets, tickets[-1].ticketID if len(tickets) == limit else None
