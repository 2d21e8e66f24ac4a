"""Notes: what representatives write for each other, and for those who teach the AI."""

from typing import Any

import pytest

from tests.builders import ANN, HOTLINE, acme
from tests.world import Answer, World
from ticketing.directory.hooks import ActionType, Hook, HookAction

PATH = "/api/TicketMessages"
CLOSED = {"status": "Closed", "lastMessageDate": "2026-06-01T00:00:00.000Z", "preview": "As it was"}


def add(world: World, by: str = "rep-13", **fields: Any) -> Answer:
    return world.call("POST", PATH, by, {"ticketID": 1, "body": "Careful with her."} | fields)


def note(world: World, **fields: Any) -> Any:
    return add(world, direction="Note", **fields).as_expected(201).json


def ticket(world: World, by: str = "rep-11") -> Any:
    return world.call("GET", "/api/Tickets/1", by).as_expected(200).json


def test_a_note_changes_nothing_that_is_shown_but_the_version(world: World) -> None:
    world.keep(**CLOSED)
    before, version = ticket(world), world.store.kept[1, 1].version
    written = note(world)
    assert ticket(world) == before
    assert world.store.kept[1, 1].version == version + 1
    assert (written["messageID"], written["customerRepID"], written["customerRepName"]) == (1, ANN, "Ann Agent")
    assert world.call("GET", PATH, query="ticketId=1").json["items"] == [written]


def test_a_note_is_found_by_search_as_other_messages_are(world: World) -> None:
    world.keep()
    note(world, body="Platypus")
    assert world.call("GET", "/api/Tickets", query="search=platypus").json["totalCount"] == 1


def test_messages_after_a_note_are_numbered_on(world: World) -> None:
    world.keep()
    add(world, direction="EndUser").as_expected(201)
    note(world)
    assert add(world, body="Yes?").as_expected(201).json["messageID"] == 3
    assert (ticket(world)["preview"], ticket(world)["lastEndUserMessageID"]) == ("Yes?", 1)


def test_a_phone_line_writes_no_note_and_sees_none(world: World) -> None:
    world.keep(channelID=HOTLINE)
    add(world, direction="AI", body="The answer").as_expected(201)
    note(world, feedbackOn=1, body="Wrong answer.")
    add(world, "channel-3", direction="Note").refused(403, "Forbidden", ["/direction"])
    add(world, "channel-3", ticketID=99, direction="Note").refused(403, "Forbidden", ["/direction"])
    patched = world.call("PATCH", "/api/Tickets/1", "channel-3", [{"op": "add", "path": "/summary", "value": "x"}])
    assert patched.as_expected(200).json["aiFeedbackComments"] == []
    assert "Wrong" not in (world.call("GET", "/api/Tickets/1/history-summary", "channel-3").as_expected(200).text or "")
    assert ticket(world)["aiFeedbackComments"] == ["Wrong answer."]


def test_a_phone_lines_replay_shows_no_note(world: World) -> None:
    body = {"status": "Open", "subject": "Call", "channelType": "Phone"}
    world.call("POST", "/api/Tickets", "channel-3", body, idempotency_key="k").as_expected(201)
    add(world, direction="AI").as_expected(201)
    note(world, feedbackOn=1)
    replayed = world.call("POST", "/api/Tickets", "channel-3", body, idempotency_key="k").as_expected(201)
    assert (replayed.headers["Idempotent-Replayed"], replayed.json["aiFeedbackComments"]) == ("true", [])


def test_the_newest_twenty_notes_on_the_ai_are_shown_and_the_newest_first(world: World) -> None:
    world.keep()
    add(world, direction="AI", body="The answer").as_expected(201)
    for number in range(21):
        assert note(world, feedbackOn=1, body=f"{number} " + "x" * 600)["feedbackOn"] == 1
    comments = ticket(world)["aiFeedbackComments"]
    assert [comment.partition(" ")[0] for comment in comments] == [str(number) for number in range(20, 0, -1)]
    assert {len(comment) for comment in comments} == {500}
    note(world)
    assert ticket(world)["aiFeedbackComments"] == comments
    assert world.call("GET", "/api/Tickets").json["items"][0]["aiFeedbackComments"] == comments


@pytest.mark.parametrize("direction", ["EndUser", "Representative", "AI", None])
def test_feedback_is_given_by_notes_alone(world: World, direction: str | None) -> None:
    world.keep()
    add(world, direction="AI").as_expected(201)
    fields: dict[str, Any] = {"feedbackOn": 1} | ({"direction": direction} if direction else {})
    add(world, **fields).refused(400, "InvalidRequest", ["/feedbackOn"])


@pytest.mark.parametrize("feedbackOn", [1, 3, 4, 2**53 - 1])
def test_feedback_is_on_a_message_of_the_ai_on_this_ticket(world: World, feedbackOn: int) -> None:
    world.keep()
    world.keep()
    add(world, direction="EndUser").as_expected(201)
    add(world, direction="AI").as_expected(201)
    note(world)
    for _ in range(4):
        add(world, ticketID=2, direction="AI").as_expected(201)
    add(world, direction="Note", feedbackOn=feedbackOn).refused(400, "InvalidRequest", ["/feedbackOn"])
    note(world, feedbackOn=2)


@pytest.mark.parametrize("feedbackOn", [0, -1, "1", 1.5, True, 2**53])
def test_malformed_feedback(world: World, feedbackOn: object) -> None:
    world.keep()
    add(world, direction="Note", feedbackOn=feedbackOn).refused(400, "InvalidRequest", ["/feedbackOn"])


def test_the_ticket_is_looked_for_before_what_the_note_is_about(world: World) -> None:
    add(world, direction="Note", feedbackOn=1).refused(404, "NotFound")


def test_a_hook_that_calls_others_tells_no_note(world: World) -> None:
    hook = HookAction(actionID=1, hookName=Hook.UserTriggered, type=ActionType.ApiCall, url="https://x.example/")
    world.directory.load(acme(actions=[hook]))
    world.keep()
    add(world, direction="AI").as_expected(201)
    note(world, feedbackOn=1, body="Wrong answer.")
    body = {"ticketIDs": [1], "action": "executeactions", "hookName": "UserTriggered"}
    world.call("PUT", "/api/Tickets/bulk", body=body).as_expected(200)
    assert world.work() == []
    assert len(world.webhooks.taken) == 1
    assert "Wrong" not in str(world.webhooks.taken)


def test_a_ticket_is_unread_from_an_end_users_message_until_it_is_marked_read(world: World) -> None:
    world.keep()
    assert ticket(world)["unread"] is False
    for direction, unread in (("Representative", False), ("EndUser", True), ("Note", True), ("AI", True)):
        add(world, direction=direction).as_expected(201)
        assert ticket(world)["unread"] is unread
    world.call("PUT", "/api/Tickets/bulk", body={"ticketIDs": [1], "action": "read"}).as_expected(200)
    assert ticket(world)["unread"] is False
    add(world, direction="Note").as_expected(201)
    assert ticket(world)["unread"] is False
    add(world, direction="EndUser").as_expected(201)
    assert ticket(world)["unread"] is True
    assert world.call("PUT", "/api/Tickets/1", body=ticket(world) | {"unread": False}).json["unread"] is True
