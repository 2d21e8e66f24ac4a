"""The tables of a stack, with a directory and one ticketID given, in this process."""

from collections.abc import Iterator

import pytest

from tests.backends import application_on, directory_on
from tests.builders import A_CALL, ACME, acme
from tests.calls.fakes import InMemoryRecordings
from tests.deploy.loss import Live
from tests.engines import Tables, moto
from ticketing.calls.call import Recording


@pytest.fixture
def tables() -> Iterator[Tables]:
    with moto() as tables:
        yield tables


@pytest.fixture
def live(tables: Tables) -> Live:
    adapters = application_on(tables).adapters
    adapters.recordings = InMemoryRecordings({Recording(ACME, A_CALL, "mp3"): b"sound"})
    directory_on(tables).load(acme())
    adapters.tickets.next_id(ACME)
    return Live(tables, adapters)
