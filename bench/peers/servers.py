"""Peers' processes, and the environments that their libraries are installed in."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bundle.children import started
from local.server import HOST, Server
from tests.tables import ROOT

type Command = Sequence[str | Path]

ENVIRONMENTS = ROOT / ".local" / "bench"


@contextmanager
def serving(command: Command, port: int, log: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Run a server until the end, or until this process is killed. Raises CannotContinue if it does not listen, and
    OSError if something else does."""
    if _listens(port):
        raise OSError(f"port {port} is in use")
    with started([*map(str, command)], environment, log) as process:
        Server(log.stem, process, port, log).wait_until(lambda: _listens(port), f"{port} is not served")
        yield


def environment_of(name: str, *requirements: str) -> Path:
    """Return the interpreter of an environment with libraries, which is made if there is none of these."""
    python = ENVIRONMENTS / name / "bin" / "python"
    made_of, wanted = ENVIRONMENTS / name / "made-of", "\n".join(requirements)
    if not made_of.exists() or made_of.read_text() != wanted:
        print(f"Installing with pip into .local/bench/{name} …", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENTS / name], check=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *requirements], check=True)
        made_of.write_text(wanted)
    return python


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
