"""The queue of what is to be done later."""

from collections.abc import Sequence
from typing import Protocol

from ticketing.jobs.jobs import Job


class JobQueue(Protocol):
    """What is to be done later."""

    def send(self, jobs: Sequence[Job]) -> None:
        """Queues jobs, each to be done at least once; raises Unavailable."""
