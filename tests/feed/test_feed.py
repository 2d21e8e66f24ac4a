"""GET /api/Changes: a first pass over all tickets, then whatever changes, without a gap."""

import json

import pytest

from tests.builders import ADMIN, ANN, BOB, GLOBEX, a_ticket, acme
from tests.bulk.test_bulk import bulk
from tests.feed.follower import Follower, patch
from tests.stream_records import a_batch, a_record
from tests.world import World
from ticketing.errors import Unavailable
from ticketing.kernel.reply_size import LARGEST, LARGEST_ESCAPED
from ticketing.kernel.seal import sealed


@pytest.fixture
def follower(world: World) -> Follower:
    return Follower(world)


def test_the_first_pass_tells_every_ticket_as_it_is_read(world: World, follower: Follower) -> None:
    for _ in range(5):
        world.keep(customerRepID=ANN, topicIDs=[1])
    follower.size = 2
    follower.catch_up()
    assert follower.told == [1, 2, 3, 4, 5]
    read = {ticketID: world.call("GET", f"/api/Tickets/{ticketID}").json for ticketID in range(1, 6)}
    assert follower.held == read


def test_a_customer_without_tickets_has_a_feed_too(world: World, follower: Follower) -> None:
    follower.catch_up()
    assert follower.told == []
    world.keep()
    follower.catch_up()
    assert follower.told == [1]


def test_what_changes_during_the_first_pass_is_told_after_it(world: World, follower: Follower) -> None:
    for _ in range(4):
        world.keep()
    follower.size = 2
    assert follower.step() is False
    patch(world, 1, subject="Changed behind the pass")
    world.call("DELETE", "/api/Tickets/2").as_expected(204)
    world.call("DELETE", "/api/Tickets/4").as_expected(204)
    follower.catch_up()
    assert {ticketID: ticket["subject"] for ticketID, ticket in follower.held.items()} == {
        1: "Changed behind the pass",
        3: "Where is my parcel?",
    }


def test_changes_are_told_each_ticket_once_a_page_as_it_is_now(world: World, follower: Follower) -> None:
    for _ in range(3):
        world.keep()
    follower.catch_up()
    patch(world, 3, subject="One")
    patch(world, 2, subject="Two")
    patch(world, 3, subject="Three")
    page = follower.ask().as_expected(200).json
    assert [(item["ticketID"], item["version"], item["ticket"]["subject"]) for item in page["items"]] == [
        (3, 3, "Three"),
        (2, 2, "Two"),
    ]
    assert page["isUpToDate"] is True


def test_a_deleted_ticket_is_told_with_its_last_version(world: World, follower: Follower) -> None:
    world.keep()
    follower.catch_up()
    patch(world, subject="Changed")
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    assert follower.ask().json["items"] == [{"ticketID": 1, "version": 3, "ticket": None}]


def test_unprocessed_tickets_are_told(world: World, follower: Follower) -> None:
    world.keep(isProcessed=False)
    follower.catch_up()
    assert follower.held[1]["isProcessed"] is False


def test_now_begins_with_nothing(world: World, follower: Follower) -> None:
    world.keep()
    follower.since = "now"
    page = follower.ask().as_expected(200).json
    assert (page["items"], page["isUpToDate"]) == ([], True)
    follower.since = page["next"]
    world.keep()
    follower.catch_up()
    assert follower.told == [2]


def test_now_on_an_empty_log_misses_nothing(world: World, follower: Follower) -> None:
    follower.since = "now"
    follower.step()
    world.keep()
    follower.catch_up()
    assert follower.told == [1]


def test_a_page_may_end_within_an_entry_of_the_log(world: World, follower: Follower) -> None:
    follower.catch_up()
    tickets = [a_ticket(ticketID=number) for number in range(1, 8)]
    for ticket in tickets:
        world.store.kept[1, ticket.ticketID] = ticket
    world.run("indexer", a_batch(*(a_record(None, ticket) for ticket in tickets)))
    follower.size = 3
    follower.catch_up()
    assert follower.told == [1, 2, 3, 4, 5, 6, 7]


def test_nothing_new_is_answered_with_304_and_anything_new_is_not(world: World, follower: Follower) -> None:
    world.keep()
    follower.catch_up()
    tag = follower.ask().as_expected(200).headers["ETag"]
    assert follower.ask(if_none_match=tag).as_expected(304).headers["ETag"] == tag
    world.clock.pass_(2)
    follower.ask(if_none_match=tag).as_expected(304)
    patch(world, subject="Changed")
    follower.ask(if_none_match=tag).as_expected(200)
    follower.step()
    follower.ask(if_none_match=tag).as_expected(200)


