"""Checks how many times a request goes to DynamoDB and back, where the directory is remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.backends import application_on, directory_on
from tests.builders import A_MOMENT, a_ticket, acme
from tests.engines import Tables, client_of
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.text import terms
from ticketing.lists.counts import Move, counted_as
from ticketing.lists.dynamodb.search import WAVE
from ticketing.lists.indexing import MessageChange
from ticketing.lists.query import Filters, ListRequest
from ticketing.tickets.facets import STATUS
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Order
from ticketing.tickets.patch import merge_patch
from ticketing.tickets.precondition import Precondition
from ticketing.tickets.ticket_view import TicketView


@dataclass
class Traffic:
    """The operations that were called, and how many were under way at the same time at most."""

    operations: list[str] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    def of(self, client: JsonClient) -> JsonClient:
        """Return a client, changed so that its calls are seen."""
        ask = client.ask

        def seen(operation: str, parameters: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
            self.operations.append(operation)
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            wait = ask(operation, parameters)

            def answer() -> dict[str, Any]:
                self.under_way -= 1
                return wait()

            return answer

        client.ask = seen  # type: ignore[method-assign]
        return client


@dataclass(frozen=True)
class Desk:
    """The use cases for one caller, on a client whose traffic is seen."""

    traffic: Traffic
    caller: Representative
    application: Application

    def seen(self) -> list[str]:
        """Return what was called since this was last asked."""
        operations = self.traffic.operations[:]
        self.traffic.operations.clear()
        self.traffic.most = 0
        return operations

    def keep(self, ticketID: int, **fields: Any) -> None:
        self.application.adapters.tickets.create(
            a_ticket(**{"customerID": self.caller.customerID, "ticketID": ticketID} | fields)
        )

    def keep_text(self, ticketID: int, body: str) -> None:
        """A ticket with a message, as they are found."""
        ticket = a_ticket(customerID=self.caller.customerID, ticketID=ticketID)
        keys = {"customerID": ticket.customerID, "ticketID": ticketID, "messageID": 1, "dateCreated": A_MOMENT}
        message = Message.model_validate({**keys, "body": body})
        self.application.adapters.tickets.create(ticket, message)
        self.application.adapters.ticket_counts.move([Move.of(None, counted_as(ticket, A_MOMENT), 0)])
        self.application.adapters.search.write(dict.fromkeys(MessageChange(message).postings, True))

    def patch(self, ticketID: int, **fields: object) -> Ticket:
        ticket = self.application.tickets.existing(self.caller.customerID, ticketID)
        return self.application.tickets.patch(self.caller, ticket, merge_patch(fields), Precondition(), Deadline(0))

    def view(self, ticketID: int) -> TicketView:
        return self.application.labels.view(self.application.tickets.read(self.caller, ticketID), self.caller)


@pytest.fixture
def desk(engine_url: str, tables: Tables, customerID: int) -> Desk:
    traffic = Traffic()
    seen = Tables(traffic.of(client_of(engine_url)), tables.names, tables.executor)
    application = application_on(seen)
    directory_on(seen).load(acme(customerID=customerID))
    application.adapters.directory.entries(customerID, ["rep#11", "channel#3", "topic#1"])
    return Desk(traffic, Representative(customerID, 11, Role.Administrator), application)


def test_a_warm_read_is_one_round_trip(desk: Desk) -> None:
    desk.keep(1, customerRepID=11, channelID=3, topicIDs=[1])
    desk.seen()
    view = desk.view(1)
    assert (view.customerRepName, view.channelName, view.topics) == ("Ada Admin", "Phone 3", ["Billing"])
    assert desk.seen() == ["GetItem"]


def test_a_uid_that_is_not_remembered_is_one_more(desk: Desk) -> None:
    desk.keep(1, uid="jane@doe.example")
    desk.seen()
    for expected in (["GetItem", "BatchGetItem"], ["GetItem"]):
        view = desk.view(1)
        assert [user.name for user in view.endUsers] == ["Jane Doe"]
        assert desk.seen() == expected


def test_a_change_is_a_read_and_a_write(desk: Desk) -> None:
    desk.keep(1)
    desk.seen()
    desk.patch(1, summary="x")
    assert desk.seen() == ["GetItem", "PutItem"]
    desk.patch(1, summary="x")
    assert desk.seen() == ["GetItem"]
    desk.application.tickets.delete(desk.caller, 1, Precondition(), Deadline(0))
    assert desk.seen() == ["GetItem", "TransactWriteItems"]


def test_a_page_by_one_filter_is_two_stages(desk: Desk) -> None:
    """All that is asked of indexes and counts at the same time, then the tickets with what names their uids."""
    for ticketID in range(1, 6):
        desk.keep(ticketID, uid=f"uid-{ticketID}", customerRepID=11)
    desk.seen()
    filters = Filters({STATUS: frozenset({"open"})}, hidden_after="2026-01-01T00:00:00.000Z")
    page = desk.application.listing.page(desk.caller, ListRequest(filters, None, Order(), page=1, size=3))
    assert [item.ticketID for item in page.items] == [5, 4, 3]
    assert desk.traffic.most == 2
    assert desk.seen() == ["Query", "Query", "BatchGetItem"]


def test_a_page_of_all_states_names_the_holders_that_the_counts_tell(desk: Desk) -> None:
    for ticketID, rep in ((1, 13), (2, 11), (3, 13)):
        desk.keep(ticketID, customerRepID=rep)
    ticket = desk.application.tickets.existing(desk.caller.customerID, 3)
    desk.application.adapters.ticket_counts.move([Move.of(None, counted_as(ticket, A_MOMENT), 0)])
    desk.seen()
    page = desk.application.listing.page(desk.caller, ListRequest(Filters(), None, Order(), page=1, size=5))
    assert [item.customerRepName for item in page.items] == ["Ann Agent", "Ada Admin", "Ann Agent"]
    assert desk.traffic.most == 5
    assert desk.seen() == ["Query"] * 5 + ["BatchGetItem"]


def test_a_search_for_a_sentence_is_a_wave_of_its_terms_and_the_texts_of_what_has_them(desk: Desk) -> None:
    """Then, as every search, where its tickets stand, and the tickets."""
    sentence = "先週お店で注文した青い自転車用の雨よけがまだ届いていないのですが至急確認していただけますか"
    assert len(terms(sentence)) > 40
    desk.keep_text(1, f"こんにちは、{sentence}。")
    desk.keep_text(2, sentence[:-1])
    desk.seen()
    page = desk.application.listing.page(
        desk.caller, ListRequest(Filters(), None, Order(), page=1, size=3, search=sentence)
    )
    assert [item.ticketID for item in page.items] == [1]
    texts = ["BatchGetItem", "Query", "Query"]
    assert desk.seen() == ["Query"] * WAVE + texts + ["BatchGetItem"] * 2
