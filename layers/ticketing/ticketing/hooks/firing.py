"""Fires the hooks of changes: what happened to a ticket becomes a job, where the customer has bound an action to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ticketing.directory.hooks import ACTIONS, Hook, HookAction
from ticketing.jobs.job import FireHook

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.jobs.ports import JobQueue
    from ticketing.tickets.changes import TicketChange
    from ticketing.tickets.model import Ticket

RUN_WITH = {Hook.OnEscalate: frozenset({Hook.OnEscalate, Hook.PostEscalate, Hook.OnEscalateFailed})}
"""The hooks whose actions the job of a hook may run, where it is not that one alone."""


def fired_by(change: TicketChange) -> list[Hook]:
    """Return the hooks that a change fires: none of those that led to it, so that hooks which lead to one another
    end."""
    happened = {Hook.OnEscalate: change.escalates, Hook.OnClose: change.closes}
    return [hook for hook, is_so in happened.items() if is_so and hook not in change.ticket.ledBy]


@dataclass(frozen=True)
class Firing:
    """Queues the jobs of hooks; `directory` must not be a cached one. Raises Unavailable."""

    directory: Directory
    queue: JobQueue

    def after(self, changes: Iterable[TicketChange]) -> None:
        """Fire the hooks of changes; the directory is asked only where there are any, once for each customer."""
        self._fire(
            [FireHook.of(change.ticket, hook, change.ticket.ledBy) for change in changes for hook in fired_by(change)]
        )

    def phone_picked_up(self, ticket: Ticket) -> None:
        """Fire OnPhonePickup of a ticket whose call was forwarded."""
        self._fire([FireHook.of(ticket, Hook.OnPhonePickup)])

    def _fire(self, jobs: Sequence[FireHook]) -> None:
        bound = cache(self._bound)
        wanted = [job for job in jobs if bound(job.customerID) & RUN_WITH.get(job.hookName, {job.hookName})]
        if wanted:
            self.queue.send(wanted)

    def _bound(self, customerID: int) -> frozenset[Hook]:
        """Return the hooks to which the customer has bound an action that is on."""
        entries = self.directory.beginning(customerID, ACTIONS).values()
        return frozenset(entry.hookName for entry in entries if isinstance(entry, HookAction) and entry.active)