def test_the_tag_of_a_page_with_news_holds_for_what_follows_it(world: World, follower: Follower) -> None:
    follower.catch_up()
    world.keep()
    tag = follower.ask().headers["ETag"]
    follower.step()
    follower.ask(if_none_match=tag).as_expected(304)


def test_a_first_pass_is_never_answered_with_304(world: World, follower: Follower) -> None:
    world.keep()
    tag = follower.ask().headers["ETag"]
    follower.ask(if_none_match=tag).as_expected(200)
    follower.ask(if_none_match="*").as_expected(200)


def test_a_hole_further_on_stops_the_reader_until_it_closes(world: World, follower: Follower) -> None:
    for _ in range(3):
        world.keep()
    follower.catch_up()
    follower.told.clear()
    for ticketID in (1, 2, 3):
        patch(world, ticketID, subject="Changed")
    log = world.feed_log.kept[1]
    hidden = log.pop(max(log) - 1)
    assert follower.step() is False
    assert follower.told == [1]
    log[hidden.number] = hidden
    follower.catch_up()
    assert follower.told == [1, 2, 3]


def test_a_reply_is_never_too_large_for_lambda(world: World, follower: Follower) -> None:
    """The worst case: every character takes four bytes, in the longest fields, of a hundred tickets."""
    largest = {"summary": "\U0001f600" * 10_000, "aiFeedbackComments": ["\\" * 500] * 20, "preview": '"' * 1_000}
    world.directory.load(acme())
    for _ in range(100):
        world.keep(**largest)
    for since in (None, sealed(1, ADMIN, "Administrator", False, 0, 0, None, int(world.clock.seconds()))):
        follower.since, follower.told = since, []
        while True:
            answer = follower.ask()
            text = answer.text or ""
            assert len(text.encode()) < LARGEST + 100_000
            assert len(json.dumps(text, ensure_ascii=False).encode()) < LARGEST_ESCAPED + 100_000
            if follower.step():
                break
        assert sorted(set(follower.told)) == [*range(1, 101)]


def test_customers_are_apart(world: World, follower: Follower) -> None:
    others = Follower(world, "rep-21")
    for each in (follower, others):
        each.catch_up()
    world.keep(customerID=GLOBEX)
    world.keep()
    world.keep(customerID=GLOBEX)
    for each in (follower, others):
        each.catch_up()
    assert (follower.told, others.told) == ([1], [1, 2])


def test_what_is_out_of_reach_is_named_and_not_shown(world: World) -> None:
    ann = Follower(world, "rep-13")
    world.keep(customerRepID=ANN)
    world.keep(customerRepID=BOB)
    ann.catch_up()
    assert ann.told == [1]
    bulk(world, "read", ticketIDs=[2]).as_expected(200)
    patch(world, 1, customerRepID=BOB)
    patch(world, 2, subject="Changed")
    assert ann.ask().json["items"] == [
        {"ticketID": 1, "version": 2, "ticket": None},
        {"ticketID": 2, "version": 2, "ticket": None},
    ]


def test_a_change_is_told_although_it_could_not_be_counted(world: World, follower: Follower) -> None:
    """It is brought again, and told again, which harms nobody."""
    follower.catch_up()
    ticket = a_ticket(ticketID=1)
    world.store.kept[1, 1] = ticket

    def fail(*_: object, **__: object) -> None:
        raise Unavailable("It does not answer.")

    world.search.write, write = fail, world.search.write  # type: ignore[method-assign]
    record = a_record(None, ticket)
    assert world.run("indexer", a_batch(record))["batchItemFailures"]
    follower.catch_up()
    assert follower.told == [1]
    world.search.write = write  # type: ignore[method-assign]
    assert world.run("indexer", a_batch(record)) == {"batchItemFailures": []}
    follower.catch_up()
    assert follower.told == [1, 1]


def test_a_write_that_makes_no_version_is_not_told(world: World, follower: Follower) -> None:
    ticket = world.keep()
    follower.catch_up()
    follower.told.clear()
    world.run("indexer", a_batch(a_record(ticket, ticket)))
    follower.catch_up()
    assert follower.told == []
