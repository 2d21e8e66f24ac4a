"""GET /api/Tickets/{id}/changes: who changed a ticket, when, and what."""

from typing import Any

import pytest

from tests.builders import A_MOMENT, ADMIN, ANN, BOB, CHAT_TOKEN, a_body, a_ticket, acme
from tests.bulk.test_bulk import bulk
from tests.stream_records import a_batch, a_record
from tests.world import Answer, World
from ticketing.directory.author import SYSTEM
from ticketing.directory.hooks import HookAction
from ticketing.directory.model import Topic
from ticketing.kernel.seal import sealed
from ticketing.learning.verdict import SpamVerdict

MERGE = "application/merge-patch+json"
NOW = "2026-06-15T12:00:00.000Z"
ADA = {"kind": "rep", "customerRepID": ADMIN, "name": "Ada Admin"}
NO_CURSORS = ["x", "%22", *(sealed(*values) for values in [(2, 3), (1,), (1, "3"), (1, True), (1, -1), (1, 2.5), ()])]
ENTRY = {"version", "at", "by", "changes", "score", "truncated"}


def history(world: World, ticketID: int = 1, by: str = "rep-11", **query: Any) -> list[dict[str, Any]]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    answer = world.call("GET", f"/api/Tickets/{ticketID}/changes", by, query=asked).as_expected(200)
    items: list[dict[str, Any]] = answer.json["items"]
    assert all(item.keys() == ENTRY for item in items)
    return items


def made(world: World, **fields: Any) -> None:
    world.call("POST", "/api/Tickets", body=a_body(**fields)).as_expected(201)


def patch(world: World, by: str = "rep-11", **fields: Any) -> Answer:
    return world.call("PATCH", "/api/Tickets/1", by, fields, content_type=MERGE).as_expected(200)


def other(kind: str, name: str | None = None) -> dict[str, Any]:
    return {"kind": kind, "customerRepID": None, "name": name}


def test_a_creation_has_every_field_that_has_a_value(world: World) -> None:
    made(world, uid="jane@doe.example", customerRepID=ANN)
    assert history(world) == [
        {
            "version": 1,
            "at": NOW,
            "by": ADA,
            "changes": {
                "status": [None, "Open"],
                "subject": [None, "Where is my parcel?"],
                "channelType": [None, "Email"],
                "customerRepID": [None, ANN],
                "escalated": [None, False],
                "isSpam": [None, False],
                "isImportant": [None, False],
                "isClosed": [None, False],
                "isProcessed": [None, True],
                "uid": [None, "jane@doe.example"],
                "ticketID": [None, 1],
                "dateCreated": [None, NOW],
                "hasRecording": [None, False],
            },
            "score": None,
            "truncated": False,
        }
    ]


def test_every_version_tells_what_it_changed_newest_first(world: World) -> None:
    made(world)
    world.clock.pass_(1.5)
    patch(world, subject="Another", isImportant=True)
    bulk(world, "close").as_expected(200)
    closed, changed, created = history(world)
    assert [closed["version"], changed["version"], created["version"]] == [3, 2, 1]
    assert changed["changes"] == {"subject": ["Where is my parcel?", "Another"], "isImportant": [False, True]}
    assert (changed["at"], changed["by"]) == ("2026-06-15T12:00:01.500Z", ADA)
    assert closed["changes"].keys() == {"status", "isClosed", "closeDate"}


def test_a_message_stands_without_its_text(world: World) -> None:
    made(world)
    body = {"ticketID": 1, "body": "Hello", "direction": "AI"}
    world.call("POST", "/api/TicketMessages", "rep-13", body).as_expected(201)
    entry = history(world)[0]
    assert entry["changes"]["messages"] == [None, {"messageID": 1, "direction": "AI"}]
    assert entry["by"] == {"kind": "rep", "customerRepID": ANN, "name": "Ann Agent"}


def test_a_chat_that_a_visitor_began_has_its_first_message(world: World) -> None:
    chat = {"channelToken": CHAT_TOKEN, "message": "Hello"}
    world.call("POST", "/api/Tickets/createchatticket", None, chat, origin="https://shop.example").as_expected(201)
    (entry,) = history(world)
    assert entry["by"] == other("visitor")
    assert entry["changes"]["messages"] == [None, {"messageID": 1, "direction": "EndUser"}]
    assert "token" not in entry["changes"]


def test_a_read_mark_changes_nothing_that_is_shown(world: World) -> None:
    made(world)
    world.call("POST", "/api/TicketMessages", "rep-13", {"ticketID": 1, "body": "Hello"}).as_expected(201)
    bulk(world, "read").as_expected(200)
    assert (history(world)[0]["version"], history(world)[0]["changes"]) == (3, {})


def test_topics_stand_by_their_names_as_far_as_there_are_any(world: World) -> None:
    made(world)
    bulk(world, "updatetopics", topicIds=[2, 1]).as_expected(200)
    assert history(world)[0]["changes"] == {"topics": [[], ["Delivery", "Billing"]]}
    del world.directory.kept[1, "topic#2"]
    world.clock.pass_(60)
    assert history(world)[0]["changes"] == {"topics": [[], ["Billing"]]}


