"""Run every benchmark: `make bench`, or `python -m bench [SECTION ...]`, a section by its first word.

Writes bench/results/<date>.md with the machine and the versions, a section for each (those that are not named are kept
as they are), and from its tables the charts of docs/charts. Takes about an hour on two cores; each section says on the
way how far it is. What is missing is installed, and that is said: Python's libraries into .local; Debian's valgrind,
chromium, postgresql, request-tracker5, rt5-db-postgresql and starman by apt-get, where this runs as root. Without the
last four their peers are left out. A section that fails is said to be missing, and makes the exit status 1.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version

from bench.ending import end_by_signals
from bench.report import RESULTS, machine, sections_in
from tests.tables import ROOT

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Cold starts": ("bench.cold",),
    "Warm requests": ("bench.warm", "--typical", "bench/typical/app.py"),
    "Indexing": ("bench.indexing",),
    "Units": ("bench.lists",),
    "Hooks": ("bench.hooks",),
    "Feed": ("bench.feed",),
    "Partitions": ("bench.traffic",),
    "Local run": ("bench.local",),
    "Growth": ("bench.scaling",),
    "Cost": ("bench.cost",),
    "Console": ("bench.console",),
    "Peers": ("bench.peers",),
}
"""What measures each."""
LIBRARIES = ("pydantic", "botocore", "aws-lambda-powertools", "cryptography")


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="SECTION")
    names = parser.parse_args().names
    end_by_signals()
    chosen = {name: command for name, command in SECTIONS.items() if not names or name.split()[0] in names}
    path, failed = RESULTS / f"{datetime.now(UTC).date()}.md", 0
    sections = sections_in(path.read_text()) if path.exists() else {}
    for number, (name, command) in enumerate(chosen.items(), 1):
        print(f"[{number}/{len(chosen)}] {name}", file=sys.stderr, flush=True)
        text = _said(command)
        failed += text is None
        sections[name] = f"`python -m {' '.join(command)}`\n\n{text or 'Not measured: it failed.'}"
    kept = (f"## {name}\n\n{sections[name].strip()}\n" for name in SECTIONS if name in sections)
    path.write_text("\n".join([_head(), *kept]))
    subprocess.run([sys.executable, "-m", "bench.charts", path], cwd=ROOT, check=True)
    print(path)
    sys.exit(bool(failed))


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


def _head() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"# Benchmarks, {datetime.now(UTC).date()}\n\n{machine()}; {libraries}.\n"


if __name__ == "__main__":
    main()
