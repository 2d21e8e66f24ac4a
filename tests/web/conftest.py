"""A local run that serves the pages of web/, which the tests of one file share: they leave their marks on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.browser import chromium
from tests.local_stack import Stack, copied, once, started
from tests.web.browsing import WEB, run_in_web

DRIVER = WEB / "node_modules" / "playwright-core"


@pytest.fixture(scope="module")
def served(first_state: Path, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Return a run that serves the console and the shop as their sources are now."""
    if not chromium():
        pytest.skip("no Chromium: tests/e2e/chromium.sh says how to get one")
    if not shutil.which("npm"):
        pytest.skip("no npm, which builds the pages and brings the browser's driver")
    assert DRIVER.exists(), "the driver is not installed: sh local/setup.sh checks"
    with once("pages") as is_first:
        if is_first:
            run_in_web("npm", "run", "--silent", "build")
    with copied(first_state, request) as folder, started(folder) as stack:
        assert stack.baseUrl
        yield stack
