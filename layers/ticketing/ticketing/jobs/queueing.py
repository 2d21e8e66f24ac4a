"""Queues the jobs that changes of tickets leave to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.jobs.job import CleanUp, Job, LastLesson, Teach

if TYPE_CHECKING:
    from ticketing.jobs.ports import JobQueue
    from ticketing.tickets.changes import TicketChange


@dataclass(frozen=True)
class JobQueueing:
    """Queues jobs; raises Unavailable."""

    queue: JobQueue

    def after(self, changes: Sequence[TicketChange]) -> None:
        """Have what was removed cleaned up, and what representatives found learnt; each once."""
        self._send({job.model_dump_json(): job for change in changes if (job := _job_after(change))})

    def orphaned(self, messages: Mapping[tuple[int, int], int]) -> None:
        """Have the messages cleaned up that tickets (customerID, ticketID) left behind, up to these messageIDs."""
        self._send(
            {
                str(key): CleanUp(customerID=key[0], ticketID=key[1], lastMessageID=last)
                for key, last in messages.items()
            }
        )

    def orphaned_calls(self, calls: Mapping[tuple[int, int], str]) -> None:
        """Have the calls cleaned up that tickets (customerID, ticketID) left behind."""
        self._send(
            {
                str(key): CleanUp(customerID=key[0], ticketID=key[1], lastMessageID=0, callSid=callSid)
                for key, callSid in calls.items()
            }
        )

    def _send(self, jobs: Mapping[str, Job]) -> None:
        if jobs:
            self.queue.send(list(jobs.values()))


def _job_after(change: TicketChange) -> Job | None:
    ticket = change.ticket
    if not change.isRemoved:
        return Teach(customerID=ticket.customerID, ticketID=ticket.ticketID) if change.hasLesson else None
    return CleanUp(
        customerID=ticket.customerID,
        ticketID=ticket.ticketID,
        lastMessageID=ticket.lastMessageID,
        callSid=ticket.twilio_CallSid,
        lesson=LastLesson.of(ticket) if ticket.teaches else None,
    )
