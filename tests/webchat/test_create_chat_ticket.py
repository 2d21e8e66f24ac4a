"""POST /api/Tickets/createchatticket: visitors of a channel's own sites begin tickets, and nobody else."""

from typing import Any
from uuid import uuid4

import pytest

from tests.builders import CHAT_TOKEN, CLOSED_CHAT_TOKEN, acme, globex
from tests.gateway import an_event
from tests.world import Answer, World
from ticketing.directory.model import Channel
from ticketing.kernel.ports import Contended
from ticketing.webchat.visitor_key import VisitorKey

PATH = "/api/Tickets/createchatticket"
SITE = "https://shop.example"
KEY = "5ac7d9d3-4a2f-4d60-a7f5-111111111111"
LETTERS = "abcdefab-cdef-4abc-8def-abcdefabcdef"
NOW = "2026-06-15T12:00:00.000Z"
REFUSED = [
    {"channelToken": str(uuid4())},
    {"channelToken": CLOSED_CHAT_TOKEN},
    {"channelToken": "nonsense"},
    {"channelToken": ""},
    {"channelToken": CHAT_TOKEN.replace("-", "")},
]


def post(world: World, origin: str | None = SITE, body: Any = None, headers: Any = None, **fields: Any) -> Answer:
    document = {"channelToken": CHAT_TOKEN, "message": "Hello"} | fields if body is None else body
    sent = ({"origin": origin} if origin is not None else {}) | (headers or {})
    return world.call("POST", PATH, None, document, **sent)


def from_address(world: World, address: str, **fields: Any) -> int:
    body = {"channelToken": CHAT_TOKEN, "message": "Hello"} | fields
    event = an_event("POST", PATH, headers={"origin": SITE}, body=body)
    event["requestContext"]["http"]["sourceIp"] = address
    return world.invoke("webchat", event).status


def test_a_visitor_begins_a_ticket(world: World) -> None:
    answer = post(world, name="Jane", uid="jane@doe.example", pageUrl=f"{SITE}/cart", lang="nl-BE").as_expected(201)
    ticket = world.store.kept[1, 1]
    assert answer.json == {
        "ticketID": 1,
        "token": ticket.token,
        "dateCreated": NOW,
        "channelID": 2,
        "channelName": "Chat 2",
        "status": "Open",
        "visitorKey": str(VisitorKey(1, 1, ticket.chat.secret if ticket.chat else "")),
    }
    assert answer.headers.keys() == {"X-Content-Type-Options", "X-Request-Id", "Cache-Control", "Content-Type"}
    read = world.call("GET", "/api/Tickets/1").json
    assert (read["subject"], read["channelType"], read["customerRepID"]) == ("Hello", "Chat", None)
    assert (read["uid"], read["endUsers"][0]["name"]) == ("jane@doe.example", "Jane Doe")
    assert (read["lastMessageDate"], read["preview"], read["lastEndUserMessageID"]) == (NOW, "Hello", 1)
    (message,) = world.call("GET", "/api/TicketMessages", query="ticketId=1").json["items"]
    assert (message["from"], message["direction"], message["body"]) == ("Jane", "EndUser", "Hello")
    assert (message["pageUrl"], message["lang"]) == (f"{SITE}/cart", "nl-BE")
    assert (message["customerRepID"], message["customerRepName"]) == (None, None)


def test_a_visitor_needs_a_token_only(world: World) -> None:
    post(world, body={"channelToken": CHAT_TOKEN}).as_expected(201)
    assert world.call("GET", "/api/Tickets/1").json["subject"] == "Webchat"
    assert world.call("GET", "/api/TicketMessages", query="ticketId=1").json["totalCount"] == 0


def test_no_bearer_token_is_looked_at(world: World) -> None:
    world.call("POST", PATH, "nonsense", {"channelToken": CHAT_TOKEN}, origin=SITE).as_expected(201)


@pytest.mark.parametrize("kept", [LETTERS, LETTERS.upper()])
@pytest.mark.parametrize("sent", [LETTERS, LETTERS.upper()])
def test_the_case_of_a_token_does_not_count(world: World, kept: str, sent: str) -> None:
    channel = Channel(channelID=2, name="x", type="Chat", token=kept, hostnames=["shop.example"])
    world.directory.load(acme(channels=[channel]))
    post(world, channelToken=sent).as_expected(201)


