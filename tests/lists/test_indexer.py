"""The indexer: events/indexer and other batches of the streams, and what becomes of a record that cannot be entered."""

import json
from typing import Any

import pytest

from tests.builders import a_ticket
from tests.stream_records import a_batch, a_counter_record, a_record
from tests.tables import ROOT
from tests.world import World
from ticketing.errors import Unavailable
from ticketing.jobs.job import CleanUp
from ticketing.lists.query import Filters

EVENTS = ROOT / "events" / "indexer"
EVERYTHING = Filters()


def event(case: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EVENTS / f"{case}.json").read_text())
    return loaded


def handle(world: World, batch: dict[str, Any]) -> list[str]:
    """Hands over a batch; gives the sequence numbers that are to be brought again."""
    return [failure["itemIdentifier"] for failure in world.run("indexer", batch)["batchItemFailures"]]


def words(world: World) -> set[str]:
    return {posting.word for posting in world.search.postings}


def total(world: World) -> int:
    return world.ticket_counts.totals(1, None).total(EVERYTHING)


def numbers(batch: dict[str, Any]) -> list[str]:
    return [record["dynamodb"]["SequenceNumber"] for record in batch["Records"]]


def test_tickets_are_counted_and_found_by_their_newest_subject(world: World) -> None:
    assert handle(world, event("tickets")) == []
    assert total(world) == 2
    assert words(world) == {"where", "is", "my", "parcel", "remboursement"}
    assert world.ticket_counts.counted_tickets(1, [1])[1].version == 2


def test_messages_are_found_by_their_words(world: World) -> None:
    assert handle(world, event("messages")) == []
    assert words(world) == {"ou", "est", "ma", "commande", "退款", "款", "refund"}


def test_a_removed_ticket_is_counted_out_and_cleaned_up(world: World) -> None:
    handle(world, event("tickets"))
    assert handle(world, event("ticket-removed")) == []
    assert total(world) == 1
    assert world.jobs.sent == [CleanUp(customerID=1, ticketID=2, lastMessageID=1)]
    assert "remboursement" not in words(world)


def test_a_removed_message_is_found_no_more(world: World) -> None:
    handle(world, event("messages"))
    assert handle(world, event("message-removed")) == []
    assert words(world) == {"ou", "est", "ma", "commande"}


def test_batches_may_be_repeated_in_any_split(world: World) -> None:
    whole = event("tickets")
    for _ in range(2):
        for record in whole["Records"]:
            assert handle(world, a_batch(record)) == []
        assert handle(world, whole) == []
    assert total(world) == 2
    assert words(world) == {"where", "is", "my", "parcel", "remboursement"}


def test_a_record_that_cannot_be_read_is_named_and_what_is_behind_it_goes_on(world: World) -> None:
    batch = event("one-of-three-is-unreadable")
    assert handle(world, batch) == [numbers(batch)[1]]
    assert words(world) == {"before", "behind"}
    assert total(world) == 2


def test_the_first_of_several_that_fail_is_named(world: World) -> None:
    bad = event("one-of-three-is-unreadable")["Records"][1]
    worse = json.loads(json.dumps(bad))
    worse["dynamodb"]["SequenceNumber"] = "9"
    assert handle(world, a_batch(a_record(None, a_ticket()), bad, worse)) == numbers(a_batch(bad))
    assert total(world) == 1


def test_where_a_dependency_fails_the_rest_waits_for_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fail(*_: Any) -> None:
        tried.append(1)
        raise Unavailable("Not now.")

    monkeypatch.setattr(world.search, "write", fail)
    batch = event("tickets")
    assert handle(world, batch) == numbers(batch)[:1]
    assert len(tried) == 2  # the batch as a whole, and its first record


def test_what_fails_for_a_moment_is_entered_when_it_is_brought_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(world.ticket_counts, "move", lambda _: (_ for _ in ()).throw(Unavailable("Not now.")))
        assert handle(world, event("tickets")) != []
    assert handle(world, event("tickets")) == []
    assert total(world) == 2


def test_a_counter_is_nothing_to_enter(world: World) -> None:
    assert handle(world, a_batch(a_counter_record())) == []
    assert total(world) == 0


def test_a_log_names_the_record(world: World, caplog: pytest.LogCaptureFixture) -> None:
    handle(world, event("one-of-three-is-unreadable"))
    (failed,) = [record for record in caplog.records if record.message == "record failed"]
    assert vars(failed)["keys"] == {"customerID": 1, "ticketID": 3}


def test_every_event_is_tried() -> None:
    source = (ROOT / "tests/lists/test_indexer.py").read_text()
    assert all(f'event("{path.stem}")' in source for path in EVENTS.glob("*.json"))
