"""How long the agents' console keeps a browser from answering, with 10,000 tickets in its inbox: `python -m bench.console`.

Starts a local run of its own, adds 20,000 tickets (half of them are closed), and has Chromium sign in, scroll through all
that are open, and work with them (web/bench/long-tasks.ts). A task of the page that takes 50 ms or more is a long task:
whoever types or clicks meanwhile waits for its end. Needs Chromium.
"""

import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report import Table
from tests.e2e.browser import chromium
from tests.local_stack import Stack, command, started
from tests.tables import ROOT

TICKETS = 20_000


def main() -> None:
    """Measure and print a table."""
    if not (browser := chromium()):
        raise SystemExit("There is no Chromium: tests/e2e/chromium.sh says how to get one.")
    with TemporaryDirectory() as name, started(Path(name) / "state") as stack:
        assert stack.baseUrl
        command("load", "--tickets", str(TICKETS), folder=stack.folder).check_returncode()
        tasks = measured(stack, browser)
    rows = [(step, len(each), sum(each), max(each, default=None)) for step, each in tasks.items()]
    print(Table("Long tasks of the console", ("", "long tasks", "ms together", "longest, ms"), rows).markdown())


def measured(stack: Stack, browser: str) -> dict[str, list[float]]:
    """Return the milliseconds of each long task, by what was done."""
    environment = os.environ | stack.pages() | {"CHROMIUM": browser}
    script = ["npm", "run", "--silent", "long-tasks"]
    done = subprocess.run(script, cwd=ROOT / "web", env=environment, stdout=subprocess.PIPE, text=True, check=True)
    tasks: dict[str, list[float]] = json.loads(done.stdout)
    return tasks


if __name__ == "__main__":
    main()
