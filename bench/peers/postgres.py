"""A PostgreSQL of its own for the peers that keep their tickets in one."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = 5544


@contextmanager
def postgres(folder: Path) -> Iterator[None]:
    """Serve an empty cluster at PORT, for anyone on this machine, until the end; raises OSError without PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    command = found[-1] if found else Path(shutil.which("pg_ctl") or "pg_ctl")
    data = folder / "data"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.chown(folder, *_owner())
    options = f"-p {PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    _run(command, "initdb", "-D", data, "-o", "-A trust -U postgres -E UTF8 --locale C")
    _run(command, "start", "-w", "-D", data, "-o", options, "-l", folder / "log")
    try:
        yield
    finally:
        _run(command, "stop", "-m", "immediate", "-D", data)


def _owner() -> tuple[int, int]:
    """Return the ids to run as: PostgreSQL refuses root."""
    if os.getuid():
        return os.getuid(), os.getgid()
    user = pwd.getpwnam("postgres")
    return user.pw_uid, user.pw_gid


def _run(*command: str | Path) -> None:
    user, group = _owner()
    subprocess.run(command, check=True, user=user, group=group, extra_groups=[], cwd="/", stdout=subprocess.DEVNULL)
