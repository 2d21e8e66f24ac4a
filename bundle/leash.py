"""Hold a command on a leash: once the holder lets go or dies, in whatever way, the command ends and all it started.

This file runs in a process between the two. The leash is its standard input, a pipe that the kernel closes even when
the holder is killed. It must lead a process group, by which whatever the command started is found.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress

GRACE = 20
"""Seconds that the command, and then what it has left behind, have to end by themselves before they are killed."""
KILL_AFTERWARDS = ("sh", "-c", "read -r _; kill -KILL 0")
"""Kills the process group that it is in, itself too, once its standard input is closed."""
SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): orphans among the descendants become children of this process."""


def hold(command: list[str]) -> int:
    """Run the command, and end what it leaves behind. Return its exit status.

    This process does not return but is killed where the command itself had to be.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)  # else a machine whose first process reaps nobody has zombies
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_end_when_released, args=(child,), daemon=True).start()
    status = child.wait()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    _kill_later(child)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return status


def _end_when_released(child: subprocess.Popen[bytes]) -> None:
    os.read(0, 1)  # nothing is ever written to it: this returns when the other end is closed
    child.terminate()
    _kill_later(child)


def _kill_later(child: subprocess.Popen[bytes]) -> None:
    timer = threading.Timer(GRACE, _kill, (child,))
    timer.daemon = True
    timer.start()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill the group; but where the command has ended, end with its status first, which a kill would hide."""
    with suppress(OSError):
        if child.returncode is not None:
            # what this process holds open stays open until the group is gone
            subprocess.Popen(KILL_AFTERWARDS, stdin=subprocess.PIPE, close_fds=False)
            os._exit(child.returncode)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(hold(sys.argv[1:]))
