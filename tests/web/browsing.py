"""The tests of web/ that drive a real browser: files of them in one process of Node's, with one browser."""

import os
import subprocess

from bundle.places import ROOT
from tests.e2e.browser import chromium
from tests.local_stack import PATIENCE, Stack

WEB = ROOT / "web"
PAGES = {f"browser/{path.name.removesuffix('.test.ts')}" for path in (WEB / "tests" / "browser").glob("*.test.ts")}
WIDGET = {name for name in PAGES if name.startswith("browser/widget-")}
ACCESSIBILITY = "browser/accessibility"
CONSOLE = PAGES - WIDGET - {ACCESSIBILITY}
LONGEST = 3600
"""Seconds for a group of files; each of their tests has a limit of its own."""


def browse(stack: Stack, *files: str) -> None:
    """Run the tests of these files in the browser, one after the other; each start of Node and a browser takes 2 s.

    What fails stands at the end of the output.
    """
    program = "".join(f"import './tests/{file}.test.ts';" for file in sorted(files))
    node = ("node", "--import", "tsx", "--test-reporter=spec", "--input-type=module", "--eval", program)
    run_in_web(*node, patience=LONGEST, **stack.pages(), CHROMIUM=str(chromium()))


def run_in_web(*command: str, patience: float = PATIENCE, **environment: str) -> None:
    """Run a program in web/ to its end; fail with what it said."""
    run = subprocess.run(
        command,
        cwd=WEB,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=patience,
        check=False,
    )
    assert run.returncode == 0, run.stdout
