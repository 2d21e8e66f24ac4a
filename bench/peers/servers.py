"""Peers' processes, and the environments that their libraries are installed in."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(command: Sequence[str | Path], port: int, log: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Run a server until the end; raises TimeoutError if it does not listen within a minute."""
    with log.open("wb") as file, subprocess.Popen(command, env=environment, stdout=file, stderr=file) as process:
        try:
            _wait(port, process, log)
            yield
        finally:
            process.terminate()


def environment_of(folder: Path, *requirements: str) -> Path:
    """Return the interpreter of an environment with libraries, which is made if it is not there."""
    python = folder / "environment" / "bin" / "python"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
        (folder / "installed").touch()
    return python


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens at {port}: {log.read_text(errors='replace')[-1000:]}")
