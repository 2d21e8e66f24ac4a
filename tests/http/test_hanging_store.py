"""A store that does not answer: every route answers all the same, and in time.

Everything is twenty times faster than in a deployment. That nothing outlasts the time limit is seen by what each try
was allowed, not by a clock.
"""

import importlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from tests.backends import application_on, directory_on
from tests.builders import A_CALL, A_CHAT, A_MOMENT, a_body, a_ticket, acme
from tests.calls.fakes import FakeTelephony, InMemoryRecordings
from tests.engines import Tables, client_of
from tests.fakes import InMemoryTokens
from tests.gateway import an_event
from tests.proxy import Proxy, proxied
from tests.world import Context
from ticketing.application import Application
from ticketing.calls.call import Recording
from ticketing.directory.model import Channel
from ticketing.http import api
from ticketing.http.routes import ROUTES, matched
from ticketing.kernel import deadline, retries
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.connections import ServiceReply
from ticketing.kernel.instant import canonical
from ticketing.kernel.timelimit import time_left
from ticketing.lists.counts import Move, counted_as
from ticketing.lists.indexing import MessageChange
from ticketing.tickets.chat import Chat
from ticketing.tickets.messages import Message
from ticketing.webchat.visitor_key import VisitorKey

READ = 0.1
"""Seconds that a try may take at most: a twentieth of what it may in a deployment."""
KEY = {"Idempotency-Key": "11111111-1111-4111-8111-111111111111"}
PATCH = [{"op": "add", "path": "/summary", "value": "x"}]
MESSAGE = {"ticketID": 1, "body": "Hello"}
REQUESTS: dict[str, list[tuple[str, str, Any, dict[str, str]]]] = {
    "GET /api/Tickets": [
        ("/api/Tickets", query, None, {})
        for query in ("", "search=parcel", "status=Open&isClosed=false", "sortBy=subject", "uid=jane%40doe.example")
    ],
    "POST /api/Tickets": [("/api/Tickets", "", a_body(channelID=3, uid="jane@doe.example"), h) for h in ({}, KEY)],
    "GET /api/Tickets/{id}": [("/api/Tickets/1", "", None, {})],
    "PUT /api/Tickets/{id}": [("/api/Tickets/1", "", a_body(customerRepID=13), {})],
    "PATCH /api/Tickets/{id}": [("/api/Tickets/1", "", PATCH, {})],
    "DELETE /api/Tickets/{id}": [("/api/Tickets/1", "", None, {})],
    "PUT /api/Tickets/bulk": [
        ("/api/Tickets/bulk", "", {"ticketIDs": [1, 2], "action": "close"}, headers) for headers in ({}, KEY)
    ],
    "GET /api/Tickets/{id}/history-summary": [("/api/Tickets/1/history-summary", "", None, {})],
    "PUT /api/Tickets/{id}/assign": [("/api/Tickets/1/assign", "", None, headers) for headers in ({}, KEY)],
    "GET /api/Tickets/{ticketId}/play": [("/api/Tickets/1/play", "", None, {})],
    "POST /api/Tickets/createchatticket": [
        ("/api/Tickets/createchatticket", "", {"channelToken": None, "message": "Hello"}, headers)
        for headers in ({"Origin": "https://shop.example"}, {"Origin": "https://shop.example"} | KEY)
    ],
    "GET /api/TicketMessages": [("/api/TicketMessages", "ticketId=1", None, {})],
    "POST /api/TicketMessages": [("/api/TicketMessages", "", MESSAGE, headers) for headers in ({}, KEY)],
    "GET /api/Tickets/chatmessages": [("/api/Tickets/chatmessages", "", None, {})],
    "POST /api/Tickets/chatmessages": [
        ("/api/Tickets/chatmessages", "", {"message": "Hello"}, {"Origin": "https://shop.example"} | headers)
        for headers in ({}, KEY)
    ],
    "GET /api/CustomerReps/me": [("/api/CustomerReps/me", "", None, {})],
    "GET /api/CustomerReps/assignable": [("/api/CustomerReps/assignable", "", None, {})],
    "GET /api/Channels": [("/api/Channels", "", None, {})],
    "GET /api/Topics": [("/api/Topics", "", None, {})],
    "GET /api/EndUsers": [("/api/EndUsers", query, None, {}) for query in ("uid=jane%40doe.example", "search=jan")],
    "GET /api/Tickets/{id}/changes": [("/api/Tickets/1/changes", "", None, {})],
    "GET /api/Changes": [("/api/Changes", query, None, {}) for query in ("", "since=now")],
    "GET /api/openapi.json": [],
    "GET /api/docs": [],
    "GET /api/health": [],
}
"""What is asked of every route; of those that ask no store, nothing."""
ASKED = [(route.partition(" ")[0], *request) for route, requests in REQUESTS.items() for request in requests]


