"""Checks nothing of a deleted ticket's history comes back by a batch that was set aside before, and is replayed."""

import pytest

from tests.bulk.test_bulk import done, ticket
from tests.stream_records import a_batch, a_record
from tests.world import World


@pytest.mark.parametrize("minutes", [10, 90])
def test_a_replayed_change_of_a_ticket_that_is_gone_leaves_no_history(world: World, minutes: int) -> None:
    world.keep()
    before, follow = ticket(world), world.store.report
    world.store.report = lambda _: None  # the indexer fails, and the change is set aside
    done(world, "close")
    world.store.report = follow
    after = ticket(world)
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    assert world.work() == []
    assert world.histories.kept.get((1, 1), {}) == {}
    world.clock.pass_(minutes * 60)
    assert world.run("indexer", a_batch(a_record(before, after))) == {"batchItemFailures": []}
    assert world.work() == []
    assert world.histories.kept.get((1, 1), {}) == {}
