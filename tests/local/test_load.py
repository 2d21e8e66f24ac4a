"""Tickets that are added in bulk are like those that came one by one: listed, counted and found."""

import fcntl
import json
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from bundle.errors import CannotContinue
from local import load as loading
from local.batch import Batch, Tables, made
from local.demo import ACME
from local.deployment import Deployment
from local.load import load
from local.places import State
from tests.engines import boto3_client, client_of, dynoxide
from tests.local_stack import free_port
from tests.tables import create_tables
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.directory.model import Customer
from ticketing.directory.principal import Representative, Role
from ticketing.http.list_query import list_request
from ticketing.http.parameters import Parameters
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.instant import canonical
from ticketing.kernel.retries import Refusal
from ticketing.settings import Settings
from ticketing.tickets.ticket_view import TicketPage

COUNT, STEP = 70, 30
ADMIN = Representative(ACME, 11, Role.Administrator)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> State:
    """A state folder in which nothing runs, with empty tables."""
    for name in ("DEFAULT_REGION", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "test")
    monkeypatch.setattr("local.load.BATCH", STEP)
    state = State(tmp_path)
    state.emulated.mkdir()
    with dynoxide("--db-path", str(state.tables)) as url:
        names = create_tables(boto3_client(url))
        DynamoDirectory(Engine(client_of(url)), names["directory"]).load(Customer(customerID=ACME, name="Acme"))
    outputs = {f"{role.capitalize()}Table": name for role, name in names.items()}
    Deployment("any", outputs | {"JobsQueue": "http://127.0.0.1/jobs"}).record(state)
    return state


@pytest.fixture
def running(state: State) -> Iterator[str]:
    """Yield where the tables of that folder are reached while a run holds it."""
    with dynoxide("--db-path", str(state.tables)) as url, state.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(str(os.getpid()))
        lock.flush()
        state.engine.write_text(url)
        yield url


def application(state: State, url: str) -> Application:
    deployment = Deployment.required(state)
    adapters = Adapters(Settings(**{f"{role.upper()}_TABLE": name for role, name in deployment.tables.items()}))
    adapters.dynamodb, adapters.executor = Engine(client_of(url)), ThreadPoolExecutor(4)
    return Application(adapters)


def listed(application: Application, query: str) -> TicketPage:
    return application.listing.page(ADMIN, list_request(Parameters(parse_qsl(query)), canonical(datetime.now(UTC))))


def test_loaded_tickets_are_listed_counted_and_found(state: State, running: str) -> None:
    load(state, COUNT)
    api = application(state, running)
    assert listed(api, "includeFollowUp=true").totalCount == COUNT
    is_open = {
        closed: listed(api, f"includeFollowUp=true&isClosed={closed}").totalCount for closed in ("true", "false")
    }
    assert sum(is_open.values()) == COUNT
    assert min(is_open.values()) > 0
    (found,) = listed(api, "includeFollowUp=true&search=00000-007").items
    ticket = api.tickets.existing(ACME, found.ticketID)
    (first, *_) = api.adapters.messages.between(ACME, ticket.ticketID, 1, 1)
    assert first.body.endswith("The order is 00000-007.")


def test_what_it_says_of_them_is_what_a_rebuild_finds(state: State, running: str) -> None:
    load(state, COUNT)
    api = application(state, running)
    queries = (
        "",
        "status=Open",
        "isClosed=true",
        "channelType=Phone",
        "customerRepID=13",
        "search=card",
        "search=card*",
    )
    before = {query: listed(api, query).totalCount for query in queries}
    api.rebuilding.run(lambda *_: None)
    assert {query: listed(api, query).totalCount for query in queries} == before
    assert all(before.values())


def test_more_are_added_and_new_tickets_go_on_behind_them(state: State, running: str) -> None:
    load(state, 10)
    load(state, 10)
    api = application(state, running)
    assert listed(api, "includeFollowUp=true").totalCount == 20
    assert api.adapters.tickets.next_id(ACME) == 21


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGINT interrupt, which processes that run tests side by side ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_interrupt_leaves_no_counts_behind(state: State, running: str, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, main = loading._copy, threading.get_ident()

    def interrupted(*arguments: Any) -> None:
        copy(*arguments)
        signal.pthread_kill(main, signal.SIGINT)

    monkeypatch.setattr(loading, "_copy", interrupted)
    with interruptible(), pytest.raises(KeyboardInterrupt):
        load(state, COUNT)
    api = application(state, running)
    added = api.adapters.tickets.get_many(ACME, range(1, COUNT + 1))
    assert len(added) == listed(api, "includeFollowUp=true").totalCount == STEP


def test_a_load_needs_no_run(state: State, capsys: pytest.CaptureFixture[str]) -> None:
    load(state, 10)
    assert capsys.readouterr().out.startswith("Added 10 tickets in ")
    with dynoxide("--db-path", str(state.tables)) as url:
        assert listed(application(state, url), "includeFollowUp=true").totalCount == 10


def test_what_a_maker_is_refused_for_reaches_whoever_loads(
    state: State, running: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refusal("ValidationException", 400, "Query")

    monkeypatch.setattr("local.batch._kept", refuse)
    tables = Tables.of(Deployment.required(state), running)
    with pytest.raises(CannotContinue) as raised:
        made(tables, Batch(1, range(10), 10, datetime.now(UTC), tmp_path / "0", tmp_path / "log"))
    assert b"Tickets cannot be made: ValidationException of Query." in pickle.dumps(raised.value)


def test_while_a_run_starts_it_says_so(state: State) -> None:
    with state.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(str(os.getpid()))
        lock.flush()
        state.engine.write_text(f"http://127.0.0.1:{free_port()}")
        with pytest.raises(CannotContinue, match="still starting"):
            load(state, 10)


def test_a_number_below_one_is_refused(state: State) -> None:
    with pytest.raises(CannotContinue, match="at least 1"):
        load(state, 0)


def test_before_a_first_run_there_is_nothing_to_add_to(tmp_path: Path) -> None:
    with pytest.raises(CannotContinue, match="make run"):
        load(State(tmp_path), 10)
    assert json.dumps([*tmp_path.iterdir()]) == "[]"
