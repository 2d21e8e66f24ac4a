"""Gives every test property tests that find the same examples each time and do not measure time, one local run
that those who need a running one share, and nothing that stays in the temporary folder."""

import os
from collections.abc import Iterator
from itertools import count
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from local.places import ENGINE
from tests.backends import Backend, in_memory, on
from tests.engines import ENGINES, Tables, client_of, dynoxide, moto, tables_at
from tests.lists.followed import Followed, followed_in_memory, followed_on
from tests.local_stack import SAM_LOCAL, first_state, stack
from tests.proxy import Proxy, proxied
from tests.tables import create_tables
from tests.world import World
from ticketing.kernel.dynamodb.engine import Engine

__all__ = ["first_state", "stack"]

TOGETHER = {
    "tests/e2e/test_description.py": "disposable",
    "tests/e2e/": "stack",
    "tests/clients/": "stack",
    "tests/deploy/test_restore_drill.py": "stack",
    "tests/deploy/test_smoke.py": "stack",
    "tests/local/test_addresses.py": "stack",
    "tests/local/test_commands.py": "stack",
    "tests/local/test_readme.py": "stack",
    "tests/local/test_lifecycle.py": "stack",
    "tests/local/test_stopping.py": "stopping",
    "tests/web/test_console.py": "console",
    "tests/web/test_whole_console.py": "whole console",
    "tests/web/test_widget.py": "widget",
    "tests/bundle/test_functions.py": "bundle",
    "tests/template/test_access.py": "access",
    "tests/test_loading.py": "loading",
}
"""Tests that share a long fixture, such as a local run, by the beginning of their names. (xdist's own groups do nothing
with this version of pytest: they rename tests, which it does not allow.)"""

GROUPS = ("stack", "console", "loading", "access", "bundle", "whole console", "widget", "stopping", "disposable")
"""The order in which they begin, before all other tests: the long ones first; and while two of them wait for the first
start of a local run, the third does not."""
MOST_WORKERS = 4

settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")


class FailuresAtOnce:
    """Shows why a test failed when it fails; pytest alone shows it when all are done."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Prints the reason, in the process that has a terminal."""
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and terminal:
            terminal.ensure_newline()
            terminal.write_sep("_", f"{report.nodeid} failed ({report.when})")
            terminal.write_line(report.longreprtext)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets the whole-stack tests meet the API as `sam local` serves it."""
    parser.addoption(SAM_LOCAL, action="store_true", help="serve the API in containers of Docker's")


def pytest_configure(config: pytest.Config) -> None:
    """Shows failures as they happen; gives all that is started a temporary folder, which goes with the session.

    What is started has a port of its own, whatever the shell's PORT says.
    """
    os.environ.pop("PORT", None)
    config.pluginmanager.register(FailuresAtOnce(config))
    if not hasattr(config, "workerinput"):  # the workers of xdist have the folder of the process that started them
        folder = TemporaryDirectory(prefix="tests-")
        config.add_cleanup(folder.cleanup)
        os.environ["TMPDIR"] = folder.name


def group_of(nodeid: str) -> str:
    return next((group for path, group in TOGETHER.items() if nodeid.startswith(path)), nodeid)


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out tests one by one, but those of `TOGETHER` to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Have one process more than cores: those with a local run wait for it half of their time."""
    return min((os.process_cpu_count() or 1) + 1, MOST_WORKERS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the groups, in their order."""
    places = {group: place for place, group in enumerate(GROUPS)}
    items.sort(key=lambda item: places.get(group_of(item.nodeid), len(places)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Keeps together what shares a long fixture; begins in the order of the collection, not with the most tests."""
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_report_header() -> str | None:
    """Says what is not tested where npm has no DynamoDB for the machine."""
    return None if ENGINE.exists() else f"Without {ENGINE.name}: what needs it is skipped, races among it."


_CUSTOMERS = count(1001)
"""IDs of customers that no test has chosen by itself."""


@pytest.fixture(scope="session")
def engine_url() -> Iterator[str]:
    """Yield where an atomic DynamoDB answers."""
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
    return Tables(tables.client, create_tables(tables.boto3, "Scratch"), tables.executor)


@pytest.fixture(scope="session")
def atomic(tables: Tables) -> Backend:
    """The adapters on it: for whatever happens at the same time."""
    return on(tables)


@pytest.fixture(scope="module", params=ENGINES)
def backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """The ports, on every engine in turn: what holds of one must hold of all."""
    if request.param == "fake":
        yield in_memory()
    elif request.param == "moto":
        with moto() as tables:
            yield on(tables)
    else:
        yield request.getfixturevalue("atomic")


@pytest.fixture(scope="module", params=ENGINES)
def followed(request: pytest.FixtureRequest) -> Iterator[Followed]:
    """Yield what follows the tickets, on every engine in turn."""
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
    """Return what the adapters call, at the end of that line."""
    return Engine(client_of(proxy.url))


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between tries."""
    monkeypatch.setattr("ticketing.kernel.retries.time.sleep", lambda _: None)


@pytest.fixture
def world(socket_disabled: None) -> World:  # noqa: ARG001
    """A fresh API, without a network."""
    return World()
