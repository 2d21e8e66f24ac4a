"""Files are small enough to be read in one go: 200 lines, or 300 of tests, but for those that read worse in parts."""

import subprocess

from tests.tables import ROOT

SOURCES = ("*.py", "*.ts", "*.tsx", "*.css", "*.mjs", "*.sh")
MADE = (":!*.d.ts",)
LONGER = {
    "bench/typical/app.py",  # stands for a function in one file
    "layers/ticketing/ticketing/adapters.py",  # list one short property after the other
    "layers/ticketing/ticketing/application.py",
    "layers/ticketing/ticketing/http/request.py",  # one class each
    "layers/ticketing/ticketing/kernel/aws/connections.py",
    "layers/ticketing/ticketing/tickets/dynamodb/tickets.py",
    "web/console/text/en.ts",  # dictionaries of texts
    "web/console/text/nl.ts",
}


def test_files_are_small_but_for_those_that_read_worse_in_parts() -> None:
    listed = subprocess.run(["git", "ls-files", *SOURCES, *MADE], cwd=ROOT, capture_output=True, text=True, check=True)
    files = {name: ROOT / name for name in listed.stdout.splitlines()}
    lines = {name: len(file.read_text().splitlines()) for name, file in files.items() if file.exists()}
    longer = {name for name, count in lines.items() if count > (300 if "tests/" in name else 200)}
    assert longer - LONGER == set(), "split these"
    assert LONGER - longer == set(), "no exceptions any more"
