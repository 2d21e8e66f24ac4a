"""Runs one action over many tickets: each is permitted, decided and written as the change of a single ticket is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from ticketing.bulk.actions import bulk_effect
from ticketing.bulk.change import TIME_WAS_UP, BulkChange, Outcome, require_time
from ticketing.bulk.references import require_references
from ticketing.bulk.request import BulkResult, BulkUpdateRequest
from ticketing.directory.lookup import customer_settings
from ticketing.errors import TicketingError, Unavailable
from ticketing.kernel.retries import AT_ONCE
from ticketing.kernel.timelimit import prolong
from ticketing.telemetry import logger

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.directory.principal import Principal
    from ticketing.jobs.job import Job
    from ticketing.jobs.ports import JobQueue
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.idempotency import IdempotencyKey, Once
    from ticketing.kernel.ports import Receipt, Receipts
    from ticketing.tickets.revision import Revisions

ENDING = 4.0
"""Seconds after the deadline within which what is under way ends, and the result is kept."""
SENT_TOGETHER = 10
"""Jobs put on the queue in one go: those that fail together are reported together."""


@dataclass(frozen=True)
class BulkAnswer:
    """The JSON of a BulkResult, made now or (`replayed`) by an earlier request with the same key."""

    body: str
    replayed: bool = False


@dataclass(frozen=True)
class BulkUpdates:
    """Works through the tickets of a request, many at a time, and stops at the deadline."""

    tickets: Revisions
    receipts: Receipts
    directory: Directory
    once: Once
    jobs: JobQueue
    executor: Callable[[], Executor]

    def answer(
        self, caller: Principal, update: BulkUpdateRequest, key: IdempotencyKey | None, deadline: Deadline
    ) -> BulkAnswer:
        """Do the action, once per key; raises KeyReused, KeyInUse, InvalidRequest, Unavailable before anything is
        done."""

        def work() -> str:
            return self._result(self._change(caller, update, deadline), key).model_dump_json()

        return BulkAnswer(*self.once.answer(key, work)) if key else BulkAnswer(work())

    def _change(self, caller: Principal, update: BulkUpdateRequest, deadline: Deadline) -> BulkChange:
        require_references(self.directory, caller.customerID, update)
        settings = customer_settings(self.directory, caller.customerID)
        effect = bulk_effect(update, self.tickets.now(), settings.cleanupDays)
        return BulkChange(self.tickets, self.receipts, caller, update, effect, deadline)

    def _result(self, change: BulkChange, key: IdempotencyKey | None) -> BulkResult:
        parts = self._parts(change.update.ticketIDs, key)
        refused = self._refused(change, parts)
        jobs = {
            ticketID: job
            for ticketID in change.update.ticketIDs
            if ticketID not in refused and (job := change.job(ticketID, parts.get(ticketID)))
        }
        refused |= self._unsent(jobs, change.deadline)
        _log(refused.values())
        return BulkResult.of(change.update, refused, jobs.keys())

    def _parts(self, ticketIDs: Sequence[int], key: IdempotencyKey | None) -> Mapping[int, Receipt]:
        seconds = int(self.tickets.now().timestamp())
        return {ticketID: key.part(ticketID, seconds) for ticketID in ticketIDs} if key else {}

    def _refused(self, change: BulkChange, parts: Mapping[int, Receipt]) -> dict[int, TicketingError]:
        """Change every ticket that an earlier request with the key has not changed; return the refusals by ticketID."""
        seconds = int(self.tickets.now().timestamp())
        found = self.tickets.store.get_many(change.caller.customerID, change.update.ticketIDs)
        # read after the tickets: a ticket that an earlier request had removed by then has its receipt by now
        done = self.receipts.known([part.key for part in parts.values()], seconds)
        prolong(change.deadline.remaining + ENDING)  # from here on the result knows which changes are made
        left = (each for each in change.update.ticketIDs if each not in parts or parts[each].key not in done)
        return self._at_once(list(left), lambda ticketID: change.outcome(found.get(ticketID), parts.get(ticketID)))

    def _at_once(self, ticketIDs: Sequence[int], outcome: Callable[[int], Outcome]) -> dict[int, TicketingError]:
        """Return the refusals by ticketID. Each thread takes the next ticket when it is done with one: to hand out each
        by itself takes half as long again on two processors."""
        refused: dict[int, TicketingError] = {}
        left = iter(ticketIDs)

        def work() -> None:
            for ticketID in left:
                if refusal := outcome(ticketID):
                    refused[ticketID] = refusal

        working = [self.executor().submit(work) for _ in range(AT_ONCE)]
        wait(working)
        for each in working:
            each.result()
        return refused

    def _unsent(self, jobs: Mapping[int, Job], deadline: Deadline) -> dict[int, TicketingError]:
        batches = list(batched(jobs.items(), SENT_TOGETHER, strict=False))
        outcomes = self.executor().map(lambda batch: self._sent([job for _, job in batch], deadline), batches)
        return {
            ticketID: outcome
            for batch, outcome in zip(batches, outcomes, strict=True)
            for ticketID, _ in batch
            if outcome is not None
        }

    def _sent(self, jobs: Sequence[Job], deadline: Deadline) -> Outcome:
        try:
            require_time(deadline)
            self.jobs.send(jobs)
        except Unavailable as refusal:
            return refusal
        return None


def _log(refusals: Iterable[TicketingError]) -> None:
    """Log each dependency failure once, with its number of tickets. Timeouts are left out: the reply names them."""
    failures = Counter(refusal.about for refusal in refusals if isinstance(refusal, Unavailable))
    del failures[TIME_WAS_UP]
    for about, tickets in failures.items():
        logger().warning("dependency failed", extra={"about": about, "tickets": tickets})