@dataclass
class Desk:
    """A customer's API, at the end of a line on which nothing may come back; `token` is that of its chat."""

    proxy: Proxy
    client: JsonClient
    application: Application
    customerID: int
    token: str = field(default_factory=lambda: str(uuid4()))
    allowed: list[tuple[float, float]] = field(default_factory=list)
    """Of each try: the seconds that were left before it, and those that it might take."""

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Note what each try is allowed, and what was left when that was reckoned: afterwards it may be less by far."""
        ask, reckoned = self.client.connections.ask, threading.local()

        def left() -> float:
            reckoned.left = time_left()
            return float(reckoned.left)

        def noted(*asked: Any) -> Callable[[float], ServiceReply]:
            *_, seconds = asked
            self.allowed.append((reckoned.left, seconds))
            return ask(*asked)

        patch.setattr(retries, "time_left", left)
        self.client.connections.ask = noted  # type: ignore[method-assign, assignment]

    def ask(self, method: str, path: str, query: str, body: Any, headers: dict[str, str]) -> dict[str, Any]:
        app = importlib.import_module(f"functions.{matched(method, path)[0].function}.app")
        token = str(VisitorKey(self.customerID, 2, A_CHAT["secret"])) if "chatmessages" in path else "administrator"
        named = headers | {"Authorization": f"Bearer {token}"}
        if body and "channelToken" in body:
            body = body | {"channelToken": self.token}
        reply: dict[str, Any] = app.lambda_handler.handle(
            self.application, an_event(method, path, query, named, body), Context()
        )
        return reply


@pytest.fixture
def desk(engine_url: str, tables: Tables, customerID: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    claims = {"customerID": customerID, "repID": 11, "role": "Administrator", "exp": time.time() + 3600}
    recording = Recording(customerID, A_CALL, "mp3")
    for module, name, value in (
        (api, "LONGEST_REQUEST", api.LONGEST_REQUEST / 20),
        (retries, "SHORTEST", retries.SHORTEST / 20),
        (retries, "FIRST_WAIT", retries.FIRST_WAIT / 20),
        (deadline, "LAST_TRY", deadline.LAST_TRY / 20),
    ):
        monkeypatch.setattr(module, name, value)
    with proxied(engine_url) as proxy:
        client = client_of(proxy.url, READ)
        application = application_on(Tables(client, tables.names, tables.executor))
        world = application.adapters
        world.tokens, world.telephony = InMemoryTokens({"administrator": claims}), FakeTelephony()
        world.recordings = InMemoryRecordings({recording: b"ID3"})
        desk = Desk(proxy, client, application, customerID)
        _furnish(tables, customerID, recording, desk.token)
        desk.watch(monkeypatch)
        yield desk


def _furnish(tables: Tables, customerID: int, recording: Recording, token: str) -> None:
    """Two tickets that are found by search and in lists, one of them a call with a recording."""
    chat = Channel(channelID=2, name="Webshop", type="Chat", token=token, hostnames=["shop.example"])
    others = [channel for channel in acme().channels if channel.channelID != 2]
    directory_on(tables).load(acme(customerID=customerID, channels=[*others, chat]))
    world = application_on(tables).adapters
    world.calls.record(recording)
    for ticketID in (1, 2):
        call = {"twilio_CallSid": A_CALL, "channelType": "Phone", "hasRecording": True} if ticketID == 1 else {}
        fields = {"customerID": customerID, "ticketID": world.tickets.next_id(customerID), "uid": "jane@doe.example"}
        now = canonical(world.now())
        ticket = a_ticket(**fields | call | {"lastMessageID": 1, "lastMessageDate": now, "chat": Chat(**A_CHAT)})
        message = Message.model_validate(
            {"customerID": customerID, "ticketID": ticketID, "messageID": 1, "dateCreated": A_MOMENT, "body": "parcel"}
        )
        world.tickets.create(ticket, message)
        world.ticket_counts.move([Move.of(None, counted_as(ticket, A_MOMENT), 0)])
        world.search.write(dict.fromkeys(MessageChange(message).postings, True))


def test_every_route_is_asked() -> None:
    assert REQUESTS.keys() == {str(route) for route in ROUTES}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_every_route_answers_while_the_store_does(
    desk: Desk, asked: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "LONGEST_REQUEST", 60)
    desk.client.patience = 60
    reply = desk.ask(*asked)
    assert reply["statusCode"] < 400, reply


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("hangs", [1, 2, 3])
def test_every_route_answers_in_time_while_the_store_hangs(desk: Desk, hangs: int, asked: tuple[Any, ...]) -> None:
    """Of three tries of every call to the store so many hang."""
    desk.proxy.hangs = hangs
    reply = desk.ask(*asked)
    if hangs == retries.TRIES or reply["statusCode"] >= 400:
        assert reply["statusCode"] == 503, reply
        assert int(reply["headers"]["Retry-After"]) > 0
    assert desk.allowed
    assert all(retries.SHORTEST <= allowed <= left + retries.SHORTEST for left, allowed in desk.allowed)