def test_the_filter_and_the_detector_tell_their_scores(world: World) -> None:
    world.spam.script = {"parcel": SpamVerdict(isSpam=True, score=990)}
    world.topics.script = {"parcel": {2: 800, 1: 20}}
    made(world)
    bulk(world, "detectspam")
    bulk(world, "detecttopics")
    world.work()
    topics, spam, _ = history(world)
    assert (spam["by"], spam["score"], spam["changes"]["isSpam"]) == (other("filter"), 0.99, [False, True])
    assert (topics["by"], topics["score"]) == (other("filter"), {"Delivery": 0.8, "Billing": 0.02})


def test_a_hook_stands_by_its_name(world: World) -> None:
    action = {"actionID": 1, "hookName": "OnClose", "type": "SetImportant"}
    world.directory.load(acme(actions=[HookAction.model_validate(action)]))
    made(world)
    bulk(world, "executeactions", hookName="OnClose")
    world.work()
    assert history(world)[0]["by"] == other("hook", "OnClose")


def test_long_texts_are_cut_and_marked(world: World) -> None:
    made(world, summary="s" * 1_000)
    patch(world, summary="é" * 1_001)
    cut, whole = history(world)
    assert (cut["changes"], cut["truncated"]) == ({"summary": ["s" * 1_000, "é" * 1_000]}, True)
    assert whole["truncated"] is False


def test_pages_follow_on_each_other(world: World) -> None:
    made(world)
    for number in range(4):
        patch(world, subject=f"{number}")
    read: list[int] = []
    query = "pageSize=2"
    while query:
        page = world.call("GET", "/api/Tickets/1/changes", query=query).as_expected(200).json
        read += [item["version"] for item in page["items"]]
        query = page["nextCursor"] and f"pageSize=2&cursor={page['nextCursor']}"
    assert read == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("cursor", NO_CURSORS)
def test_a_cursor_that_is_no_place_in_this_history_is_refused(world: World, cursor: str) -> None:
    made(world)
    world.call("GET", "/api/Tickets/1/changes", query=f"cursor={cursor}").refused(400, "InvalidCursor", ["cursor"])


def test_a_damaged_cursor_is_refused_before_the_ticket_is_looked_for(world: World) -> None:
    world.call("GET", "/api/Tickets/x/changes", query="cursor=x").refused(400, "InvalidCursor")
    world.call("GET", "/api/Tickets/x/changes").refused(404, "NotFound")


def test_a_history_is_read_by_those_who_may_read_the_ticket(world: World) -> None:
    made(world, customerRepID=BOB)
    path = "/api/Tickets/1/changes"
    assert [world.call("GET", path, by).status for by in ("rep-11", "rep-12", "rep-14")] == [200] * 3
    for by in ("rep-13", "rep-15"):
        world.call("GET", path, by).refused(403, "Forbidden")
    world.call("GET", path, "rep-21").refused(404, "NotFound")
    world.call("GET", path, "channel-3").refused(403, "Forbidden")


def test_a_deleted_tickets_history_goes_with_it(world: World) -> None:
    made(world)
    patch(world, subject="Another")
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    world.call("GET", "/api/Tickets/1/changes").refused(404, "NotFound")
    assert world.work() == []
    assert not any(world.histories.kept.values())


def test_the_indexer_keeps_entries_of_changes_that_have_an_author(world: World) -> None:
    first = a_ticket(changedBy=SYSTEM, changedAt=A_MOMENT)
    second = first.model_copy(update={"subject": "Another"}).next_version(SYSTEM, A_MOMENT)
    older = a_ticket(ticketID=102)
    with_receipt = second.model_copy()
    batch = a_batch(
        a_record(None, first, "one"),
        a_record(first, second, "two"),
        a_record(second, with_receipt, "three"),
        a_record(None, older),
    )
    for _ in range(2):
        assert world.run("indexer", batch) == {"batchItemFailures": []}
    entries = world.histories.kept[1, 101]
    assert [(entry.version, entry.request) for entry in entries.values()] == [(1, "one"), (2, "two")]
    assert entries[2].changes == {"subject": ["Where is my parcel?", "Another"]}
    assert (1, 102) not in world.histories.kept


def test_the_indexer_keeps_nothing_of_what_is_removed_in_the_same_batch(world: World) -> None:
    ticket = a_ticket(changedBy=SYSTEM, changedAt=A_MOMENT)
    world.run("indexer", a_batch(a_record(None, ticket), a_record(ticket, None)))
    assert world.histories.kept == {}


def test_a_renamed_topic_has_its_new_name(world: World) -> None:
    made(world)
    bulk(world, "updatetopics", topicIds=[1]).as_expected(200)
    world.directory.kept[1, "topic#1"] = Topic(topicID=1, name="Invoices")
    assert history(world)[0]["changes"] == {"topics": [[], ["Invoices"]]}


def test_a_replayed_change_of_a_ticket_that_is_gone_leaves_no_history(world: World) -> None:
    """It was set aside when the indexer failed, and is entered when the ticket has been cleaned up."""
    made(world)
    before = world.store.kept[1, 1]
    patch(world, subject="Changed")
    after = world.store.kept[1, 1]
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    assert world.work() == []
    assert world.run("indexer", a_batch(a_record(before, after))) == {"batchItemFailures": []}
    assert world.histories.kept[1, 1].keys() == {after.version}
    assert world.work() == []
    assert not any(world.histories.kept.values())
