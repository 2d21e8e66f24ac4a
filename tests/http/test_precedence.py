"""Checks that, where several refusals apply, the first in the contract's order is given."""

from typing import Any

import pytest

from tests.builders import A_CALL, ANOTHER_CALL, BOB, HOTLINE, SALES, a_body
from tests.world import World
from ticketing.directory.model import Rep

BIG = b" " * 262_145
MERGE = "application/merge-patch+json"


def test_an_unknown_path_before_everything(world: World) -> None:
    world.call("PATCH", "/api/unknown", by=None, body=BIG, content_type="x").refused(404, "NotFound")


def test_a_wrong_method_before_the_token(world: World) -> None:
    world.call("POST", "/api/Tickets/1", by=None, body=BIG, content_type="x").refused(405, "MethodNotAllowed")


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/Tickets"), ("PUT", "/api/Tickets/x")])
def test_the_token_before_the_body(world: World, method: str, path: str) -> None:
    world.call(method, path, by=None, body=BIG, content_type="x").refused(401, "Unauthorized")


def test_the_policy_before_the_body_and_the_ticket(world: World) -> None:
    world.call("PUT", "/api/Tickets/x", by="channel-3", body=BIG).refused(403, "Forbidden")
    world.call("GET", "/api/Tickets", by="channel-3", query="pageSize=x").refused(403, "Forbidden")


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/Tickets"), ("PUT", "/api/Tickets/x"), ("PATCH", "/api/Tickets/x")]
)
def test_the_size_before_the_media_type_before_the_content(world: World, method: str, path: str) -> None:
    headers = {"content_type": "text/plain", "content_encoding": "gzip", "idempotency_key": "", "if_match": "x"}
    world.call(method, path, body=BIG, **headers).refused(413, "PayloadTooLarge")
    world.call(method, path, body=b"{", **headers).refused(415, "UnsupportedMediaType")
    del headers["content_encoding"]
    world.call(method, path, body=b"{", **headers).refused(415, "UnsupportedMediaType")
    del headers["content_type"]
    world.call(method, path, body=b"{", **headers).refused(400, "InvalidRequest")


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "\t"])
def test_a_malformed_key_before_the_channel(world: World, key: str) -> None:
    answer = world.call("POST", "/api/Tickets", "channel-3", a_body(channelID=SALES), idempotency_key=key)
    answer.refused(400, "InvalidRequest", ["Idempotency-Key"])


@pytest.mark.parametrize("fields", [{"subject": ""}, {"isClosed": True}, {"customerRepID": -1}])
def test_the_content_before_the_channel(world: World, fields: dict[str, Any]) -> None:
    answer = world.call("POST", "/api/Tickets", "channel-3", a_body(channelID=SALES, **fields))
    answer.refused(400, "InvalidRequest")


def test_the_channel_before_what_the_directory_shows(world: World) -> None:
    answer = world.call("POST", "/api/Tickets", "channel-3", a_body(channelID=SALES, customerRepID=999))
    answer.refused(403, "ChannelMismatch")


MANY = {"ticketIDs": [1], "action": "close"}


@pytest.mark.parametrize(
    ("method", "path", "body"), [("POST", "/api/Tickets", a_body()), ("PUT", "/api/Tickets/bulk", MANY)]
)
def test_a_replay_and_a_reused_key_before_what_the_directory_shows(
    world: World, method: str, path: str, body: dict[str, Any]
) -> None:
    body = body | {"customerRepID": BOB}
    assert world.call(method, path, body=body, idempotency_key="k").status < 300
    world.directory.kept[1, "rep#14"] = Rep(repID=BOB, name="Bob", role="Agent", active=False)
    world.clock.pass_(61)
    assert "Idempotent-Replayed" in world.call(method, path, body=body, idempotency_key="k").headers
    world.call(method, path, body=body | {"customerRepID": 999}, idempotency_key="k").refused(422, "KeyReused")
    world.call(method, path, body=body, idempotency_key="new").refused(400, "InvalidRequest", ["/customerRepID"])


