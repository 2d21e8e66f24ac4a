"""Whatever a function does has a time limit: a request's own, or the function's."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import A_CALL, a_ticket
from tests.gateway import a_record as a_job
from tests.stream_records import a_batch, a_record
from tests.world import Context, World
from ticketing.http.api import LONGEST_REQUEST
from ticketing.jobs.job import CleanUp
from ticketing.kernel.timelimit import MARGIN, time_left

type Watch = Callable[[object, str], list[float]]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Notes the time that is left whenever something is asked of a port."""

    def watching(port: object, name: str) -> list[float]:
        left: list[float] = []
        asked = getattr(port, name)

        def note(*args: Any, **options: Any) -> Any:
            left.append(time_left())
            return asked(*args, **options)

        monkeypatch.setattr(port, name, note)
        return left

    return watching


def test_a_request_has_its_own(world: World, watch: Watch) -> None:
    world.keep()
    left = watch(world.store, "get")
    world.call("GET", "/api/Tickets/1").as_expected(200)
    assert left
    assert max(left) <= LONGEST_REQUEST
    world.patience = MARGIN + 1
    world.call("GET", "/api/Tickets/1").as_expected(200)
    assert left[-1] <= 1


def test_a_bulk_request_has_longer_once_its_tickets_are_read(world: World, watch: Watch) -> None:
    world.keep()
    world.patience = 28
    reading, writing = watch(world.store, "get_many"), watch(world.store, "replace")
    body = {"ticketIDs": [1], "action": "close"}
    world.call("PUT", "/api/Tickets/bulk", body=body).as_expected(200)
    assert reading[0] <= LONGEST_REQUEST < writing[0] <= world.patience - MARGIN


def test_background_work_has_its_functions(world: World, watch: Watch) -> None:
    watched = [watch(world.event_bus, "send"), watch(world.ticket_counts, "move"), watch(world.messages, "delete")]
    watched.append(watch(world.calls, "record"))
    context, batch = Context(), a_batch(a_record(None, a_ticket()))
    assert world.run("publisher", batch, context) == world.run("indexer", batch, context) == {"batchItemFailures": []}
    world.run("worker", {"Records": [a_job("m", CleanUp(customerID=1, ticketID=1, lastMessageID=1))]}, context)
    world.run("recordings", {"Records": [{"s3": {"object": {"key": f"recordings/1/{A_CALL}.mp3"}}}]}, context)
    assert all(left and max(left) <= context.seconds - MARGIN for left in watched)
