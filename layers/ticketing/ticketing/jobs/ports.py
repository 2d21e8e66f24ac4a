"""Ports of jobs."""

from collections.abc import Sequence
from typing import Protocol

from ticketing.jobs.job import Job


class JobQueue(Protocol):
    """The queue of jobs."""

    def send(self, jobs: Sequence[Job]) -> None:
        """Queue jobs, each to be delivered at least once; raises Unavailable."""
