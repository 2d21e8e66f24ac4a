"""The tests of web/ that drive a real browser, each file of them in a process of Node's."""

import os
import subprocess

from bundle.places import ROOT
from tests.e2e.browser import chromium
from tests.local_stack import PATIENCE, Stack

WEB = ROOT / "web"
PAGES = {path.name.removesuffix(".test.ts") for path in (WEB / "tests" / "browser").glob("*.test.ts")}
WIDGET = {name for name in PAGES if name.startswith("widget-")}
CONSOLE = PAGES - WIDGET - {"accessibility"}


def browse(stack: Stack, tests: str) -> None:
    """Run the tests of one file in the browser."""
    run_in_web("node", "--import", "tsx", "--test", f"tests/{tests}.test.ts", **stack.pages(), CHROMIUM=str(chromium()))


def run_in_web(*command: str, **environment: str) -> None:
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
