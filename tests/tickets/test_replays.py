"""A replay shows what its caller may still read, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.builders import ANN, BOB, HOTLINE, SALES, a_body
from tests.world import Answer, World

MERGE = "application/merge-patch+json"
CHAT = {"channelToken": "11111111-1111-4111-8111-111111111111", "message": "Hello"}
UUID = "7a3d1f7e-5c0b-4c0e-9d59-2f4a1c3b8e6d"


@dataclass(frozen=True)
class Request:
    """A request that may be sent again; `by` is an Agent or a phone context."""

    method: str
    path: str
    status: int
    by: str | None = "rep-13"
    body: Any = None
    needs_ticket: bool = True

    def __str__(self) -> str:
        return f"{self.by} {self.method} {self.path}"

    def send(self, world: World) -> Answer:
        if self.needs_ticket and not world.store.counters:
            world.keep(channelID=HOTLINE)
        headers = {"idempotency_key": UUID, "origin": "https://shop.example"}
        return world.call(self.method, self.path, self.by, self.body, **headers)


CREATE = Request("POST", "/api/Tickets", 201, body=a_body(), needs_ticket=False)
CREATE_BY_PHONE = Request("POST", "/api/Tickets", 201, "channel-3", a_body(), needs_ticket=False)
MESSAGE = Request("POST", "/api/TicketMessages", 201, body={"ticketID": 1, "body": "Hello"})
MESSAGE_BY_PHONE = Request("POST", "/api/TicketMessages", 201, "channel-3", {"ticketID": 1, "body": "Hello"})
ASSIGN = Request("PUT", "/api/Tickets/1/assign", 200)
BULK = Request("PUT", "/api/Tickets/bulk", 200, body={"ticketIDs": [1], "action": "close"})
BEGIN = Request("POST", "/api/Tickets/createchatticket", 201, None, CHAT, needs_ticket=False)


def change(world: World, **fields: Any) -> None:
    world.call("PATCH", "/api/Tickets/1", "rep-11", fields, content_type=MERGE).as_expected(200)


def to_bob(world: World) -> None:
    change(world, customerRepID=BOB)


def to_sales(world: World) -> None:
    change(world, channelID=SALES)


@pytest.mark.parametrize(
    ("request_", "meanwhile", "code"),
    [
        (CREATE, to_bob, "Forbidden"),
        (MESSAGE, to_bob, "Forbidden"),
        (ASSIGN, to_bob, "Forbidden"),
        (CREATE_BY_PHONE, to_sales, "ChannelMismatch"),
        (MESSAGE_BY_PHONE, to_sales, "ChannelMismatch"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_who_may_not_read_the_ticket_any_more_is_refused(
    world: World, request_: Request, meanwhile: Callable[[World], None], code: str
) -> None:
    request_.send(world).as_expected(request_.status)
    meanwhile(world)
    request_.send(world).refused(403, code, [])


@pytest.mark.parametrize("request_", [CREATE, MESSAGE, ASSIGN, BEGIN], ids=str)
def test_what_has_been_deleted_is_not_found(world: World, request_: Request) -> None:
    request_.send(world).as_expected(request_.status)
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    request_.send(world).refused(404, "NotFound", [])


@pytest.mark.parametrize("request_", [CREATE, CREATE_BY_PHONE, MESSAGE, MESSAGE_BY_PHONE, ASSIGN, BULK, BEGIN], ids=str)
def test_who_may_read_it_is_shown_it_again(world: World, request_: Request) -> None:
    first = request_.send(world).as_expected(request_.status)
    again = request_.send(world).as_expected(request_.status)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json == first.json


def test_a_taken_ticket_is_shown_as_it_is_now(world: World) -> None:
    ASSIGN.send(world).as_expected(200)
    change(world, subject="new")
    again = ASSIGN.send(world).as_expected(200)
    assert (again.json["subject"], again.json["customerRepID"], again.headers["ETag"]) == ("new", ANN, '"3"')


def test_a_chat_is_shown_to_its_visitor_whoever_holds_it_now(world: World) -> None:
    BEGIN.send(world).as_expected(201)
    change(world, customerRepID=BOB, channelID=SALES, status="Pending")
    assert BEGIN.send(world).as_expected(201).json["status"] == "Pending"


def test_a_result_of_many_tickets_tells_what_was_done_to_those_that_were_asked_for(world: World) -> None:
    first = BULK.send(world).as_expected(200)
    to_bob(world)
    assert (
        BULK.send(world).as_expected(200).json
        == first.json
        == {
            "action": "close",
            "succeeded": [1],
            "queued": [],
            "failed": [],
        }
    )
