"""The ports in memory, in the plainest way: what the adapters promise, and what use cases are tested on."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any

from ticketing.directory.model import Customer, Entry
from ticketing.errors import DuplicateCall, Unauthorized
from ticketing.events.event import Event
from ticketing.kernel.ports import AlreadyDone, Claim, Contended, Receipt
from ticketing.lists.indexing import MessageChange
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import Outdated


@dataclass
class FakeClock:
    """A clock that stands still until it is moved."""

    moment: float = datetime(2026, 6, 15, 12, tzinfo=UTC).timestamp()

    def seconds(self) -> float:
        return self.moment

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.moment, UTC)

    def pass_(self, seconds: float) -> None:
        self.moment += seconds


class InlineExecutor(Executor):
    """Does what it is given at once, for engines that know one thread only."""

    def submit[**P, T](self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass
class InMemoryReceipts:
    """Receipts by key."""

    kept: dict[str, Receipt] = field(default_factory=dict)

    def find(self, key: str, now: int) -> Receipt | None:
        receipt = self.kept.get(key)
        return receipt if receipt and receipt.expiresAt > now else None

    def known(self, keys: Collection[str], now: int) -> frozenset[str]:
        return frozenset(key for key in keys if self.find(key, now))

    def refuse_second(self, receipt: Receipt | None) -> None:
        if receipt and self.find(receipt.key, receipt.madeAt):
            raise AlreadyDone

    def keep(self, receipt: Receipt | None) -> None:
        if receipt:
            self.kept[receipt.key] = receipt

    def keep_first(self, receipt: Receipt) -> Receipt:
        if not self.find(receipt.key, receipt.madeAt):
            self.kept[receipt.key] = receipt
        return self.kept[receipt.key]


@dataclass
class InMemoryClaims:
    """Claims by key."""

    kept: dict[str, Claim] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock, repr=False)

    def take(self, claim: Claim, now: int) -> Claim | None:
        with self.lock:
            counted_ticket = self.kept.get(claim.key)
            if counted_ticket and counted_ticket.expiresAt > now and not _is_abandoned(counted_ticket, claim, now):
                return counted_ticket if counted_ticket.owner != claim.owner else None
            self.kept[claim.key] = claim
            return None

    def settle(self, claim: Claim) -> None:
        with self.lock:
            if not self._is_ours(claim):
                raise AlreadyDone
            self.kept[claim.key] = claim

    def drop(self, claim: Claim) -> None:
        with self.lock:
            if self._is_ours(claim):
                del self.kept[claim.key]

    def _is_ours(self, claim: Claim) -> bool:
        return claim.key in self.kept and self.kept[claim.key].owner == claim.owner


def _is_abandoned(counted_ticket: Claim, claim: Claim, now: int) -> bool:
    return counted_ticket.result is None and counted_ticket.leasedUntil <= now and counted_ticket.digest == claim.digest


@dataclass
class InMemoryMessages:
    """Messages by ticket."""

    kept: dict[tuple[int, int], dict[int, Message]] = field(default_factory=dict)
    report: Callable[[MessageChange], None] = field(default=lambda _: None, repr=False)
    """Told of every message that is removed: the table's stream."""

    def between(self, customerID: int, ticketID: int, first: int, last: int) -> Iterator[Message]:
        messages = self.kept.get((customerID, ticketID), {})
        return iter([messages[messageID] for messageID in sorted(messages) if first <= messageID <= last])

    def delete(self, customerID: int, ticketID: int, first: int, last: int) -> None:
        messages = self.kept.get((customerID, ticketID), {})
        for message in self.between(customerID, ticketID, first, last):
            del messages[message.messageID]
            self.report(MessageChange(message, isRemoved=True))

    def keep(self, message: Message | None) -> None:
        if message:
            self.kept.setdefault((message.customerID, message.ticketID), {})[message.messageID] = message


