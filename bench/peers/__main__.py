"""Measure every peer that can be had: `python -m bench.peers [--tickets 10000] [PEER ...]`.

All of them run at once and are asked in turn, so that other work on the machine changes their figures alike; each
answers with four processes and is asked by one client, then by eight. Prints a table. What it needs it installs, with
pip into .local, and with apt-get as root: postgresql, request-tracker5, rt5-db-postgresql, starman. A peer that cannot
be had is left out. The filled sites are kept in .local; without them, filling takes some minutes.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from subprocess import CalledProcessError

from bench.ending import end_by_signals
from bench.peers.clients import CLIENTS, burst
from bench.peers.django_helpdesk import DjangoHelpdesk
from bench.peers.kept import put_site
from bench.peers.ours import Ours
from bench.peers.peer import OPERATIONS, PAGE, Peer, Work
from bench.peers.population import write_lines
from bench.peers.request_tracker import RequestTracker
from bench.peers.roundup import Roundup
from bench.report import Table
from bundle.errors import CannotContinue

OTHERS: tuple[Peer, ...] = (Roundup(), DjangoHelpdesk(), RequestTracker())
ROUNDS = 4
FEWEST = 1000
"""Tickets that are enough for a full page of every list."""
type Measured = dict[tuple[str, str, int], list[float]]
"""Milliseconds of each request, by peer, operation and number of clients."""


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="PEER")
    parser.add_argument("--tickets", type=int, default=10_000, metavar="COUNT")
    chosen = parser.parse_args()
    if chosen.tickets < FEWEST:
        parser.error(f"at least {FEWEST} tickets")
    others = [peer for peer in OTHERS if not chosen.names or any(name in peer.name for name in chosen.names)]
    end_by_signals()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="peers-")))
        folder.chmod(0o755)  # PostgreSQL runs as another user
        lines = folder / f"{chosen.tickets}.jsonl"
        write_lines(lines, chosen.tickets)
        ours = Ours()
        releases = {ours.name: _start(ours, lines, stack)}
        for peer in others:
            try:
                releases[peer.name] = _start(peer, lines, stack)
            except (OSError, CalledProcessError, CannotContinue) as missing:
                _say(f"{peer.name} is left out: {missing} {getattr(missing, 'stderr', None) or ''}")
        running = [peer for peer in (ours, *others) if peer.name in releases]
        measured = _measured(running, chosen.tickets)
    print(_table(running, measured, chosen.tickets, ", ".join(list(releases.values())[1:])).markdown())


def _start(peer: Peer, lines: Path, stack: ExitStack) -> str:
    """Start a peer on a filled site, until the stack ends; return its release."""
    _say(f"{peer.name}: filled and started …")
    folder = lines.with_name(peer.name.replace(" ", "-"))
    folder.mkdir()
    release = put_site(peer, lines, folder)
    stack.enter_context(peer.serving(folder))
    return release


def _measured(peers: Sequence[Peer], size: int) -> Measured:
    measured: Measured = {}
    for number in range(ROUNDS + 1):
        for operation in OPERATIONS:
            _say(f"round {number} of {ROUNDS}: {operation}")
            for clients in CLIENTS:
                for peer in peers:
                    result = burst(peer, operation, size, clients)
                    if number and result:  # the first round warms them up
                        measured.setdefault((peer.name, operation, clients), []).extend(result)
    return measured


def _table(peers: Sequence[Peer], measured: Measured, size: int, releases: str) -> Table:
    rows: list[list[str | float | None]] = []
    for clients in CLIENTS:
        for operation in OPERATIONS:
            medians = [_median(measured.get((peer.name, operation, clients), [])) for peer in peers]
            others = [median for median in medians[1:] if median]
            ratio = min(others) / medians[0] if others and medians[0] else None
            plural = "client" if clients == 1 else "clients"
            rows.append([f"{operation}, {clients} {plural}", *medians, ratio])
    columns = ["p50, ms", *(peer.name for peer in peers), "best peer / ours"]
    notes = f"The deep page is page {Work('deep page', 0, size).page} of {PAGE}. Peers: {releases}."
    return Table(f"Peers, {size:,} tickets", columns, rows, notes)


def _median(milliseconds: Sequence[float]) -> float | None:
    """Return those of the middle request."""
    return statistics.median(milliseconds) if milliseconds else None


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
