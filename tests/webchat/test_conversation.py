"""GET and POST /api/Tickets/chatmessages: what a visitor reads and writes."""

from typing import Any
from uuid import uuid4

import pytest

from tests.gateway import an_event
from tests.webchat.chatting import PATH, SITE, AVisitor, begun, say
from tests.world import World
from ticketing.webchat.conversation import MAX_MESSAGES

NOW = "2026-06-15T12:00:00.000Z"
KEY = "5ac7d9d3-4a2f-4d60-a7f5-111111111111"


@pytest.fixture
def jane(world: World) -> AVisitor:
    return begun(world)


def ticket(world: World) -> Any:
    return world.call("GET", "/api/Tickets/1").as_expected(200).json


def test_a_visitor_reads_the_answer_and_goes_on(world: World, jane: AVisitor) -> None:
    world.call("PUT", "/api/Tickets/1/assign", "rep-13").as_expected(200)
    say(world, "Yes, until tomorrow.", **{"from": "ann@internal.example"}).as_expected(201)
    assert jane.write("And by Friday?").as_expected(201).json == {"messageID": 3, "dateCreated": NOW}
    hers = {"direction": "EndUser", "from": "Jane", "dateCreated": NOW}
    anns = {"direction": "Representative", "from": "Ann Agent", "dateCreated": NOW}
    assert jane.reads() == {
        "isClosed": False,
        "agentName": "Ann Agent",
        "items": [
            {"messageID": 1, "body": "Hello"} | hers,
            {"messageID": 2, "body": "Yes, until tomorrow."} | anns,
            {"messageID": 3, "body": "And by Friday?"} | hers,
        ],
        "lastMessageID": 3,
    }


def test_a_chat_without_a_word_is_empty(world: World) -> None:
    silent = begun(world, message=None)
    assert silent.reads() == {"isClosed": False, "agentName": None, "items": [], "lastMessageID": None}


def test_a_visitor_never_sees_a_note(world: World, jane: AVisitor) -> None:
    say(world, "She called twice.", direction="Note").as_expected(201)
    assert (jane.sees(), jane.reads()["lastMessageID"]) == (["Hello"], 1)
    say(world, "Here I am.").as_expected(201)
    say(world, "Careful.", direction="Note").as_expected(201)
    assert (jane.sees(), jane.reads()["lastMessageID"]) == (["Hello", "Here I am."], 3)


def test_a_note_alone_is_not_told_of(world: World) -> None:
    silent = begun(world, message=None)
    known = silent.read().headers["ETag"]
    say(world, "Who is that?", direction="Note").as_expected(201)
    assert silent.reads() == {"isClosed": False, "agentName": None, "items": [], "lastMessageID": None}
    silent.read(if_none_match=known).as_expected(304)


def test_what_is_newer_is_asked_for_by_id(world: World, jane: AVisitor) -> None:
    for text in ("two", "three"):
        say(world, text).as_expected(201)
    assert [item["messageID"] for item in jane.reads("after=1")["items"]] == [2, 3]
    for after in (3, 4, 2**53 - 1):
        assert (jane.reads(f"after={after}")["items"], jane.reads(f"after={after}")["lastMessageID"]) == ([], 3)
    assert len(jane.reads("after=-1")["items"]) == len(jane.reads("after=")["items"]) == 3
    for malformed in ("x", "1.0", "1&after=2"):
        jane.read(f"after={malformed}").refused(400, "InvalidRequest", ["after"])


def test_asking_again_costs_a_304_until_anything_that_is_shown_changes(world: World, jane: AVisitor) -> None:
    def changes(known: str) -> str:
        answer = jane.read(if_none_match=known).as_expected(200)
        again = jane.read(if_none_match=answer.headers["ETag"]).as_expected(304)
        assert (again.text, again.headers["ETag"]) == (None, answer.headers["ETag"])
        return answer.headers["ETag"]

    tag = changes('"0"')
    world.call("PATCH", "/api/Tickets/1", body=[{"op": "add", "path": "/summary", "value": "x"}]).as_expected(200)
    jane.read(if_none_match=tag).as_expected(304)
    say(world, "Yes?").as_expected(201)
    tag = changes(tag)
    world.call("PUT", "/api/Tickets/1/assign", "rep-13").as_expected(200)
    tag = changes(tag)
    world.call("PATCH", "/api/Tickets/1", body=[{"op": "add", "path": "/isClosed", "value": True}]).as_expected(200)
    changes(tag)


def test_polling_for_what_is_newer_reads_no_message(
    world: World, jane: AVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.messages, "between", None)
    assert jane.reads("after=1")["items"] == []


def test_a_hundred_messages_are_read_at_once(world: World, jane: AVisitor) -> None:
    for number in range(2, 106):
        direction = "Note" if number % 50 == 0 else "Representative"
        say(world, f"{number}", direction=direction).as_expected(201)
    first = jane.reads()
    assert (len(first["items"]), first["items"][-1]["messageID"], first["lastMessageID"]) == (MAX_MESSAGES, 102, 105)
    assert [item["messageID"] for item in jane.reads("after=102")["items"]] == [103, 104, 105]


def test_what_exceeds_four_megabytes_is_read_in_parts(world: World, jane: AVisitor) -> None:
    for _ in range(45):
        say(world, '"' * 50_000).as_expected(201)
    first = jane.read().as_expected(200)
    assert len((first.text or "").encode()) < 4 * 1024 * 1024
    last = first.json["items"][-1]["messageID"]
    assert 1 < last < first.json["lastMessageID"] == 46
    rest = jane.reads(f"after={last}")["items"]
    assert [item["messageID"] for item in rest] == list(range(last + 1, 47))


