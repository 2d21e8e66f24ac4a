"""Run every benchmark: `make bench`, or `python -m bench [SECTION ...]`, a section by its first word.

Writes bench/results/<date>.md with the machine and the versions, a section for each as soon as it is over (those that
are not named are kept as they are), and from its tables the charts of docs/charts. Takes half an hour on two cores;
each section says on the way how far it is. What is missing is installed, and that is said: Python's libraries into
.local; Debian's valgrind, chromium, postgresql, request-tracker5, rt5-db-postgresql and starman by apt-get, where this
runs as root. Without the last four their peers are left out. A section that fails is said to be missing, the others are
measured all the same, and the exit status is 1.
"""

import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.command import command_line
from bench.ending import end_by_signals
from bench.report import RESULTS, machine, sections_in
from tests.tables import ROOT

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Cold starts": ("bench.cold",),
    "Warm requests": ("bench.warm", "--typical", "bench/typical/app.py"),
    "Indexing": ("bench.indexing",),
    "Units": ("bench.lists",),
    "Hooks": ("bench.hooks",),
    "Feed": ("bench.feed", "300"),
    "Local run": ("bench.local",),
    "Growth": ("bench.scaling",),
    "Cost": ("bench.cost",),
    "Console": ("bench.console",),
    "Peers": ("bench.peers",),
}
"""The command that measures each."""
LIBRARIES = ("pydantic", "botocore", "aws-lambda-powertools", "cryptography")


def main() -> None:
    """Measure, and write the page."""
    parser = command_line(__doc__)
    parser.add_argument("names", nargs="*", metavar="SECTION", help=", ".join(name.split()[0] for name in SECTIONS))
    names = parser.parse_args().names
    chosen = {name: command for name, command in SECTIONS.items() if not names or name.split()[0] in names}
    if len(chosen) < len({*names}):
        parser.error("no such section")
    end_by_signals()
    page, failed = _page(), list[str]()
    for number, (name, command) in enumerate(chosen.items(), 1):
        print(f"[{number}/{len(chosen)}] {name}", file=sys.stderr, flush=True)
        text = _said(command)
        failed += [] if text else [name]
        _write(page, name, f"`python -m {' '.join(command)}`\n\n{text or 'Not measured: it failed.'}")
    failed += [] if _drawn(page) else ["the charts"]
    print(page)
    sys.exit(f"Failed: {', '.join(failed)}." if failed else 0)


def _page() -> Path:
    return RESULTS / f"{datetime.now(UTC).date()}.md"


def _write(page: Path, name: str, text: str) -> None:
    """Write a section into the page, which keeps its others."""
    sections = sections_in(page.read_text()) if page.exists() else {}
    sections[name] = text
    kept = (f"## {name}\n\n{sections[name].strip()}\n" for name in SECTIONS if name in sections)
    page.write_text("\n".join([_head(), *kept]))


def _said(command: tuple[str, ...]) -> str | None:
    """Return what a benchmark prints, which is shown at once; None if it fails."""
    begun, lines = time.monotonic(), []
    with subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            for line in running.stdout or ():
                print(line, end="", file=sys.stderr, flush=True)
                lines.append(line)
        except BaseException:
            running.terminate()
            raise
    minutes = (time.monotonic() - begun) / 60
    return None if running.returncode else f"{''.join(lines).strip()}\n\nTook {minutes:.1f} minutes.\n"


def _drawn(page: Path) -> bool:
    """Draw the charts; return False where that fails."""
    return subprocess.run([sys.executable, "-m", "bench.charts", page], cwd=ROOT, check=False).returncode == 0


def _head() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"# Benchmarks, {datetime.now(UTC).date()}\n\n{machine()}; {libraries}.\n"


if __name__ == "__main__":
    main()
