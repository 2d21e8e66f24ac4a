"""Measures how long the agents' console keeps a browser busy at a time, with 10,000 tickets in its inbox.

`python -m bench.console` starts a local run of its own, adds 20,000 tickets (half of them are closed), and has Chromium
sign in, scroll through all that are open, and work with them (web/bench/long-tasks.ts). Whoever types or clicks waits
for the end of the page's task: it should take 100 ms at most. Its time by the clock depends on what else the machine
does; that of the processor does not.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.command import command_line
from bench.packages import require
from bench.report import Table
from tests.e2e.browser import chromium
from tests.local_stack import Stack, command, started
from tests.tables import ROOT

TICKETS = 20_000


def main() -> None:
    """Measure and print a table."""
    command_line(__doc__).parse_args()
    if not chromium():
        require("chromium")
    if not (browser := chromium()):
        raise FileNotFoundError("There is no Chromium: install your system's package.")
    with TemporaryDirectory() as name, started(Path(name) / "state") as stack:
        print(f"with {stack.baseUrl}: {TICKETS:,} tickets", file=sys.stderr, flush=True)
        command("load", "--tickets", str(TICKETS), folder=stack.folder).check_returncode()
        tasks = measured(stack, browser)
    columns = ("The longest task", "ms of the processor", "ms by the clock")
    rows = [(step, each["processor"], each["clock"]) for step, each in tasks.items()]
    print(Table("The console's page", columns, rows).markdown())


def measured(stack: Stack, browser: str) -> dict[str, dict[str, float]]:
    """Return how long the longest task took, in milliseconds, by what was done."""
    environment = os.environ | stack.pages() | {"CHROMIUM": browser}
    script = ["npm", "run", "--silent", "long-tasks"]
    done = subprocess.run(script, cwd=ROOT / "web", env=environment, stdout=subprocess.PIPE, text=True, check=True)
    tasks: dict[str, dict[str, float]] = json.loads(done.stdout)
    return tasks


if __name__ == "__main__":
    main()
