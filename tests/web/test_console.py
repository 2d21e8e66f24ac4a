"""The pages of web/ in a real browser, against a local run of their own: they leave their marks on it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bundle.places import ROOT
from tests.e2e.browser import chromium
from tests.local_stack import PATIENCE, Stack, command, copied, started

WEB = ROOT / "web"
DRIVER = WEB / "node_modules" / "playwright-core"
PAGES = sorted(path.name.removesuffix(".test.ts") for path in (WEB / "tests" / "browser").glob("*.test.ts"))
MANY = 10_000
"""Tickets in the inbox; as many more are loaded, which are closed."""


@pytest.fixture(scope="module")
def served(first_state: Path, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Return a run that serves the console and the shop as their sources are now."""
    if not chromium():
        pytest.skip("no Chromium: tests/e2e/chromium.sh says how to get one")
    if not shutil.which("npm"):
        pytest.skip("no npm, which builds the pages and brings the browser's driver")
    assert DRIVER.exists(), "the driver is not installed: sh local/setup.sh checks"
    done("npm", "run", "--silent", "build")
    with copied(first_state, request) as folder, started(folder) as stack:
        assert stack.baseUrl
        yield stack


def done(*command: str, **environment: str) -> None:
    """Run a program in web/ to its end; fail with what it said."""
    run = subprocess.run(
        command,
        cwd=WEB,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=4 * PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def browse(stack: Stack, tests: str) -> None:
    """Run the tests of one file in the browser."""
    done("node", "--import", "tsx", "--test", f"tests/{tests}.test.ts", **stack.pages(), CHROMIUM=str(chromium()))


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_do_what_they_promise(served: Stack, name: str) -> None:
    browse(served, f"browser/{name}")


def test_many_tickets_are_scrolled_through(served: Stack) -> None:
    loaded = command("load", "--tickets", str(MANY * 2), folder=served.folder)
    assert loaded.returncode == 0, loaded.stderr
    browse(served, "many/many")
