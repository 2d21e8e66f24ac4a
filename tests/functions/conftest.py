"""The functions with fakes in the place of every port, and without a network."""

from collections.abc import Iterator

import pytest

from tests.fakes import InlineExecutor
from tests.functions.world import World
from ticketing import wiring
from ticketing.adapters.dynamodb.directory import RememberedDirectory
from ticketing.usecases.authentication import Authentication


@pytest.fixture(autouse=True)
def _no_network(socket_disabled: None) -> None:
    """Whatever opens a socket fails."""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A fresh API."""
    world = World()
    authentication = Authentication(world.tokens, world.directory, world.clock.seconds)
    remembered = RememberedDirectory(world.directory, world.clock.seconds)
    executor = InlineExecutor()
    ports = {
        "store": world.store,
        "messages": world.messages,
        "receipts": world.receipts,
        "claims": world.claims,
        "index": world.index,
        "tallies": world.tallies,
        "search": world.search,
        "jobs": world.jobs,
        "spam_filter": world.spam,
        "topic_detector": world.topics,
        "webhooks": world.webhooks,
        "calls": world.calls,
        "recordings": world.recordings,
        "telephony": world.telephony,
        "chat_channels": world.channels,
        "buckets": world.buckets,
        "current_directory": world.directory,
        "directory": remembered,
        "executor": executor,
        "authentication": authentication,
    }
    forget()
    for name, port in ports.items():
        monkeypatch.setattr(wiring, name, lambda port=port: port)
    monkeypatch.setattr(wiring, "now", world.clock.now)
    yield world
    monkeypatch.undo()
    forget()


def forget() -> None:
    """Drops whatever the wiring has made."""
    for made in vars(wiring).values():
        if hasattr(made, "cache_clear"):
            made.cache_clear()
