"""Checks a batch that was set aside and is replayed days later: its jobs were queued, and done, before it failed."""

from typing import Any

from tests.builders import ANN, BOB, a_ticket
from tests.bulk.test_bulk import ticket
from tests.hooks.test_hooks import URL, bind
from tests.stream_records import a_batch, a_record
from tests.world import World
from ticketing.directory.author import Author, AuthorKind
from ticketing.learning.verdict import SpamVerdict
from ticketing.tickets.model import Ticket

DAYS = 2 * 24 * 60 * 60
BY_ADA = Author(kind=AuthorKind.rep, customerRepID=11)


def change(world: World, **fields: Any) -> tuple[Ticket, Ticket]:
    before = ticket(world)
    after = before.model_copy(update=fields).next_version(BY_ADA, before.dateCreated)
    world.store.replace(before, after)
    return before, after


def replay(world: World, record: dict[str, Any]) -> None:
    """Do what `python -m deploy replay` has the indexer do."""
    assert world.run("indexer", a_batch(record)) == {"batchItemFailures": []}
    assert world.work() == []


def test_the_topics_that_a_representative_has_set_since_stay(world: World) -> None:
    world.topics.script = {"parcel": {2: 700}}
    new = a_ticket(ticketID=1, isProcessed=False)
    world.store.create(new)
    world.work()
    assert ticket(world).topicIDs == [2]
    change(world, topicIDs=[1], taughtTopicIDs=[1])
    world.work()
    world.clock.pass_(DAYS)
    replay(world, a_record(None, new))
    assert ticket(world).topicIDs == [1]


def test_a_ticket_that_has_run_through_is_not_closed_as_spam(world: World) -> None:
    new = a_ticket(ticketID=1, isProcessed=False)
    world.store.create(new)
    world.work()
    assert ticket(world).isProcessed
    world.spam.script = {"parcel": SpamVerdict(isSpam=True, score=990)}
    world.clock.pass_(DAYS)
    replay(world, a_record(None, new))
    assert not ticket(world).isClosed


def test_a_hook_that_has_run_does_not_run_again(world: World) -> None:
    bind(world, {"type": "Assign", "customerRepID": ANN, "hookName": "OnClose"})
    world.store.create(a_ticket(ticketID=1))
    closing = change(world, status="Closed", isClosed=True)
    world.work()
    assert ticket(world).customerRepID == ANN
    change(world, customerRepID=BOB)
    world.clock.pass_(DAYS)
    replay(world, a_record(*closing))
    assert ticket(world).customerRepID == BOB


def test_a_service_is_not_called_again(world: World) -> None:
    bind(world, {"type": "ApiCall", "url": URL, "hookName": "OnClose"})
    world.store.create(a_ticket(ticketID=1))
    closing = change(world, status="Closed", isClosed=True)
    world.work()
    world.clock.pass_(DAYS)
    replay(world, a_record(*closing))
    assert len(world.webhooks.taken) == 1
