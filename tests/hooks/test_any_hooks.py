"""Whatever actions are bound to whatever hooks, and however the queue brings their jobs: each change fires what it is
to fire, nothing fires what led to it, and all of it ends."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bulk.test_bulk import bulk
from tests.hooks.test_hooks import URL, bind
from tests.world import World
from ticketing.directory.hooks import Hook
from ticketing.jobs.job import FireHook, Job
from ticketing.lists.indexing import MessageChange
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.model import Ticket

HOOKS = ("OnClose", "OnEscalate", "PostEscalate", "OnEscalateFailed", "UserTriggered")
TYPES: tuple[dict[str, Any], ...] = (
    *({"type": kind} for kind in ("Close", "MarkSpam", "NotSpam", "SetImportant", "DeleteAtCleanup")),
    {"type": "Assign", "customerRepID": 13},
    {"type": "Assign", "customerRepID": 0},
    {"type": "ApiCall", "url": URL},
)
ACTIONS = st.lists(
    st.builds(lambda hook, kind: kind | {"hookName": hook}, st.sampled_from(HOOKS), st.sampled_from(TYPES)), max_size=8
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("bulk"), st.sampled_from(["close", "open", "spam", "notspam", "invertstate"])),
        st.tuples(st.just("escalate"), st.booleans()),
        st.tuples(st.just("deliver"), st.integers(0, 5), st.booleans(), st.booleans()),
    ),
    max_size=12,
)
MOST_JOBS = 500


class Run:
    """One ticket and its jobs; every change and every job is remembered."""

    def __init__(self, actions: list[dict[str, Any]]) -> None:
        self.world = World(is_described=False)
        bind(self.world, *actions)
        self.bound = {action["hookName"] for action in actions}
        self.changes: list[tuple[Ticket | None, Ticket]] = []
        self.queued: list[FireHook] = []
        follow = self.world.store.report

        def report(change: TicketChange | MessageChange) -> None:
            if isinstance(change, TicketChange) and not change.isRemoved:
                self.changes.append((change.before, change.ticket))
            follow(change)

        self.world.store.report = report
        self.world.keep()

    def bulk(self, action: str) -> None:
        bulk(self.world, action).as_expected(200)

    def escalate(self, isEscalated: bool) -> None:
        body = {"escalated": isEscalated}
        self.world.call("PATCH", "/api/Tickets/1", body=body, Content_Type="application/merge-patch+json")

    def deliver(self, which: int, is_repeated: bool, fails: bool) -> None:
        """Bring one of the queued jobs, whatever its place; once more later, if it fails or is repeated."""
        jobs = self.world.jobs.sent
        if not jobs:
            return
        self._remember(jobs)
        job = jobs.pop(which % len(jobs))
        others, self.world.jobs.sent = jobs, [job]
        self.world.webhooks.refuses = lambda _: fails
        self.world.work()
        self._remember(self.world.jobs.sent)
        self.world.jobs.sent += [*others, *([job] if is_repeated else [])]

    def settle(self) -> None:
        for _ in range(MOST_JOBS):
            self.deliver(0, False, False)
        assert not self.world.jobs.sent, "hooks go on leading to hooks"

    def _remember(self, jobs: list[Job]) -> None:
        self.queued += [job for job in jobs if isinstance(job, FireHook)]

    def expected(self) -> set[str]:
        """The jobs that the changes must leave."""
        return {
            f"1-1-{after.version}-{hook}"
            for before, after in self.changes
            for hook, state, runs in (
                ("OnClose", "isClosed", {"OnClose"}),
                ("OnEscalate", "escalated", {"OnEscalate", "PostEscalate", "OnEscalateFailed"}),
            )
            if getattr(after, state) and not (before and getattr(before, state))
            if hook not in after.ledBy and runs & self.bound
        }


@settings(max_examples=300)
@given(ACTIONS, STEPS)
def test_every_change_fires_what_it_is_to_fire_and_all_of_it_ends(
    actions: list[dict[str, Any]], steps: list[tuple[Any, ...]]
) -> None:
    run = Run(actions)
    for name, *arguments in steps:
        getattr(run, name)(*arguments)
    run.settle()
    assert {job.jobID for job in run.queued} == run.expected()
    assert all(len(set(after.ledBy)) == len(after.ledBy) for _, after in run.changes)
    assert all(job.hookName not in job.ledBy for job in run.queued)
    assert {job.hookName for job in run.queued} <= {Hook.OnClose, Hook.OnEscalate}
