"""What is sent on: jobs to be done later, events and webhooks by which others learn of changes."""

from collections.abc import Sequence
from typing import Protocol

from ticketing.domain.event import Event
from ticketing.domain.jobs import Job


class JobQueue(Protocol):
    """What is to be done later."""

    def send(self, jobs: Sequence[Job]) -> None:
        """Queues jobs, each to be done at least once; raises Unavailable."""


class EventBus(Protocol):
    """Where others listen for what happens to tickets."""

    def send(self, events: Sequence[Event]) -> None:
        """Tells of changes, each at least once; raises Unavailable."""


class Undelivered(Exception):
    """A call to a customer's own service was not taken; its text says why, without the URL or what was sent."""


class Webhooks(Protocol):
    """Calls to customers' own services."""

    def post(self, url: str, secret: str, delivery: str, body: str) -> None:
        """Posts JSON, signed with the secret of that name; `delivery` is the same whenever the same call is tried
        again. Raises Undelivered, Unavailable."""
