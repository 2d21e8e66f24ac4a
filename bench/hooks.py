"""Measures the consumption of hooks and the pipeline, beside the changes themselves: `python -m bench.hooks`.

Prints a table of requests to DynamoDB with their units, and of messages on the job queue. Indexing is not in it: it
costs the same with hooks and without.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.command import command_line
from bench.meter import Meter
from tests.backends import application_on, directory_on
from tests.builders import a_ticket, acme
from tests.engines import dynoxide, tables_at
from tests.learning.fakes import ScriptedSpamFilter, ScriptedTopicDetector
from tests.lists.fakes import InMemoryJobs
from ticketing.application import Application
from ticketing.directory.hooks import ActionType, Hook, HookAction
from ticketing.jobs.job import FireHook, RunPipeline
from ticketing.jobs.steps import Steps
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.ports import Receipts
from ticketing.learning.verdict import SpamVerdict
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.model import Ticket
from ticketing.tickets.revision import Revisions

ACTIONS = [HookAction(actionID=1, hookName=hook, type=ActionType.SetImportant) for hook in (Hook.OnClose, Hook.PreSpam)]
OPEN = a_ticket(version=1)
CLOSED = a_ticket(version=2, status="Closed")
type Work = Callable[[], object]


@dataclass(frozen=True)
class Bench:
    """Jobs of one customer, whose filter finds no spam and whose detector finds a topic."""

    application: Application
    jobs: InMemoryJobs

    def works(self, bound: str) -> Iterator[tuple[str, Work]]:
        """Return what is measured, by name."""
        yield f"indexer, a change that fires nothing, {bound}", self.told(TicketChange(OPEN, before=OPEN))
        yield f"indexer, a ticket that is closed, {bound}", self.told(TicketChange(CLOSED, before=OPEN))
        yield f"indexer, 100 tickets that are closed, {bound}", self.told(*[TicketChange(CLOSED, before=OPEN)] * 100)
        yield f"worker, a hook, {bound}", self.fired(self.kept(101, status="Closed"))
        yield (
            f"worker, a hook that changes nothing, {bound}",
            self.fired(self.kept(103, status="Closed", isImportant=True)),
        )
        yield f"worker, a ticket that runs through, {bound}", self.run(self.kept(102, isProcessed=False))

    def told(self, *changes: TicketChange) -> Work:
        """Return what the indexer does for hooks and the pipeline after changes."""

        def tell() -> None:
            self.application.new_tickets.after(changes)
            self.application.firing.after(changes)

        return tell

    @property
    def _stores(self) -> tuple[Revisions, Receipts]:
        return self.application.revisions, self.application.adapters.receipts

    def fired(self, ticket: Ticket) -> Work:
        steps = Steps(*self._stores, FireHook.of(ticket, Hook.OnClose), _deadline())
        return lambda: self.application.hooks.run_fired(steps, Hook.OnClose)

    def run(self, ticket: Ticket) -> Work:
        steps = Steps(*self._stores, RunPipeline.of(ticket), _deadline())
        return lambda: self.application.pipeline.run(steps, was_spam=ticket.isSpam)

    def kept(self, ticketID: int, **fields: object) -> Ticket:
        """Keep a ticket of this world."""
        ticket = a_ticket(ticketID=ticketID, **fields)
        self.application.adapters.tickets.create(ticket)
        return ticket


def _deadline() -> Deadline:
    return Deadline(time.monotonic() + 60)


def main() -> None:
    """Measure and print."""
    command_line(__doc__).parse_args()
    print("| what | requests | read units | write units | jobs queued |\n|---|---|---|---|---|")
    for bound, actions in (("nothing bound", []), ("an action bound", ACTIONS)):
        with dynoxide() as url:
            tables, meter, jobs = tables_at(url), Meter(latency=0), InMemoryJobs()
            directory_on(tables).load(acme(actions=actions))
            adapters = (application := application_on(tables)).adapters
            adapters.jobs = jobs
            adapters.spam_filter = ScriptedSpamFilter({"parcel": SpamVerdict(isSpam=False, score=12)})
            adapters.topic_detector = ScriptedTopicDetector({"parcel": {2: 700}})
            meter.attach(tables.client)
            for name, work in Bench(application, jobs).works(bound):
                meter.reset()
                jobs.sent.clear()
                work()
                print(f"| {name} | {meter.requests} | {meter.read:g} | {meter.written:g} | {len(jobs.sent)} |")


if __name__ == "__main__":
    main()
