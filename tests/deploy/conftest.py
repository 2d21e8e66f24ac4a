"""The tables of a stack, with a directory and one ticketID given, in this process; and a trial deployment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backends import application_on, directory_on
from tests.builders import A_CALL, ACME, acme
from tests.calls.fakes import InMemoryRecordings
from tests.deploy.loss import Live
from tests.deploy.trial import Trial
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


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    for name in ("AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return Trial(tmp_path, monkeypatch)
