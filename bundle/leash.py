"""Holds a command on a leash: once the holder lets go or dies, in whatever way, the command ends and all it started.

A process between the two, which runs this file. The leash is its standard input, a pipe that the kernel closes even
when the holder is killed. It must lead a process group of its own, by which the command's children are found.
"""

import os
import signal
import subprocess
import sys
import threading

GRACE = 20
"""Seconds that the command has to end by itself before it is killed."""


def hold(command: list[str]) -> int:
    """Run the command to its end; return its exit status."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    released = threading.Event()
    threading.Thread(target=_end_when_released, args=(child, released), daemon=True).start()
    status = child.wait()
    if released.is_set():
        os.killpg(0, signal.SIGKILL)
    return status


def _end_when_released(child: subprocess.Popen[bytes], released: threading.Event) -> None:
    os.read(0, 1)  # nothing is ever written to it: this returns when the other end is closed
    released.set()
    child.terminate()
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(hold(sys.argv[1:]))