def test_the_channel_before_a_replay(world: World) -> None:
    world.call("POST", "/api/Tickets", "channel-3", a_body(), idempotency_key="k").as_expected(201)
    answer = world.call("POST", "/api/Tickets", "channel-3", a_body(channelID=SALES), idempotency_key="k")
    answer.refused(403, "ChannelMismatch")


def test_a_reused_key_before_a_duplicate_call(world: World) -> None:
    world.keep(twilio_CallSid=A_CALL)
    world.call("POST", "/api/Tickets", body=a_body(), idempotency_key="k").as_expected(201)
    answer = world.call("POST", "/api/Tickets", body=a_body(twilio_CallSid=A_CALL), idempotency_key="k")
    answer.refused(422, "KeyReused")


@pytest.mark.parametrize(
    ("method", "body", "headers"),
    [
        ("PUT", a_body(subject=""), {}),
        ("PUT", a_body(), {"if_match": "x"}),
        ("PATCH", {"subject": ""}, {"content_type": MERGE}),
        ("PATCH", {"x": 1}, {"content_type": MERGE}),
        ("PATCH", {}, {"content_type": MERGE, "if_match": "x"}),
        ("DELETE", None, {"if_match": "x"}),
    ],
)
@pytest.mark.parametrize("ticketID", ["1", "2", "x"])
def test_the_content_before_the_ticket(
    world: World, method: str, body: Any, headers: dict[str, str], ticketID: str
) -> None:
    world.keep(customerRepID=BOB)
    world.call(method, f"/api/Tickets/{ticketID}", "rep-13", body, **headers).refused(400, "InvalidRequest")


def test_the_channel_before_the_ticket(world: World) -> None:
    body = {"channelID": SALES}
    for path in ("/api/Tickets/99", "/api/Tickets/x"):
        world.call("PATCH", path, "channel-3", body, content_type=MERGE).refused(403, "ChannelMismatch")


@pytest.mark.parametrize(
    ("method", "body", "headers"),
    [
        ("PUT", a_body(status="Pending", isClosed=True, customerRepID=999), {"if_match": '"9"'}),
        ("PATCH", {"status": "Pending", "isClosed": True}, {"if_match": '"9"', "content_type": MERGE}),
        ("DELETE", None, {"if_match": '"9"'}),
    ],
)
def test_the_ticket_then_the_role_then_the_version_then_what_shows_on_it(
    world: World, method: str, body: Any, headers: dict[str, str]
) -> None:
    world.call(method, "/api/Tickets/1", "rep-13", body, **headers).refused(404, "NotFound")
    world.keep(customerRepID=BOB)
    world.call(method, "/api/Tickets/1", "rep-13", body, **headers).refused(403, "Forbidden")
    world.call(method, "/api/Tickets/1", "rep-14", body, **headers).refused(412, "PreconditionFailed")


def test_what_shows_on_the_ticket_before_a_conflict(world: World) -> None:
    world.keep(twilio_CallSid=A_CALL)
    world.keep(twilio_CallSid=ANOTHER_CALL)
    body = a_body(twilio_CallSid=A_CALL, status="Pending", isClosed=True)
    world.call("PUT", "/api/Tickets/2", body=body).refused(400, "InvalidRequest")
    body = a_body(twilio_CallSid=A_CALL, channelID=999)
    world.call("PUT", "/api/Tickets/2", body=body).refused(400, "InvalidRequest")


def test_another_channels_ticket_before_its_version(world: World) -> None:
    world.keep(channelID=SALES)
    answer = world.call("PATCH", "/api/Tickets/1", "channel-3", {}, content_type=MERGE, if_match='"9"')
    answer.refused(403, "ChannelMismatch")
    world.keep(channelID=HOTLINE)
    answer = world.call("PATCH", "/api/Tickets/2", "channel-3", {}, content_type=MERGE, if_match='"9"')
    answer.refused(412, "PreconditionFailed")
