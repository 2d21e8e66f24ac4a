"""Which records of the tickets' stream fire hooks and start pipelines: through the indexer, repeated and split."""

from typing import Any

import pytest

from tests.builders import a_ticket
from tests.hooks.test_hooks import bind
from tests.stream_records import a_batch, a_record
from tests.world import World
from ticketing.errors import Unavailable
from ticketing.jobs.job import FireHook, RunPipeline
from ticketing.tickets.model import Ticket

OPEN = a_ticket(version=4)
CLOSED = a_ticket(version=5, status="Closed")
NEW = a_ticket(isProcessed=False)
RESTORED = {"version": 10_001, "isProcessed": False}


@pytest.fixture(autouse=True)
def actions(world: World) -> None:
    bind(world, *({"type": "SetImportant", "hookName": hook} for hook in ("OnClose", "OnEscalate")))


def told(world: World, *records: dict[str, Any]) -> list[str]:
    """The ids of the jobs that a batch leaves, those of hooks and pipelines."""
    world.jobs.sent.clear()
    assert world.run("indexer", a_batch(*records)) == {"batchItemFailures": []}
    return [job.jobID for job in world.jobs.sent if isinstance(job, FireHook | RunPipeline)]


@pytest.mark.parametrize(
    ("before", "after", "jobs"),
    [
        (None, NEW, ["1-101-1-pipeline"]),
        (None, a_ticket(), []),
        (None, a_ticket(status="Closed", escalated=True), ["1-101-1-OnEscalate", "1-101-1-OnClose"]),
        (OPEN, CLOSED, ["1-101-5-OnClose"]),
        (CLOSED, CLOSED.model_copy(update={"subject": "Another", "version": 6}), []),
        (CLOSED, CLOSED, []),  # kept again with the receipt of a key
        (CLOSED, OPEN.model_copy(update={"version": 6}), []),
        (OPEN, OPEN.model_copy(update={"escalated": True, "version": 5}), ["1-101-5-OnEscalate"]),
        (a_ticket(), a_ticket(version=2, isProcessed=False), []),
        (None, a_ticket(**RESTORED, status="Closed", escalated=True), []),  # was all that before it was lost
        (CLOSED, None, []),
    ],
)
def test_a_record_queues_the_jobs_of_the_hooks_that_it_fires(
    world: World, before: Ticket | None, after: Ticket | None, jobs: list[str]
) -> None:
    assert told(world, a_record(before, after)) == jobs


def test_records_may_be_repeated_and_split_and_name_the_same_jobs(world: World) -> None:
    records = [a_record(None, NEW), a_record(OPEN, CLOSED), a_record(None, a_ticket(ticketID=102, status="Closed"))]
    whole = told(world, *records)
    assert sorted(whole) == ["1-101-1-pipeline", "1-101-5-OnClose", "1-102-1-OnClose"]
    assert sorted(job for record in records for job in told(world, record)) == sorted(whole)
    assert set(told(world, *records, *records)) == set(whole)


def test_what_cannot_be_indexed_keeps_no_new_ticket_and_no_hook_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Unavailable("Not now.")

    monkeypatch.setattr(world.search, "write", fail)
    assert world.run("indexer", a_batch(a_record(None, NEW), a_record(OPEN, CLOSED)))["batchItemFailures"]
    assert {job.jobID for job in world.jobs.sent if isinstance(job, FireHook | RunPipeline)} == {
        "1-101-1-pipeline",
        "1-101-5-OnClose",
    }
