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
MANY = 10_000


@pytest.fixture(scope="module")
def served(first_state: Path, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """A run with its console and shop."""
    if not chromium():
        pytest.skip("no Chromium: tests/e2e/chromium.sh says how to get one")
    if not shutil.which("npm"):
        pytest.skip("no npm, which builds the pages and brings the browser's driver")
    with copied(first_state, request) as folder, started(folder) as stack:
        assert stack.baseUrl
        yield stack


def browse(stack: Stack, script: str) -> None:
    """Run one of the package's scripts with the browser's tests; fail with what it said."""
    environment = stack.environment()
    addresses = {
        "API_URL": environment["baseUrl"],
        "CONSOLE_URL": environment["console"],
        "SHOP_URL": environment["shop"],
    }
    run = subprocess.run(
        ["npm", "run", "--silent", script],
        cwd=WEB,
        env=os.environ | addresses | {"CHROMIUM": str(chromium())},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_pages_do_what_they_promise(served: Stack) -> None:
    browse(served, "browser")


def test_many_tickets_are_scrolled_through(served: Stack) -> None:
    loaded = command("load", "--tickets", str(MANY * 2), folder=served.folder)
    assert loaded.returncode == 0, loaded.stderr
    browse(served, "browser:many")
