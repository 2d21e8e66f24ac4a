"""Ports of jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ticketing.jobs.job import Job


class Histories(Protocol):
    """The histories of tickets, as far as they are to be removed."""

    def delete_some(self, customerID: int, ticketID: int) -> bool:
        """Remove some hundred entries of a ticket, and tell whether any may be left; may be repeated."""


class JobQueue(Protocol):
    """The queue of jobs."""

    def send(self, jobs: Sequence[Job]) -> None:
        """Queue jobs, each to be delivered at least once; raises Unavailable."""
