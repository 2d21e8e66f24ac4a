"""The whole stack over HTTP: the real bundle in the emulator, as a client meets it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.e2e.client import Client
from tests.local_stack import SAM_LOCAL, Stack


@pytest.fixture(scope="session")
def api(stack: Stack) -> Iterator[Client]:
    """Return a client of the running API."""
    with httpx.Client(base_url=stack.baseUrl, timeout=60) as http:
        yield Client(http, stack.token)


def pytest_collection_modifyitems(items: list[pytest.Item], config: pytest.Config) -> None:
    """Look at the logs last, when all other tests have had their chance to log too much."""
    items.sort(key=lambda item: item.path.name == "test_logs.py")
    for item in items:
        beyond = item.get_closest_marker("beyond_sam_local")
        if config.getoption(SAM_LOCAL) and beyond:
            item.add_marker(pytest.mark.skip(beyond.args[0]))
        elif not config.getoption(SAM_LOCAL) and item.get_closest_marker("sam_local"):
            item.add_marker(pytest.mark.skip(f"needs Docker: pytest {SAM_LOCAL}"))
