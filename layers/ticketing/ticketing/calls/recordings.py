"""Recordings of calls: they arrive, before their ticket or after it, are played, and are removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from ticketing.calls.call import Recording, recordings_of
from ticketing.directory.author import SYSTEM
from ticketing.directory.principal import Automation, Principal
from ticketing.errors import NotFound, RecordingNotFound
from ticketing.kernel.instant import Instant, canonical
from ticketing.kernel.model import Model

if TYPE_CHECKING:
    from ticketing.calls.ports import CallStore, RecordingStore
    from ticketing.jobs.job import CleanUp
    from ticketing.kernel.deadline import Deadline
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.revision import Revisions

PLAYABLE_FOR = 300
"""Seconds for which the URL of a recording holds."""


class Playable(Model):
    """The URL at which a recording can be played until `expiresAt`, and its type and length."""

    url: str = Field(description="The address at which the recording can be played; no token is needed there.")
    expiresAt: Instant = Field(description="The moment until which it can be played.")
    contentType: str = Field(description="The sound's media type.")
    contentLength: int = Field(description="Its size in bytes.")


@dataclass(frozen=True)
class Arrivals:
    """Marks the tickets of calls whose recordings have arrived."""

    tickets: Revisions
    calls: CallStore

    def arrived(self, recording: Recording, deadline: Deadline) -> int | None:
        """Note a recording on its call and on the ticket that has the call; return that ticketID. May be repeated.

        A ticket that takes the call later finds the recording by itself. Raises Conflict, Unavailable.
        """
        ticketID = self.calls.record(recording)
        if ticketID is None:
            return None

        def with_recording(ticket: Ticket) -> Ticket:
            held = ticket.twilio_CallSid == recording.callSid
            return ticket.model_copy(update={"hasRecording": True}) if held else ticket

        try:
            automation = Automation(recording.customerID, SYSTEM)
            ticket = self.tickets.existing(recording.customerID, ticketID)
            ticket = self.tickets.revise(automation, ticket, with_recording, deadline)
        except NotFound:
            return None
        # a ticket that was deleted, or has given the call back: whoever takes it finds the recording
        return ticketID if ticket.twilio_CallSid == recording.callSid else None


@dataclass(frozen=True)
class Playback:
    """Gives representatives the recordings of the tickets that they may read."""

    tickets: Revisions
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
    if job.callSid and calls.forget(job.customerID, job.ticketID, job.callSid):
        recordings.delete(recordings_of(job.customerID, job.callSid))
