"""Engines, started once; every test has a customer of its own, so that none sees another's tickets."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.adapters.backends import Backend, in_memory, on
from tests.adapters.engines import Tables, client_of, dynoxide, moto, tables_at
from tests.adapters.followed import Followed, followed_in_memory, followed_on
from tests.adapters.proxy import Proxy, proxied
from tests.tables import create_tables
from ticketing.adapters.dynamodb.engine import Engine

_CUSTOMERS = count(1)


@pytest.fixture(scope="session")
def engine_url() -> Iterator[str]:
    """Where an atomic DynamoDB answers."""
    with dynoxide() as url:
        yield url


@pytest.fixture(scope="session")
def tables(engine_url: str) -> Iterator[Tables]:
    """The template's tables in it."""
    tables = tables_at(engine_url)
    yield tables
    tables.executor.shutdown()


@pytest.fixture(scope="session")
def scratch(tables: Tables) -> Tables:
    """Tables for items that are no tickets: whoever reads all tickets must not meet them."""
    return Tables(tables.client, create_tables(tables.client, "Scratch"), tables.executor)


@pytest.fixture(scope="session")
def atomic(tables: Tables) -> Backend:
    """The adapters on it: for whatever happens at the same time."""
    return on(tables)


@pytest.fixture(scope="module", params=["fake", "moto", "dynoxide"])
def backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """The ports, on every engine in turn: what holds of one must hold of all."""
    if request.param == "fake":
        yield in_memory()
    elif request.param == "moto":
        with moto() as tables:
            yield on(tables)
    else:
        yield request.getfixturevalue("atomic")


@pytest.fixture(scope="module", params=["fake", "moto", "dynoxide"])
def followed(request: pytest.FixtureRequest) -> Iterator[Followed]:
    """What follows the tickets, on every engine in turn."""
    if request.param == "fake":
        yield followed_in_memory()
    elif request.param == "moto":
        with moto() as tables:
            yield followed_on(tables)
    else:
        yield followed_on(request.getfixturevalue("tables"))


@pytest.fixture
def customerID() -> int:
    """A customer without tickets."""
    return next(_CUSTOMERS)


@pytest.fixture
def proxy(engine_url: str) -> Iterator[Proxy]:
    """A line to the atomic engine on which things can go wrong."""
    with proxied(engine_url) as proxy:
        yield proxy


@pytest.fixture
def engine(proxy: Proxy) -> Engine:
    """What the adapters call, at the end of that line."""
    return Engine(client_of(proxy.url, read_timeout=1))


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between tries."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    monkeypatch.setattr("ticketing.adapters.dynamodb.engine.time.sleep", lambda _: None)
