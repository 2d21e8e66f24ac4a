"""Calls, their recordings and the telephony provider, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.fakes import InMemoryTickets
from ticketing.calls.call import CallForward, Recording
from ticketing.errors import Unavailable
from ticketing.tickets.model import Ticket


@dataclass
class InMemoryCalls:
    """The calls of a store of tickets: their recordings, and whom they were forwarded to."""

    store: InMemoryTickets
    names: dict[tuple[int, str], Recording] = field(default_factory=dict)
    marks: dict[tuple[int, str, int], CallForward | None] = field(default_factory=dict)

    def recording(self, customerID: int, callSid: str) -> Recording | None:
        return self.names.get((customerID, callSid))

    def record(self, recording: Recording) -> int | None:
        with self.store.lock:
            call = recording.customerID, recording.callSid
            self.names[call] = recording
            self.store.recordings.add(call)
            return self.store.calls.get(call)

    def begin_forward(self, ticket: Ticket, repID: int) -> bool:
        with self.store.lock:
            call = ticket.customerID, ticket.twilio_CallSid or ""
            unmarked = self.marks.get((*call, repID), CallForward.failed) is CallForward.failed
            if self.store.calls.get(call) != ticket.ticketID or not unmarked:
                return False
            self.marks[*call, repID] = None
            return True

    def end_forward(self, ticket: Ticket, repID: int, callForward: CallForward) -> None:
        mark = ticket.customerID, ticket.twilio_CallSid or "", repID
        if mark in self.marks:
            self.marks[mark] = callForward

    def forget(self, customerID: int, ticketID: int, callSid: str) -> bool:
        with self.store.lock:
            call = customerID, callSid
            holder = self.store.calls.get(call)
            if holder is not None and (holder != ticketID or (customerID, ticketID) in self.store.kept):
                return False
            self.store.calls.pop(call, None)
            self.names.pop(call, None)
            self.store.recordings.discard(call)
            self.marks = {mark: value for mark, value in self.marks.items() if mark[:2] != call}
            return True


@dataclass
class InMemoryRecordings:
    """The sound of recordings."""

    sounds: dict[Recording, bytes] = field(default_factory=dict)

    def size(self, recording: Recording) -> int | None:
        return len(self.sounds[recording]) if recording in self.sounds else None

    def url(self, recording: Recording, filename: str, seconds: int) -> str:
        return f"https://sounds.example/{recording.key}?name={filename}&seconds={seconds}"

    def delete(self, recordings: Sequence[Recording]) -> None:
        for recording in recordings:
            self.sounds.pop(recording, None)


@dataclass
class FakeTelephony:
    """A provider that keeps what it is asked to do."""

    has: bool = True
    problem: str | None = None
    dialled: list[tuple[str, str]] = field(default_factory=list)
    meanwhile: Callable[[], object] = field(default=lambda: None, repr=False)
    """What happens while a call is being forwarded."""

    def has_account(self) -> bool:
        return self.has

    def forward(self, callSid: str, number: str) -> None:
        self.dialled.append((callSid, number))
        self.meanwhile()
        if self.problem:
            raise Unavailable(self.problem)