@pytest.mark.parametrize("fields", REFUSED)
def test_a_token_that_is_not_an_open_chat_s_is_refused(world: World, fields: dict[str, str]) -> None:
    post(world, **fields).refused(403, "ChannelNotAllowed", [])


@pytest.mark.parametrize("origin", [None, "", "null", "https://evil.example", "http://shop.example", f"{SITE}:8443"])
def test_a_site_that_is_not_the_channel_s_is_refused(world: World, origin: str | None) -> None:
    post(world, origin).refused(403, "ChannelNotAllowed", [])


def test_no_refusal_tells_why(world: World) -> None:
    answers = [post(world, **fields) for fields in REFUSED]
    answers += [post(world, None), post(world, "https://evil.example"), post(world, "null", **REFUSED[0])]
    assert len({answer.text for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1


def test_where_there_is_no_origin_the_referer_counts(world: World) -> None:
    post(world, None, headers={"referer": f"{SITE}/cart?x=1"}).as_expected(201)
    post(world, None, headers={"referer": "https://evil.example/"}).refused(403, "ChannelNotAllowed")
    post(world, "null", headers={"referer": f"{SITE}/"}).refused(403, "ChannelNotAllowed")


def test_a_channel_of_another_type_takes_no_chats(world: World) -> None:
    phone = Channel(channelID=2, name="x", type="Phone", token=CHAT_TOKEN, hostnames=["shop.example"])
    world.directory.load(acme(channels=[phone]))
    post(world).refused(403, "ChannelNotAllowed")


def test_a_token_that_two_customers_have_is_nobody_s(world: World) -> None:
    same = Channel(channelID=8, name="x", type="Chat", token=CHAT_TOKEN, hostnames=["shop.example"])
    world.directory.load(globex(channels=[same]))
    post(world).refused(403, "ChannelNotAllowed")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ([], [""]),
        ({}, ["/channelToken"]),
        ({"channelToken": 1}, ["/channelToken"]),
        ({"channelToken": CHAT_TOKEN, "x": 1, "message": 2}, ["/message", "/x"]),
        ({"channelToken": "nonsense", "message": 2}, ["/message"]),
        ({"channelToken": CHAT_TOKEN, "pageUrl": "javascript:alert(1)"}, ["/pageUrl"]),
    ],
)
def test_a_malformed_body_is_refused_before_the_channel(world: World, body: Any, pointers: list[str]) -> None:
    post(world, "https://evil.example", body).refused(400, "InvalidRequest", pointers)


@pytest.mark.parametrize("key", ["", "k", KEY.replace("-", ""), f"{{{KEY}}}", "é", f"{KEY}x"])
def test_a_key_is_a_uuid(world: World, key: str) -> None:
    headers = {"idempotency_key": key}
    post(world, "https://evil.example", headers=headers).refused(400, "InvalidRequest", ["Idempotency-Key"])


def test_what_else_is_refused_first(world: World) -> None:
    post(world, body=b" " * 262_145).refused(413, "PayloadTooLarge")
    post(world, headers={"content_type": "text/plain"}).refused(415, "UnsupportedMediaType")
    world.call("GET", PATH, None).refused(405, "MethodNotAllowed")
    assert world.call("PUT", PATH, "rep-11").headers["Allow"] == "POST"


def with_key(world: World, key: str = KEY, **fields: Any) -> Answer:
    return post(world, headers={"idempotency_key": key}, **fields)


def test_a_chat_sent_again_is_one_ticket(world: World) -> None:
    first, again = with_key(world).as_expected(201), with_key(world, KEY.upper()).as_expected(201)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json == first.json
    assert len(world.store.kept) == 1


def test_a_replay_tells_how_the_ticket_is_now(world: World) -> None:
    with_key(world).as_expected(201)
    changes = {"status": "Pending", "channelID": 4}
    world.call("PATCH", "/api/Tickets/1", body=changes, content_type="application/merge-patch+json").as_expected(200)
    again = with_key(world).as_expected(201).json
    assert (again["status"], again["channelID"]) == ("Pending", 2)
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    with_key(world).refused(404, "NotFound")