@dataclass
class InMemoryTickets:
    """Tickets, the calls they hold and the recordings that have arrived; every change is under one lock."""

    receipts: InMemoryReceipts = field(default_factory=InMemoryReceipts)
    messages: InMemoryMessages = field(default_factory=InMemoryMessages)
    kept: dict[tuple[int, int], Ticket] = field(default_factory=dict)
    calls: dict[tuple[int, str], int] = field(default_factory=dict)
    recordings: set[tuple[int, str]] = field(default_factory=set)
    counters: Counter[int] = field(default_factory=Counter)
    lock: RLock = field(default_factory=RLock, repr=False)
    interfere: Callable[[], None] = field(default=lambda: None, repr=False)
    """Done before every write: what others do meanwhile."""
    report: Callable[[TicketChange | MessageChange], None] = field(default=lambda _: None, repr=False)
    """Told of every change: the tables' streams."""

    def before_next_write(self, action: Callable[[], object]) -> None:
        """Lets others do something between a request's reading and its writing."""

        def interfere_once() -> None:
            self.interfere = lambda: None
            action()

        self.interfere = interfere_once

    def get(self, customerID: int, ticketID: int) -> Ticket | None:
        return self.kept.get((customerID, ticketID))

    def ask(self, customerID: int, ticketID: int) -> Callable[[], Ticket | None]:
        return lambda: self.get(customerID, ticketID)

    def get_many(self, customerID: int, ticketIDs: Collection[int]) -> Mapping[int, Ticket]:
        found = {ticketID: self.get(customerID, ticketID) for ticketID in ticketIDs}
        return {ticketID: ticket for ticketID, ticket in found.items() if ticket}

    def next_id(self, customerID: int) -> int:
        with self.lock:
            self.counters[customerID] += 1
            return self.counters[customerID]

    def is_recorded(self, customerID: int, callSid: str) -> bool:
        return (customerID, callSid) in self.recordings

    def create(self, ticket: Ticket, message: Message | None = None, receipt: Receipt | None = None) -> None:
        self.interfere()
        with self.lock:
            self.receipts.refuse_second(receipt)
            self._keep(None, ticket, message, receipt)

    def replace(
        self, before: Ticket, after: Ticket, message: Message | None = None, receipt: Receipt | None = None
    ) -> None:
        self.interfere()
        with self.lock:
            self.receipts.refuse_second(receipt)
            self._refuse_outdated(before)
            self._keep(before, after, message, receipt)

    def delete(self, ticket: Ticket, receipt: Receipt | None = None) -> None:
        self.interfere()
        with self.lock:
            self.receipts.refuse_second(receipt)
            self._refuse_outdated(ticket)
            self.receipts.keep(receipt)
            self._move_call(ticket, None)
            del self.kept[ticket.customerID, ticket.ticketID]
            self.report(TicketChange(ticket, isRemoved=True))

    def expire(self, ticket: Ticket) -> None:
        """What its time to live does: the ticket goes by itself, and its call is not given back."""
        with self.lock:
            del self.kept[ticket.customerID, ticket.ticketID]
            self.report(TicketChange(ticket, isRemoved=True))

    def _keep(self, before: Ticket | None, after: Ticket, message: Message | None, receipt: Receipt | None) -> None:
        self._move_call(before, after)
        self.kept[after.customerID, after.ticketID] = after
        self.messages.keep(message)
        self.receipts.keep(receipt)
        self.report(_change(before, after))
        if message:
            self.report(MessageChange(message))

    def _refuse_outdated(self, ticket: Ticket) -> None:
        current = self.get(ticket.customerID, ticket.ticketID)
        if current is None or current.version != ticket.version:
            raise Outdated(current)

    def _move_call(self, before: Ticket | None, after: Ticket | None) -> None:
        if after and after.twilio_CallSid:
            holder = self.calls.get((after.customerID, after.twilio_CallSid), after.ticketID)
            if holder != after.ticketID:
                raise DuplicateCall
            takes = before is None or before.twilio_CallSid != after.twilio_CallSid
            if takes and after.hasRecording != self.is_recorded(after.customerID, after.twilio_CallSid):
                raise Contended
        held = (before.customerID, before.twilio_CallSid or "") if before else None
        if before and held and self.calls.get(held) == before.ticketID:
            del self.calls[held]
        if after and after.twilio_CallSid:
            self.calls[after.customerID, after.twilio_CallSid] = after.ticketID


def _change(before: Ticket | None, after: Ticket) -> TicketChange:
    taught = [getattr(before, lesson) if before else None for lesson in Ticket.LESSONS]
    has_lesson = taught != [getattr(after, lesson) for lesson in Ticket.LESSONS]
    return TicketChange(after, hasLesson=has_lesson, before=before, isNew=before is None)


@dataclass
class InMemoryDirectory:
    """Directory entries by customer and name; a name is no longer than a table's key may be."""

    kept: dict[tuple[int, str], Entry] = field(default_factory=dict)

    def entries(self, customerID: int, keys: Collection[str]) -> Mapping[str, Entry]:
        if any(len(key.encode()) > 1024 for key in keys):
            raise ValueError("A sort key has 1,024 bytes at most.")
        return {key: self.kept[customerID, key] for key in keys if (customerID, key) in self.kept}

    def ask(self, customerID: int, keys: Collection[str]) -> Callable[[], Mapping[str, Entry]]:
        found = self.entries(customerID, keys)
        return lambda: found

    def beginning(self, customerID: int, prefix: str, at_most: int | None = None) -> Mapping[str, Entry]:
        names = sorted(key for owner, key in self.kept if owner == customerID and key.startswith(prefix))
        return self.entries(customerID, names[:at_most])

    def load(self, customer: Customer) -> None:
        self.kept |= {(customer.customerID, key): entry for key, entry in customer.entries()}


@dataclass
class InMemoryTokens:
    """A token verifier that knows tokens by heart."""

    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def claims(self, token: str) -> Mapping[str, Any]:
        if token not in self.known:
            raise Unauthorized("The token does not hold.")
        return self.known[token]


@dataclass
class InMemoryEventBus:
    """An event bus that remembers what it was told."""

    told: list[Event] = field(default_factory=list)

    def send(self, events: Sequence[Event]) -> None:
        self.told += events
