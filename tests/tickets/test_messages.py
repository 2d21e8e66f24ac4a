"""GET and POST /api/TicketMessages."""

import json
from typing import Any

import pytest

from tests.builders import ANN, BOB, HOTLINE
from tests.tickets.said import LATER, NOW, PATH, add, added, page, ticket
from tests.world import World
from ticketing.directory.model import Rep
from ticketing.kernel.ports import Contended
from ticketing.tickets.messages import Message


def test_a_message_is_answered_as_it_is_read(world: World) -> None:
    world.keep()
    answer = add(world)
    assert "Location" not in answer.as_expected(201).headers
    expected = {"messageID": 1, "ticketID": 1, "direction": "EndUser", "body": "Where is it?", "dateCreated": NOW}
    unsaid = dict.fromkeys(["from", "to", "subject", "pageUrl", "lang", "feedbackOn"])
    writer = {"customerRepID": 11, "customerRepName": "Ada Admin"}
    assert answer.json == expected | unsaid | writer | {"isRead": False}
    assert page(world) == {
        "items": [answer.json],
        "totalCount": 1,
        "totalPages": 1,
        "pageNumber": 1,
        "pageSize": 10,
    }


def test_every_field_comes_back_as_it_was_sent(world: World) -> None:
    world.keep()
    fields = {"body": " \u202eÜ\r\n\t\N{GRINNING FACE} ", "from": "", "to": "t" * 254, "subject": "s" * 500}
    message = added(world, direction="AI", **fields)
    assert message | fields == message
    assert message["direction"] == "AI"
    assert page(world)["items"] == [message]


@pytest.mark.parametrize(
    ("by", "direction", "customerRepID", "customerRepName"),
    [
        ("rep-11", "Representative", 11, "Ada Admin"),
        ("rep-13", "Representative", 13, "Ann Agent"),
        ("channel-3", "EndUser", None, None),
    ],
)
def test_a_message_is_its_writers(
    world: World, by: str, direction: str, customerRepID: int | None, customerRepName: str | None
) -> None:
    world.keep(channelID=HOTLINE, status="Closed")
    body = {"ticketID": 1, "body": "Hello"}
    message = world.call("POST", PATH, by, body).as_expected(201).json
    assert message["direction"] == direction
    assert (message["customerRepID"], message["customerRepName"]) == (customerRepID, customerRepName)
    assert page(world)["items"] == [message]
    assert ticket(world)["isClosed"] is (direction == "Representative")


@pytest.mark.parametrize("direction", ["EndUser", "AI"])
def test_a_representative_who_notes_what_another_said_is_its_writer(world: World, direction: str) -> None:
    world.keep()
    message = added(world, "rep-13", direction=direction)
    assert (message["direction"], message["customerRepID"]) == (direction, ANN)


def test_a_writer_is_named_as_the_directory_names_them_now(world: World) -> None:
    world.keep()
    added(world, "rep-13")
    world.directory.kept[1, "rep#13"] = Rep(repID=ANN, name="Anna", role="Agent", active=False)
    world.clock.pass_(61)
    assert page(world)["items"][0]["customerRepName"] == "Anna"
    del world.directory.kept[1, "rep#13"]
    world.clock.pass_(61)
    (message,) = page(world)["items"]
    assert (message["customerRepID"], message["customerRepName"]) == (ANN, None)


def test_what_was_kept_before_writers_were_has_none(world: World) -> None:
    world.keep(lastMessageID=1)
    world.messages.keep(Message(customerID=1, ticketID=1, messageID=1, body="Hello", dateCreated=NOW))
    (message,) = page(world)["items"]
    assert (message["customerRepID"], message["customerRepName"]) == (None, None)


def test_messages_are_numbered_per_ticket_without_gaps(world: World) -> None:
    world.keep()
    world.keep()
    assert [added(world)["messageID"] for _ in range(3)] == [1, 2, 3]
    assert added(world, ticketID=2)["messageID"] == 1


def test_the_ticket_shows_what_a_message_changes_in_the_same_version(world: World) -> None:
    world.keep(preview="before")
    added(world, body="x" * 300)
    now = ticket(world)
    assert (now["lastMessageDate"], now["preview"], now["lastEndUserMessageID"]) == (NOW, "x" * 200, 1)
    assert world.call("GET", "/api/Tickets/1").headers["ETag"] == '"2"'
    world.clock.pass_(60)
    added(world, body="answer", direction="Representative")
    now = ticket(world)
    assert (now["lastMessageDate"], now["preview"], now["lastEndUserMessageID"]) == (LATER, "answer", 1)


def test_a_later_date_that_the_ticket_has_stays(world: World) -> None:
    world.keep(lastMessageDate=LATER)
    added(world)
    assert ticket(world)["lastMessageDate"] == LATER


