"""Processes that a build or a run starts: each on a leash, so that none outlives it."""

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bundle import leash
from bundle.errors import CannotContinue
from bundle.places import ROOT


@contextmanager
def started(
    command: list[str], environment: Mapping[str, str], log: Path, held: Collection[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the command while it runs; leaving ends it and kills what it started. The leash keeps `held` open."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", leash.__file__, *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
            pass_fds=tuple(held),
        )
    try:
        yield process
    finally:
        _end(process)


def finished(command: list[str], environment: Mapping[str, str], log: Path, purpose: str) -> None:
    """Run the command to its end; raises CannotContinue, one line that points at the log, where it fails."""
    with started(command, environment, log) as process:
        status = process.wait()
    if status != 0:
        said = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
        raise CannotContinue(f"{purpose} failed: {said[-1] if said else 'it said nothing'} (the rest is in {log})")


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin  # noqa: S101 - it was started with a pipe
    process.stdin.close()
    process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
