"""Measure every peer that can be had: `python -m bench.peers [--tickets 10000] [PEER ...]`.

All of them run at once and are asked in turn, so that other work on the machine changes their figures alike; each
answers with four processes and is asked by one client, then by eight. Prints a table.
Needs, of Debian: postgresql, request-tracker5, rt5-db-postgresql, starman. A peer that cannot be had is left out.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from subprocess import CalledProcessError

from bench.peers.clients import CLIENTS, Burst, burst
from bench.peers.django_helpdesk import DjangoHelpdesk
from bench.peers.ours import Ours
from bench.peers.peer import OPERATIONS, Peer
from bench.peers.population import write_lines
from bench.peers.postgres import postgres
from bench.peers.request_tracker import RequestTracker
from bench.peers.roundup import Roundup
from bench.report import Table

PEERS: tuple[Peer, ...] = (Ours(), Roundup(), DjangoHelpdesk(), RequestTracker())
ROUNDS = 4
type Measured = dict[tuple[str, str, int], list[Burst]]
"""By peer, operation and number of clients."""


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="PEER")
    parser.add_argument("--tickets", type=int, default=10_000, metavar="COUNT")
    chosen = parser.parse_args()
    peers = [peer for peer in PEERS if not chosen.names or any(name in peer.name for name in chosen.names)]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        write_lines(folder / f"{chosen.tickets}.jsonl", chosen.tickets)
        stack.enter_context(postgres(folder / "postgres"))
        running = [peer for peer in peers if _is_running(peer, folder, chosen.tickets, stack)]
        measured = _measured(running)
    print(_table(running, measured, chosen.tickets).markdown())


def _is_running(peer: Peer, folder: Path, size: int, stack: ExitStack) -> bool:
    _say(f"{peer.name}: made, filled and started …")
    own = folder / peer.name.replace(" ", "-")
    own.mkdir()
    try:
        stack.enter_context(peer.running(own, size))
    except (OSError, CalledProcessError) as missing:
        _say(f"{peer.name} is left out: {missing} {getattr(missing, 'stderr', None) or ''}")
        return False
    return True


def _measured(peers: Sequence[Peer]) -> Measured:
    measured: Measured = {}
    for number in range(ROUNDS + 1):
        for operation in OPERATIONS:
            _say(f"round {number} of {ROUNDS}: {operation}")
            for clients in CLIENTS:
                for peer in peers:
                    result = burst(peer, operation, clients)
                    if number and result:  # the first round warms them up
                        measured.setdefault((peer.name, operation, clients), []).append(result)
    return measured


def _table(peers: Sequence[Peer], measured: Measured, size: int) -> Table:
    rows: list[list[str | float | None]] = []
    for clients in CLIENTS:
        for operation in OPERATIONS:
            medians = [_median(measured.get((peer.name, operation, clients), [])) for peer in peers]
            others = [median for median in medians[1:] if median]
            ratio = min(others) / medians[0] if others and medians[0] else None
            plural = "client" if clients == 1 else "clients"
            rows.append([f"{operation}, {clients} {plural}", *medians, ratio])
    columns = ["p50, ms", *(peer.name for peer in peers), "best peer / ours"]
    return Table(f"Peers, {size:,} tickets", columns, rows)


def _median(bursts: Sequence[Burst]) -> float | None:
    """Return the milliseconds of the middle request of all."""
    return statistics.median(each for burst in bursts for each in burst.milliseconds) if bursts else None


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
