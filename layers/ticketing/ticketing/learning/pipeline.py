"""The pipeline of new tickets, in the background: hooks, the spam filter, the topic detector; then they are listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.directory.author import SYSTEM, AuthorKind
from ticketing.directory.hooks import Hook
from ticketing.directory.lookup import customer_settings
from ticketing.jobs.job import RunPipeline

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.hooks.runner import HookRunner
    from ticketing.jobs.ports import JobQueue
    from ticketing.jobs.steps import Steps
    from ticketing.learning.detecting import Detecting
    from ticketing.tickets.changes import TicketChange
    from ticketing.tickets.model import Ticket

SPAM, GOOD = "spam", "good"
"""The answers to the question on which the rest of the run depends."""
ARRIVING = (AuthorKind.visitor, AuthorKind.phone)
"""The authors whose new tickets run through, listed meanwhile, where the customer's settings say so."""


@dataclass(frozen=True)
class NewTickets:
    """Queues the runs of new tickets; raises Unavailable."""

    directory: Directory
    queue: JobQueue

    def after(self, changes: Iterable[TicketChange]) -> None:
        """Queue a run for each ticket that was created and is to run through."""
        new = [change.ticket for change in changes if change.isNew]
        runs = [RunPipeline.of(ticket) for ticket in new if not ticket.isProcessed or self._is_detected(ticket)]
        if runs:
            self.queue.send(runs)

    def _is_detected(self, ticket: Ticket) -> bool:
        arrives = ticket.changedBy is not None and ticket.changedBy.kind in ARRIVING
        return arrives and customer_settings(self.directory, ticket.customerID).detectOnArrival


@dataclass(frozen=True)
class Pipeline:
    """Runs tickets through; whatever a late delivery passes over, it ends with a ticket that is processed."""

    detecting: Detecting
    hooks: HookRunner

    def run(self, steps: Steps, was_spam: bool) -> None:
        """Run the ticket of a job through, which may have been created as spam; raises as HookRunner.run."""
        self.hooks.run(steps, Hook.PreSpam)
        if self._is_spam(steps, was_spam):
            self.hooks.run(steps, Hook.PostSpam)
        else:
            with steps.attempt("detectTopics"):
                self.detecting.set_topics(steps, unless_decided=True)
            self.hooks.run(steps, Hook.PostTopicDetection)
        steps.change("process", _processed, SYSTEM)

    def _is_spam(self, steps: Steps, was_spam: bool) -> bool:
        with steps.attempt("detectSpam"):
            return steps.settled("isSpam", lambda: self._spam_answer(steps, was_spam)) == SPAM
        return False

    def _spam_answer(self, steps: Steps, was_spam: bool) -> str:
        """Ask the spam filter about a ticket that is not known to be spam; close one that was created as spam, and
        leave one that was marked meanwhile as it is."""
        if not steps.ticket().isSpam:
            self.detecting.detect_spam(steps, unless_decided=True)
        elif was_spam:
            self.detecting.close_spam(steps)
        return SPAM if steps.ticket().isSpam else GOOD


def _processed(ticket: Ticket) -> Ticket:
    return ticket.model_copy(update={"isProcessed": True})
