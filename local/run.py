"""A local run from start to end: whatever it takes until requests are answered, then until it is told to stop."""

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from bundle import building
from bundle.errors import CannotContinue
from local import emulator, telephony
from local.containers import api as containers
from local.containers import docker
from local.deployment import Deployment, deploy, fingerprint
from local.places import ENGINE, State
from local.ports import Ports
from local.server import HOST, INTERVAL
from local.world.load import is_listed, load_world

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CHECK = 0.5
"""Seconds between looks at the parent process."""
PATIENCE = 30
"""Seconds to wait for what is left of a run that died."""

READY = """\
Ready: {url}
  Try every call:  {url}/api/docs
  Make a token:    .venv/bin/python -m local token --customer 1 --rep 12"""


class Stopped(BaseException):
    """The run was told to stop."""


def run(state: State, ports: Ports, until_parent_ends: bool) -> None:
    """Serves until a signal comes, or until the parent process ends where that is asked for.

    The emulator serves the API where that has no port of its own, and functions in containers where it has.
    """
    parent = os.getppid() if until_parent_ends else None
    try:
        with _stopping_on_signals(), held(state) as lock:
            _serve(state, ports, lock, parent)
    except Stopped:
        print("Stopped.", flush=True)


@contextmanager
def held(state: State) -> Iterator[int]:
    """The state folder for this process alone. Waits for what is left of a run that died."""
    state.folder.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + PATIENCE
    with state.lock.open("a+") as lock:
        while not _try_lock(lock.fileno()):
            lock.seek(0)
            holder = lock.read()
            if _is_alive(holder) or time.monotonic() > deadline:
                raise CannotContinue(f"Process {holder} runs on {state.folder}: stop it, or set LOCAL_STATE=…")
            time.sleep(INTERVAL)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock.fileno()


def _serve(state: State, ports: Ports, lock: int, parent: int | None) -> None:
    ports.require_free()
    address = docker.prepared(building.machine_architecture()) if ports.are_apart else None
    ports.record(state)
    if not ENGINE.exists():
        print(f"There is no {ENGINE.name} here: the tables are kept by a clean stop only.", flush=True)
    _bring_up_to_date(state, ports.emulator, lock)
    print("Starting …", flush=True)
    with emulator.running(state, ports.emulator, lock, address) as running:
        telephony.hand_over(ports.emulator)
        with containers.serving(state, ports, address) if address else nullcontext(running) as api:
            api.wait_for("/api/health")
            if address:
                containers.require_way_to_emulator(state, ports, address)
            print(READY.format(url=f"http://{HOST}:{ports.api}"), flush=True)
            while parent is None or parent == os.getppid():
                api.rest(CHECK)
                running.check()


def _bring_up_to_date(state: State, port: int, lock: int) -> None:
    architecture = building.machine_architecture()
    with building.built(architecture) as build:
        wanted, present = fingerprint(build, architecture, state), Deployment.recorded(state)
        if state.tables.exists() != ENGINE.exists():
            present = None  # the tables are elsewhere
        if present and present.fingerprint == wanted:
            return
        if not present:
            shutil.rmtree(state.emulated, ignore_errors=True)  # a first setup that was cut short begins anew
        with emulator.running(state, port, lock) as running:
            deployment = deploy(state, port, architecture, wanted)
            if not present:
                load_world(state, deployment.tables, deployment.recordings_bucket, port)
                running.wait_until(lambda: is_listed(state, port), "The demo world is not listed")
    # only now, after a clean stop, has the emulator written down everything
    deployment.record(state)


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    def stop(*_: object) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # one is enough: a second must not cut the stopping short
        raise Stopped

    for number in STOP_SIGNALS:
        signal.signal(number, stop)
    yield


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    return True
