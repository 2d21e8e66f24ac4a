"""The processes of a local run and what they listen on, as the kernel tells it."""

import os
from contextlib import suppress
from pathlib import Path

LISTENS = "0A"
FILES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
"""The second is missing where the machine has no IPv6."""


def processes_of(folder: Path) -> set[int]:
    """Return the processes that were started for a state folder: all inherit its name in their environment."""
    mark = f"LOCAL_STATE={folder}".encode()
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.add(int(entry.name))
    return found


def command_of(process: int) -> str:
    """Return a process's command line; empty when it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def listening_addresses(processes: set[int]) -> set[str]:
    """Return the addresses that the processes listen on, as the kernel writes them: hexadecimal, host byte order."""
    sockets = set()
    for process in processes:
        with suppress(OSError):
            for file in Path(f"/proc/{process}/fd").iterdir():
                with suppress(OSError):
                    sockets.add(os.readlink(file))
    rows = [line.split() for file in FILES if file.exists() for line in file.read_text().splitlines()[1:]]
    return {row[1].split(":")[0] for row in rows if row[3] == LISTENS and f"socket:[{row[9]}]" in sockets}
