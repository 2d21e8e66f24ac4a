"""Checks who changed a ticket: every way to write one leaves its author on it, and when it did."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.backends import Backend
from tests.builders import A_CALL, A_MOMENT, ADMIN, CHAT_TOKEN, a_body, a_ticket, acme
from tests.bulk.test_bulk import bulk
from tests.calls.test_recordings import announce
from tests.world import World
from ticketing.directory.author import SYSTEM, VISITOR, Author, AuthorKind
from ticketing.directory.hooks import HookAction
from ticketing.learning.verdict import SpamVerdict

PATH = "/api/Tickets/1"
ADA = Author(kind=AuthorKind.rep, customerRepID=ADMIN)
LINE = Author(kind=AuthorKind.phone)
CHAT = {"channelToken": CHAT_TOKEN, "message": "Hello"}
NOTE = {"ticketID": 1, "body": "Hello"}
MERGE = {"Content_Type": "application/merge-patch+json"}


def _work(world: World, action: str, **fields: Any) -> None:
    bulk(world, action, **fields).as_expected(200)
    assert world.work() == []


CREATING: list[tuple[Author, Callable[[World], object]]] = [
    (ADA, lambda world: world.call("POST", "/api/Tickets", body=a_body())),
    (LINE, lambda world: world.call("POST", "/api/Tickets", "channel-3", a_body(channelType="Phone"))),
    (
        VISITOR,
        lambda world: world.call("POST", "/api/Tickets/createchatticket", None, CHAT, Origin="https://shop.example"),
    ),
]
CHANGING: list[tuple[Author, Callable[[World], object]]] = [
    (ADA, lambda world: world.call("PUT", PATH, body=a_body(subject="Changed", channelID=3))),
    (ADA, lambda world: world.call("PATCH", PATH, body={"subject": "Changed"}, **MERGE)),
    (LINE, lambda world: world.call("PATCH", PATH, "channel-3", {"subject": "Changed"}, **MERGE)),
    (ADA, lambda world: world.call("PUT", f"{PATH}/assign")),
    (ADA, lambda world: world.call("POST", "/api/TicketMessages", body=NOTE)),
    (LINE, lambda world: world.call("POST", "/api/TicketMessages", "channel-3", NOTE)),
    (ADA, lambda world: bulk(world, "close")),
    (Author.hook("OnClose"), lambda world: _work(world, "executeactions", hookName="OnClose")),
    (Author.spam_filter(990), lambda world: _work(world, "detectspam")),
    (Author.topic_detector({2: 800}), lambda world: _work(world, "detecttopics")),
    (SYSTEM, announce),
]


@pytest.mark.parametrize(("author", "create"), CREATING)
def test_who_creates_a_ticket_is_its_first_author(
    world: World, author: Author, create: Callable[[World], object]
) -> None:
    create(world)
    ticket = world.store.kept[1, 1]
    assert (ticket.changedBy, ticket.changedAt) == (author, ticket.dateCreated)


@pytest.mark.parametrize(("author", "change"), CHANGING)
def test_who_changes_a_ticket_is_the_author_of_that_version(
    world: World, author: Author, change: Callable[[World], object]
) -> None:
    action = {"actionID": 1, "hookName": "OnClose", "type": "SetImportant"}
    world.directory.load(acme(actions=[HookAction.model_validate(action)]))
    world.spam.script = {"parcel": SpamVerdict(isSpam=False, score=990)}
    world.topics.script = {"parcel": {2: 800}}
    before = world.keep(channelID=3, twilio_CallSid=A_CALL)
    world.clock.pass_(60)
    change(world)
    ticket = world.store.kept[1, 1]
    assert (ticket.version, ticket.changedBy) == (before.version + 1, author)
    assert ticket.changedAt == "2026-06-15T12:01:00.000Z"


@pytest.mark.parametrize("author", [ADA, LINE, VISITOR, SYSTEM, Author.hook("OnClose"), Author.topic_detector({2: 8})])
def test_a_store_keeps_the_author(backend: Backend, customerID: int, author: Author) -> None:
    backend.store.create(a_ticket(customerID=customerID, changedBy=author, changedAt=A_MOMENT))
    kept = backend.store.get(customerID, 101)
    assert kept
    assert (kept.changedBy, kept.changedAt) == (author, A_MOMENT)
