"""Engines, started once; every test has a customer of its own, so that none sees another's tickets."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.adapters.backends import Backend, in_memory, on
from tests.adapters.engines import Tables, dynoxide, moto, tables_at
from tests.adapters.followed import Followed, followed_in_memory, followed_on

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
