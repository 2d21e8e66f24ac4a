"""The tables of a stack, with a directory and one ticketID given, in this process."""

from collections.abc import Iterator

import pytest

from tests.backends import wired
from tests.builders import A_CALL, ACME, acme
from tests.engines import Tables, moto
from ticketing import wiring


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tables]:
    monkeypatch.setenv("JOBS_QUEUE", "")  # the command sets both; they are put back
    monkeypatch.setenv("RECORDINGS_BUCKET", "")
    monkeypatch.setattr("cloud.restore.command._is_stored", lambda name: A_CALL in name)
    with moto() as tables, wired(tables):
        wiring.current_directory().load(acme())
        wiring.store().next_id(ACME)
        yield tables
