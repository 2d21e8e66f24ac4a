"""What a change asks of the engine, and what it waits for."""

from collections.abc import Callable, Mapping
from typing import Any
from unittest.mock import Mock

import pytest

from tests.backends import Backend, application_on, directory_on
from tests.builders import acme
from tests.engines import Tables, client_of
from tests.tickets.stored import kept
from tests.tickets.test_races_on_an_engine import deadline
from tests.world import World
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.kernel.aws.client import JsonClient
from ticketing.tickets.draft import new_draft
from ticketing.tickets.patch import merge_patch
from ticketing.tickets.precondition import Precondition


class Line(list[str]):
    """Notes each call of a client when it is asked, and when its answer is read."""

    def of(self, client: JsonClient) -> JsonClient:
        ask = client.ask

        def noted(operation: str, parameters: Mapping[str, Any]) -> Callable[[], dict[str, Any]]:
            self.append(f"ask {operation}")
            wait = ask(operation, parameters)

            def read() -> dict[str, Any]:
                self.append(f"read {operation}")
                return wait()

            return read

        client.ask = noted  # type: ignore[method-assign]
        return client


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def application(line: Line, engine_url: str, tables: Tables, customerID: int) -> Application:
    directory_on(tables).load(acme(customerID=customerID))
    return application_on(Tables(line.of(client_of(engine_url)), tables.names, tables.executor))


@pytest.fixture
def caller(customerID: int) -> Representative:
    return Representative(customerID, 11, Role.Administrator)


def changed(application: Application, caller: Representative, ticketID: int, **fields: object) -> None:
    ticket = application.tickets.existing(caller.customerID, ticketID)
    ticket = application.tickets.patch(caller, ticket, merge_patch(fields), Precondition(), deadline())
    application.labels.view(ticket, caller)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_ticket_is_under_way_while_what_is_to_become_of_it_is_read(
    method: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.keep(ticketID=1)
    ask = Mock(wraps=world.store.ask)
    monkeypatch.setattr(world.store, "ask", ask)
    world.call(method, "/api/Tickets/1", body=b"{").refused(400, "InvalidRequest")
    ask.assert_called_once_with(1, 1)


def test_labels_are_under_way_while_a_change_is_written(
    line: Line, application: Application, atomic: Backend, caller: Representative
) -> None:
    ticket = kept(atomic, caller.customerID, customerRepID=11, channelID=3, uid="jane@doe.example")
    changed(application, caller, ticket.ticketID, summary="Delivered.")
    read = ["ask GetItem", "read GetItem"]
    assert line == [*read, "ask BatchGetItem", "ask PutItem", "read PutItem", "read BatchGetItem"]


def test_what_a_change_names_anew_is_checked_and_shown_with_one_call(
    line: Line, application: Application, atomic: Backend, caller: Representative
) -> None:
    ticket = kept(atomic, caller.customerID, channelID=3, uid="jane@doe.example")
    changed(application, caller, ticket.ticketID, customerRepID=12)
    assert [each for each in line if each.startswith("ask")] == ["ask GetItem", "ask BatchGetItem", "ask PutItem"]


def test_what_a_new_ticket_names_is_checked_and_shown_with_one_call(
    line: Line, application: Application, caller: Representative
) -> None:
    draft = {"status": "Open", "subject": "s", "channelType": "Email", "channelID": 3, "uid": "jane@doe.example"}
    created = application.tickets.create(caller, new_draft(draft), None, deadline())
    application.labels.view(created.ticket, caller)
    assert [each for each in line if each.startswith("ask")] == ["ask BatchGetItem", "ask UpdateItem", "ask PutItem"]
