"""Checks who reads and writes a chat from outside: whoever has its visitorKey, and nobody else."""

import json
from typing import Any

import pytest

from tests.builders import ACME, acme
from tests.webchat.chatting import BEGIN, PATH, begin, begun, say
from tests.world import Answer, World
from ticketing.directory.model import Channel
from ticketing.http.routes import ROUTES
from ticketing.webchat.conversation import PER_CHAT
from ticketing.webchat.create_chat_ticket import PER_VISITOR
from ticketing.webchat.visitor_key import VisitorKey, new_secret

DAY = 24 * 60 * 60


def parts(key: str) -> VisitorKey:
    found = VisitorKey.parsed(key)
    assert found
    return found


def test_every_key_that_fails_is_answered_alike(world: World) -> None:
    jane, deleted = begun(world), begun(world)
    world.call("DELETE", f"/api/Tickets/{deleted.ticketID}").as_expected(204)
    world.keep(ticketID=9)
    key = parts(jane.key)
    wrong = [
        VisitorKey(1, 1, new_secret()),
        VisitorKey(2, 1, key.secret),
        VisitorKey(1, 2, key.secret),
        VisitorKey(1, 9, key.secret),
        VisitorKey(1, 9, "0" * 32),
        VisitorKey(0, 1, key.secret),
        VisitorKey(1, 0, key.secret),
        VisitorKey(1, 2**53, key.secret),
        deleted.key,
        jane.key[:-1],
        f"{jane.key}A",
        world.store.kept[1, 1].token,
        "rep-11",
        "channel-3",
        "nonsense",
    ]
    answers: list[Answer] = []
    for each in wrong:
        answers.append(world.call("GET", PATH, str(each)).refused(401, "Unauthorized", []))
        answers.append(world.call("POST", PATH, str(each), {"message": "x"}).refused(401, "Unauthorized", []))
    assert len({answer.text for answer in answers}) == 1
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}


def test_nothing_is_read_without_a_key(world: World) -> None:
    begun(world)
    world.call("GET", PATH, None).refused(401, "Unauthorized")
    world.call("GET", PATH, None, authorization="Basic x").refused(401, "Unauthorized")


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.access.name not in ("Visitor", "Public")], ids=str
)
def test_a_key_opens_nothing_else(world: World, route: Any) -> None:
    jane = begun(world)
    path = route.path.replace("{id}", "1").replace("{ticketId}", "1")
    world.call(route.method, path, jane.key).refused(401, "Unauthorized", [])


def test_a_visitor_sees_their_own_chat_alone(world: World) -> None:
    jane, john = begun(world), begun(world, message="Mine", name="John")
    say(world, "To John", ticketID=john.ticketID)
    assert (jane.sees(), john.sees()) == (["Hello"], ["Mine", "To John"])


@pytest.mark.parametrize("fields", [{"active": False}, {"type": "Email"}, None])
def test_a_key_fails_within_a_minute_of_its_channel(world: World, fields: dict[str, Any] | None) -> None:
    jane = begun(world)
    jane.reads()
    line: dict[str, Any] = {"channelID": 2, "name": "Chat 2", "type": "Chat"}
    if fields is None:
        del world.directory.kept[1, "channel#2"]
    else:
        world.directory.kept[1, "channel#2"] = Channel(**line | fields)
    world.clock.pass_(60)
    jane.read().refused(401, "Unauthorized", [])
    world.directory.load(acme())
    world.clock.pass_(60)
    jane.reads()


def test_a_chat_moved_to_another_channel_keeps_the_sites_of_its_own(world: World) -> None:
    jane = begun(world)
    world.call("PATCH", "/api/Tickets/1", body=[{"op": "add", "path": "/channelID", "value": 7}]).as_expected(200)
    jane.reads()
    jane.write(origin="https://shop.example").as_expected(201)


def test_a_key_opens_until_thirty_days_after_the_last_message(world: World) -> None:
    jane, silent = begun(world), begun(world, message=None)
    world.clock.pass_(30 * DAY)
    jane.write("Still there?").as_expected(201)
    silent.reads()
    world.clock.pass_(0.001)
    silent.read().refused(401, "Unauthorized", [])
    world.clock.pass_(30 * DAY - 0.001)
    jane.reads()
    world.clock.pass_(0.001)
    jane.read().refused(401, "Unauthorized", [])


def test_the_key_stands_in_the_reply_that_begins_a_chat_and_nowhere_else(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    jane = begun(world, uid="jane@doe.example")
    jane.write().as_expected(201)
    answers = [
        say(world, "Yes?"),
        world.call("GET", "/api/Tickets"),
        world.call("GET", "/api/Tickets/1"),
        world.call("GET", "/api/Tickets/1/history-summary"),
        world.call("GET", "/api/TicketMessages", query="ticketId=1"),
        world.call("PUT", "/api/Tickets/1/assign", "rep-13"),
        jane.read(),
    ]
    shown = " ".join(answer.as_expected(answer.status).text or "" for answer in answers)
    shown += json.dumps([event.detail for event in world.event_bus.told]) + repr(world.store.kept[1, 1]) + caplog.text
    assert jane.key not in shown
    assert parts(jane.key).secret not in shown


def test_the_log_names_the_customer_and_the_channel_of_visitors_who_are_answered_or_throttled(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    jane = begun(world)
    for _ in range(PER_VISITOR):
        begin(world)
    jane.reads()
    jane.read("after=x").refused(400, "InvalidRequest")
    jane.write(origin="https://evil.example").refused(403, "ChannelNotAllowed")
    for _ in range(PER_CHAT + 1):
        jane.write()
    lines = [vars(record) for record in caplog.records if record.message == "answered"]
    assert {(line["customerID"], line["channelID"]) for line in lines} == {(ACME, 2)}
    throttled = [line["route"] for line in lines if line.get("code") == "TooManyRequests"]
    assert throttled == [f"POST {BEGIN}", f"POST {PATH}"]


def test_other_methods_are_told_which_there_are(world: World) -> None:
    for method in ("PUT", "PATCH", "DELETE"):
        answer = world.call(method, PATH).refused(405, "MethodNotAllowed")
        assert answer.headers["Allow"] == "GET, POST"
