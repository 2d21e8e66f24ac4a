"""The contract of Pages, on the fake and on an engine, and what the adapter reads beside the tickets."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.backends import Backend, application_on, directory_on, in_memory
from tests.builders import acme
from tests.engines import Tables, client_of
from tests.fakes import InMemoryTickets
from tests.lists.fakes import InMemoryPages
from tests.tickets.stored import kept
from ticketing.application import Application
from ticketing.directory.dynamodb import CachedDirectory
from ticketing.directory.model import Entry, Rep
from ticketing.kernel.aws.client import JsonClient
from ticketing.lists.dynamodb.pages import DynamoPages
from ticketing.lists.ports import Pages
from ticketing.tickets.order import Position


@dataclass
class SeenRequests:
    """Notes what a client was asked for; the first reply to a batch leaves out one item of each table, if so wished."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    leaves_out: bool = False

    def of(self, client: JsonClient) -> JsonClient:
        ask = client.ask

        def seen(operation: str, parameters: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
            wanted = parameters.get("RequestItems", {})
            self.asked.append(dict(wanted))
            if not (self.leaves_out and len(self.asked) == 1):
                return ask(operation, parameters)
            given = {table: each | {"Keys": each["Keys"][1:]} for table, each in wanted.items()}
            left = {table: each | {"Keys": each["Keys"][:1]} for table, each in wanted.items()}
            wait = ask(operation, {"RequestItems": {table: each for table, each in given.items() if each["Keys"]}})
            return lambda: wait() | {"UnprocessedKeys": left}

        client.ask = seen  # type: ignore[method-assign]
        return client


class Nothing:
    """A Directory that nobody may ask any more."""

    def entries(self, customerID: int, keys: Collection[str]) -> Mapping[str, Entry]:
        raise AssertionError((customerID, keys))

    def ask(self, customerID: int, keys: Collection[str]) -> Callable[[], Mapping[str, Entry]]:
        raise AssertionError((customerID, keys))

    def beginning(self, customerID: int, prefix: str, at_most: int | None = None) -> Mapping[str, Entry]:
        raise AssertionError((customerID, prefix, at_most))


@dataclass(frozen=True)
class Desk:
    """Pages whose requests are seen, and the cache that their labels go to."""

    requests: SeenRequests
    application: Application
    cache: CachedDirectory
    pages: Pages


@pytest.fixture
def desk(engine_url: str, tables: Tables, customerID: int) -> Desk:
    requests = SeenRequests()
    application = application_on(tables)
    directory_on(tables).load(acme(customerID=customerID))
    seen = application_on(Tables(requests.of(client_of(engine_url)), tables.names, tables.executor))
    cache, names = CachedDirectory(Nothing(), lambda: 0.0), tables.names
    pages = DynamoPages(seen.adapters.dynamodb, names["tickets"], names["directory"], cache)
    return Desk(requests, application, cache, pages)


@pytest.fixture(params=["fake", "engine"])
def stocked(request: pytest.FixtureRequest) -> tuple[Backend, Pages]:
    """A backend, and pages of its store."""
    if request.param == "fake":
        store = InMemoryTickets()
        return replace(in_memory(), store=store), InMemoryPages(store)
    return request.getfixturevalue("atomic"), request.getfixturevalue("desk").pages


def test_tickets_are_as_they_are_now(stocked: tuple[Backend, Pages], customerID: int) -> None:
    backend, pages = stocked
    first, second = kept(backend, customerID), kept(backend, customerID, subject="b")
    backend.store.delete(first)
    found = pages.tickets(customerID, [Position("", ticketID, "r11c3") for ticketID in (3, 2, 1)])
    assert found == {2: second}


@pytest.mark.parametrize("leaves_out", [False, True])
def test_labels_are_read_with_the_tickets(desk: Desk, atomic: Backend, customerID: int, leaves_out: bool) -> None:
    desk.requests.leaves_out = leaves_out
    for _ in range(2):
        kept(atomic, customerID)
    found = desk.pages.tickets(customerID, [Position("", 1, "r11"), Position("", 2, "r11c3unobody")])
    assert found.keys() == {1, 2}
    assert len(desk.requests.asked) == (3 if leaves_out else 1)
    known = desk.cache.entries(customerID, ["rep#11", "channel#3", "uid#nobody"])
    assert known.keys() == {"rep#11", "channel#3"}
    assert isinstance(known["rep#11"], Rep)


def test_tickets_are_read_consistently_and_labels_at_half_the_price(desk: Desk, customerID: int) -> None:
    desk.pages.tickets(customerID, [Position("", 1, "r11")])
    (asked,) = desk.requests.asked
    assert {table: each["ConsistentRead"] for table, each in asked.items()} == {
        desk.application.adapters.settings.TICKETS_TABLE: True,
        desk.application.adapters.settings.DIRECTORY_TABLE: False,
    }


def test_what_is_known_is_not_read_again(desk: Desk, customerID: int) -> None:
    for _ in range(2):
        desk.pages.tickets(customerID, [Position("", 1, "r11c99")])
    assert [len(asked) for asked in desk.requests.asked] == [2, 1]


def test_no_more_than_a_batch_holds_is_read_at_once(desk: Desk, customerID: int) -> None:
    positions = [Position("", ticketID, f"t{ticketID}") for ticketID in range(1, 91)]
    desk.pages.tickets(customerID, positions)
    (asked,) = desk.requests.asked
    assert sum(len(each["Keys"]) for each in asked.values()) == 100