def test_a_key_is_for_one_body_and_one_channel(world: World) -> None:
    with_key(world).as_expected(201)
    with_key(world, message="other").refused(422, "KeyReused")
    token = "22222222-2222-4222-8222-222222222222"
    world.directory.load(
        globex(channels=[Channel(channelID=2, name="x", type="Chat", token=token, hostnames=["shop.example"])])
    )
    assert "Idempotent-Replayed" not in with_key(world, channelToken=token).as_expected(201).headers


def test_a_key_is_held_to_the_channel_s_sites_too(world: World) -> None:
    with_key(world).as_expected(201)
    post(world, "https://evil.example", headers={"idempotency_key": KEY}).refused(403, "ChannelNotAllowed")


def test_of_two_at_once_with_one_key_one_takes_effect(world: World) -> None:
    world.store.before_next_write(lambda: with_key(world).as_expected(201))
    assert with_key(world).as_expected(201).headers["Idempotent-Replayed"] == "true"
    assert len(world.store.kept) == 1


def test_what_loses_to_others_until_its_deadline_is_a_conflict_with_a_key_too(world: World) -> None:
    def contend() -> None:
        raise Contended

    world.store.interfere = contend
    world.patience = 1
    with_key(world).refused(409, "Conflict")
    post(world).refused(409, "Conflict")


def test_one_address_begins_20_at_once_and_then_one_every_three_seconds(world: World) -> None:
    answers = [post(world) for _ in range(100)]
    assert [answer.status for answer in answers] == [201] * 20 + [429] * 80
    assert {answer.headers["Retry-After"] for answer in answers[20:]} == {"3"}
    answers[-1].refused(429, "TooManyRequests", [])
    world.clock.pass_(2.5)
    assert post(world).headers["Retry-After"] == "1"
    world.clock.pass_(0.5)
    assert [post(world).status for _ in range(2)] == [201, 429]
    world.clock.pass_(60)
    assert [post(world).status for _ in range(21)] == [201] * 20 + [429]
    assert len(world.store.kept) == 41


def test_other_addresses_and_other_channels_have_buckets_of_their_own(world: World) -> None:
    statuses = [from_address(world, f"2001:db8:1:2::{n:x}") for n in range(21)]
    assert statuses == [201] * 20 + [429]
    assert from_address(world, "2001:db8:1:3::1") == 201
    assert from_address(world, "198.51.100.1") == 201
    token = "22222222-2222-4222-8222-222222222222"
    world.directory.load(
        globex(channels=[Channel(channelID=2, name="x", type="Chat", token=token, hostnames=["shop.example"])])
    )
    assert from_address(world, "2001:db8:1:2::1", channelToken=token) == 201


def test_a_channel_takes_300_a_minute(world: World) -> None:
    statuses = [from_address(world, f"198.51.100.{n % 30}") for n in range(330)]
    assert statuses == [201] * 300 + [429] * 30


def test_what_the_channels_limit_refuses_counts_for_the_address(world: World) -> None:
    for n in range(300):
        from_address(world, f"198.51.100.{n % 30}")
    assert {from_address(world, "203.0.113.1") for _ in range(20)} == {429}
    world.clock.pass_(1)
    assert from_address(world, "203.0.113.1") == 429
    assert from_address(world, "203.0.113.2") == 201


def test_who_has_emptied_their_own_bucket_leaves_the_channel_s_to_others(world: World) -> None:
    for _ in range(400):
        post(world)
    assert from_address(world, "198.51.100.1") == 201


def test_only_what_passes_the_channel_spends_and_a_replay_spends_nothing(world: World) -> None:
    for _ in range(30):
        post(world, "https://evil.example").refused(403, "ChannelNotAllowed")
        post(world, message=1).refused(400, "InvalidRequest")
    for _ in range(30):
        with_key(world).as_expected(201)
        with_key(world, message="other").refused(422, "KeyReused")
    assert [post(world).status for _ in range(20)] == [201] * 19 + [429]


def test_no_log_holds_what_visitors_write(world: World, caplog: pytest.LogCaptureFixture) -> None:
    post(world, message="Geheim", name="Jane Doe", uid="jane@doe.example")
    logged = str([vars(record) for record in caplog.records])
    assert not any(word in logged for word in ("Geheim", "Jane", "jane@", CHAT_TOKEN, "192.0.2.1"))
