"""Recordings of calls: they arrive, before their ticket or after it, are played, and are removed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel

from ticketing.calls.call import Recording, recordings_of
from ticketing.calls.ports import CallStore, RecordingStore
from ticketing.directory.principal import Principal
from ticketing.errors import RecordingNotFound
from ticketing.jobs.job import CleanUp
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.instant import Instant, canonical
from ticketing.kernel.ports import Contended
from ticketing.tickets.editing import Tickets, lost_to_others
from ticketing.tickets.ports import Outdated, TicketStore

PLAYABLE_FOR = 300
"""Seconds for which the URL of a recording holds."""


class Playable(BaseModel):
    """The URL at which a recording can be played until `expiresAt`, and its type and length."""

    url: str
    expiresAt: Instant
    contentType: str
    contentLength: int


@dataclass(frozen=True)
class Arrivals:
    """Marks the tickets of calls whose recordings have arrived."""

    store: TicketStore
    calls: CallStore

    def arrived(self, recording: Recording, deadline: Deadline) -> int | None:
        """Note a recording on its call and on the ticket that has the call; return that ticketID. May be repeated.

        A ticket that takes the call later finds the recording by itself. Raises Conflict, Unavailable.
        """
        ticketID = self.calls.record(recording)
        if ticketID is None:
            return None
        for _ in deadline.attempts():
            ticket = self.store.get(recording.customerID, ticketID)
            if ticket is None or ticket.twilio_CallSid != recording.callSid:
                return None  # it was deleted, or has given the call back: whoever takes it finds the recording
            if ticket.hasRecording:
                return ticketID
            try:
                marked = ticket.model_copy(update={"hasRecording": True, "version": ticket.version + 1})
                self.store.replace(ticket, marked)
            except (Contended, Outdated):
                continue
            return ticketID
        raise lost_to_others()


@dataclass(frozen=True)
class Playback:
    """Gives representatives the recordings of the tickets that they may read."""

    tickets: Tickets
    calls: CallStore
    recordings: RecordingStore
    now: Callable[[], datetime]

    def of(self, caller: Principal, ticketID: int) -> Playable:
        """Return the ticket's recording; raises NotFound, Forbidden, RecordingNotFound, Unavailable."""
        ticket = self.tickets.read(caller, ticketID)
        callSid = ticket.twilio_CallSid
        recording = self.calls.recording(caller.customerID, callSid) if callSid else None
        size = self.recordings.size(recording) if recording else None
        if recording is None or size is None:
            raise RecordingNotFound("The ticket has no recording.")
        expires = self.now() + timedelta(seconds=PLAYABLE_FOR)
        return Playable(
            url=self.recordings.url(recording, f"ticket-{ticketID}.{recording.ending}", PLAYABLE_FOR),
            expiresAt=canonical(expires),
            contentType=recording.content_type,
            contentLength=size,
        )


def remove_call(calls: CallStore, recordings: RecordingStore, job: CleanUp) -> None:
    """Remove a deleted ticket's call, then its recording; one that another ticket has taken is that ticket's."""
    if job.callSid and calls.forget(job.customerID, job.callSid):
        recordings.delete(recordings_of(job.customerID, job.callSid))