@pytest.mark.parametrize(
    ("direction", "isSpam", "status"),
    [
        ("EndUser", False, "Open"),
        ("EndUser", True, "Closed"),
        ("Representative", False, "Closed"),
        ("AI", False, "Closed"),
    ],
)
def test_an_end_user_reopens_a_closed_ticket_unless_it_is_spam(
    world: World, direction: str, isSpam: bool, status: str
) -> None:
    world.keep(status="Closed", isSpam=isSpam)
    added(world, direction=direction)
    now = ticket(world)
    assert (now["status"], now["isClosed"], now["closeDate"] is None) == (status, status == "Closed", status == "Open")


def test_what_is_read_is_what_the_ticket_was_marked_read_at(world: World) -> None:
    world.keep()
    added(world)
    world.call("PUT", "/api/Tickets/bulk", body={"ticketIDs": [1], "action": "read"}).as_expected(200)
    added(world)
    assert [message["isRead"] for message in page(world)["items"]] == [True, False]


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({"body": None}, ["/body"]),
        ({"body": "x" * 50_001}, ["/body"]),
        ({"ticketID": "1"}, ["/ticketID"]),
        ({"ticketID": 0}, ["/ticketID"]),
        ({"direction": "enduser"}, ["/direction"]),
        ({"direction": None}, ["/direction"]),
        ({"customerRepID": 11, "pageUrl": "https://shop.example"}, ["/customerRepID", "/pageUrl"]),
        ({"direction": 1, "to": 2, "subject": "s" * 501}, ["/direction", "/subject", "/to"]),
        ({"from": "f" * 255}, ["/from"]),
        ({"sender": "jane"}, ["/sender"]),
        ({"messageID": 1, "isRead": True, "a/b": 1}, ["/a~1b", "/isRead", "/messageID"]),
        ({"body": "\x00"}, None),
    ],
)
def test_a_malformed_message(world: World, fields: dict[str, Any], pointers: list[str] | None) -> None:
    world.keep()
    add(world, **fields).refused(400, "InvalidRequest", pointers)
    assert page(world)["totalCount"] == 0


def test_a_body_of_the_greatest_length_in_any_script(world: World) -> None:
    world.keep()
    text = "\N{GRINNING FACE}" * 50_000
    body = json.dumps({"ticketID": 1, "body": text}, ensure_ascii=False)
    assert world.call("POST", PATH, body=body).as_expected(201).json["body"] == text


@pytest.mark.parametrize(
    ("by", "status", "code"),
    [
        ("rep-11", 201, None),
        ("rep-14", 201, None),
        ("rep-13", 403, "Forbidden"),
        ("rep-15", 403, "Forbidden"),
        ("rep-21", 404, "NotFound"),
        ("channel-3", 201, None),
        ("channel-4", 403, "ChannelMismatch"),
        ("channel-9", 404, "NotFound"),
    ],
)
def test_who_may_add_a_message_to_bobs_call(world: World, by: str, status: int, code: str | None) -> None:
    world.keep(customerRepID=BOB, channelID=HOTLINE)
    answer = add(world, by)
    assert (answer.status, answer.code) == (status, code)


def test_a_message_with_a_key_is_added_once(world: World) -> None:
    world.keep()
    body = {"ticketID": 1, "body": "Where is it?"}
    first = world.call("POST", PATH, body=body, Idempotency_Key="k").as_expected(201)
    second = world.call("POST", PATH, body=body, Idempotency_Key="k").as_expected(201)
    assert second.json == first.json
    assert ("Idempotent-Replayed" in first.headers, second.headers["Idempotent-Replayed"]) == (False, "true")
    other = world.call("POST", PATH, body=body | {"body": "Where?"}, Idempotency_Key="k")
    other.refused(422, "KeyReused")
    assert page(world)["totalCount"] == 1


def test_a_replay_shows_the_message_as_it_is_now(world: World) -> None:
    world.keep()
    body = {"ticketID": 1, "body": "Where is it?"}
    world.call("POST", PATH, body=body, Idempotency_Key="k").as_expected(201)
    world.call("PUT", "/api/Tickets/bulk", body={"ticketIDs": [1], "action": "read"}).as_expected(200)
    assert world.call("POST", PATH, body=body, Idempotency_Key="k").json["isRead"] is True
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    world.call("POST", PATH, body=body, Idempotency_Key="k").refused(404, "NotFound")


def test_two_at_once_both_get_in(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: added(world, body="the other"))
    assert added(world, body="mine")["messageID"] == 2
    assert [message["body"] for message in page(world)["items"]] == ["the other", "mine"]
    assert ticket(world)["preview"] == "mine"


def test_a_ticket_that_is_deleted_meanwhile_takes_no_message(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: world.call("DELETE", "/api/Tickets/1"))
    add(world).refused(404, "NotFound")
    assert not any(world.messages.kept.values())


def test_a_message_that_always_loses_is_a_conflict_with_a_key_too(world: World) -> None:
    world.keep()
    world.patience = 0

    def lose() -> None:
        raise Contended

    world.store.interfere = lose
    assert add(world).refused(409, "Conflict", []).headers["Retry-After"]
    body = {"ticketID": 1, "body": "Where is it?"}
    answer = world.call("POST", PATH, "rep-11", body, idempotency_key="one")
    assert answer.refused(409, "Conflict", []).headers["Retry-After"]
