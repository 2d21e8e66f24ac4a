"""A PostgreSQL of its own for each peer that keeps its tickets in one."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.packages import require, version_of
from bench.peers.servers import Command, serving

ENDED_BY_SIGINT = ("sh", "-c", 'trap "kill -INT \\$!" TERM; "$@" & wait $!; wait $!', "sh")
"""Runs a server that is told to end by SIGINT, at which PostgreSQL leaves its clients, instead of SIGTERM, at which it
waits for them: those of a benchmark that was killed may stay."""
REFUSING = 1
"""The status of pg_isready for a server that is starting."""


def release() -> str:
    """Return PostgreSQL's version, installed if it is missing."""
    require("postgresql")
    return f"PostgreSQL {version_of('postgresql')}"


@contextmanager
def postgres(folder: Path, port: int) -> Iterator[None]:
    """Serve the folder's cluster, which is made if there is none, for anyone on this machine until the end."""
    data = folder / "postgres"
    if not data.exists():
        data.mkdir()
        os.chown(data, *_owner())
        options = ["--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--locale", "C"]
        subprocess.run(_as_owner("initdb", "--pgdata", data, *options), check=True, cwd="/", stdout=subprocess.DEVNULL)
    own = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={data}"]
    command = [*ENDED_BY_SIGINT, *_as_owner("postgres", "-D", data, "-p", str(port), *own)]
    with serving(command, port, folder / "postgres.log", os.environ):
        _wait(port)
        yield


def psql(port: int, database: str) -> list[str]:
    """Return the command that runs SQL of its input."""
    return f"psql -q -h 127.0.0.1 -p {port} -U postgres -v ON_ERROR_STOP=1 {database}".split()


def _wait(port: int) -> None:
    """Wait while it listens but takes nobody yet."""
    command = ["pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(command, check=False).returncode == REFUSING:
        time.sleep(0.1)


def _as_owner(program: str, *options: str | Path) -> Command:
    """Return the command that runs one of PostgreSQL's programs, which refuse root."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    command: Command = [found[-1] if found else shutil.which(program) or program, *options]
    if os.getuid():
        return command
    user, group = map(str, _owner())
    return ["setpriv", "--reuid", user, "--regid", group, "--clear-groups", *command]


def _owner() -> tuple[int, int]:
    if os.getuid():
        return os.getuid(), os.getgid()
    user = pwd.getpwnam("postgres")
    return user.pw_uid, user.pw_gid
