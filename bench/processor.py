"""The processor time of a local run, by the kind of process that takes it."""

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.local.processes import command_of, processes_of

EMULATOR, FUNCTIONS, ENGINE = "emulator", "functions", "engine"
KINDS = (EMULATOR, FUNCTIONS, ENGINE)
TICK = 1000 / os.sysconf("SC_CLK_TCK")
"""Milliseconds of the kernel's unit of time."""


def taken(folder: Path) -> Counter[str]:
    """Return how many ticks the processes of a state folder's run have taken so far."""
    times: Counter[str] = Counter()
    for process in processes_of(folder):
        with suppress(OSError):  # it ended meanwhile
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            times[_kind(command_of(process))] += int(fields[11]) + int(fields[12])
    return times


def _kind(command: str) -> str:
    if "ministack-lambda-" in command:
        return FUNCTIONS
    return ENGINE if "--db-path" in command else EMULATOR