def test_a_site_is_looked_at_when_a_visitor_writes_not_when_they_read(world: World, jane: AVisitor) -> None:
    jane.write(origin="https://evil.example").refused(403, "ChannelNotAllowed", [])
    world.call("POST", PATH, jane.key, {"message": "x"}).refused(403, "ChannelNotAllowed", [])
    jane.read(origin="https://evil.example").as_expected(200)
    assert jane.sees() == ["Hello"]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/message"]),
        ({"message": ""}, ["/message"]),
        ({"message": None}, ["/message"]),
        ({"message": 1}, ["/message"]),
        ({"message": "x" * 10_001}, ["/message"]),
        ({"message": "x", "direction": "AI", "from": "Ann"}, ["/direction", "/from"]),
        ([], [""]),
    ],
)
def test_a_message_is_a_text_and_nothing_else(jane: AVisitor, body: Any, pointers: list[str]) -> None:
    jane.world.call("POST", PATH, jane.key, body, origin=SITE).refused(400, "InvalidRequest", pointers)
    jane.world.call("POST", PATH, jane.key, body).refused(400, "InvalidRequest", pointers)


def test_a_message_is_as_any_end_users(world: World, jane: AVisitor) -> None:
    world.call("PATCH", "/api/Tickets/1", body=[{"op": "add", "path": "/isClosed", "value": True}]).as_expected(200)
    world.clock.pass_(60)
    jane.write("Wait!").as_expected(201)
    read = ticket(world)
    assert (read["isClosed"], read["preview"], read["lastMessageDate"]) == (False, "Wait!", "2026-06-15T12:01:00.000Z")
    assert (read["lastEndUserMessageID"], read["unread"]) == (2, True)
    shown = world.call("GET", "/api/TicketMessages", query="ticketId=1&after=1").json["items"]
    assert [(each["from"], each["direction"], each["pageUrl"], each["lang"]) for each in shown] == [
        ("Jane", "EndUser", None, None)
    ]


def test_a_message_does_not_reopen_spam(world: World, jane: AVisitor) -> None:
    fields = [{"op": "add", "path": f"/{name}", "value": True} for name in ("isClosed", "isSpam")]
    world.call("PATCH", "/api/Tickets/1", body=fields).as_expected(200)
    jane.write("Buy!").as_expected(201)
    assert ticket(world)["isClosed"] is True


def test_a_key_of_the_request_makes_one_message(world: World, jane: AVisitor) -> None:
    sent = jane.write("Once", idempotency_key=KEY).as_expected(201)
    say(world, "Yes").as_expected(201)
    again = jane.write("Once", idempotency_key=KEY.upper()).as_expected(201)
    assert (again.json, again.headers["Idempotent-Replayed"]) == (sent.json, "true")
    jane.write("Twice", idempotency_key=KEY).refused(422, "KeyReused")
    jane.write("Once", idempotency_key="mine").refused(400, "InvalidRequest", ["Idempotency-Key"])
    assert jane.sees() == ["Hello", "Once", "Yes"]


def test_a_key_of_the_request_is_a_chats_own(world: World, jane: AVisitor) -> None:
    john = begun(world, name="John")
    for visitor in (jane, john):
        visitor.write("Mine", idempotency_key=KEY).as_expected(201)
    assert (jane.sees(), john.sees()) == (["Hello", "Mine"], ["Hello", "Mine"])


def test_sixty_messages_are_written_at_once_and_then_one_a_second(world: World, jane: AVisitor) -> None:
    other = begun(world)
    for _ in range(60):
        jane.write().as_expected(201)
    assert jane.write().refused(429, "TooManyRequests").headers["Retry-After"] == "1"
    other.write().as_expected(201)
    world.clock.pass_(1)
    jane.write().as_expected(201)
    jane.write().refused(429, "TooManyRequests")


def test_what_is_refused_or_replayed_spends_nothing(jane: AVisitor) -> None:
    jane.write("Once", idempotency_key=KEY).as_expected(201)
    for _ in range(60):
        jane.write("Once", idempotency_key=KEY).as_expected(201)
        jane.write(origin="https://evil.example").refused(403, "ChannelNotAllowed")
        jane.write("x" * 10_001).refused(400, "InvalidRequest")
    for _ in range(59):
        jane.write().as_expected(201)
    jane.write().refused(429, "TooManyRequests")


def test_a_channel_takes_three_thousand_a_minute_from_wherever_they_come(world: World) -> None:
    visitors = []
    for number in range(51):
        world.clock.pass_(1)
        event = an_event(
            "POST",
            "/api/Tickets/createchatticket",
            headers={"origin": SITE},
            body={"channelToken": "11111111-1111-4111-8111-111111111111"},
        )
        event["requestContext"]["http"]["sourceIp"] = f"192.0.2.{number}"
        reply = world.invoke("webchat", event).as_expected(201).json
        visitors.append(AVisitor(world, reply["visitorKey"], reply["ticketID"]))
    taken = sum(visitor.write().status == 201 for visitor in visitors for _ in range(60))
    assert taken == 3000


def test_of_a_race_no_message_is_lost(world: World, jane: AVisitor) -> None:
    world.store.before_next_write(lambda: say(world, "Me first", by="rep-11"))
    jane.write("And me", idempotency_key=str(uuid4())).as_expected(201)
    assert jane.sees() == ["Hello", "Me first", "And me"]


def test_the_key_of_a_chat_that_is_deleted_meanwhile_fails_as_any_other(world: World, jane: AVisitor) -> None:
    world.store.before_next_write(lambda: world.call("DELETE", "/api/Tickets/1").as_expected(204))
    refusals = [jane.write().refused(401, "Unauthorized", []) for _ in range(2)]
    assert refusals[0].text == refusals[1].text
