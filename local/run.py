"""A local run from start to end: everything until requests are answered, and then until it is told to stop."""

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bundle import building
from bundle.errors import CannotContinue
from local import emulator, sites
from local.deployment import Deployment, deploy, fingerprint
from local.places import ENGINE, State
from local.ports import Ports
from local.server import INTERVAL, Server, url

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CHECK = 0.5
"""Seconds between looks at the parent process."""
PATIENCE = 30
"""Seconds to wait for what is left of a run that died."""

READY = """\
{sites}Ready: {api}
  Try every call:  {api}/api/docs
  Make a token:    .venv/bin/python -m local token --customer 1 --rep 12
  What fails:      {logs}"""
UNBUILT = """\
There is no console: it is built with npm.
"""
SITES = """\
Agents' console: {console}
A demo shop: {shop}
"""


class Stopped(BaseException):
    """The run was told to stop."""


def run(state: State, ports: Ports, until_parent_ends: bool) -> None:
    """Serve until a signal comes, or until the parent process ends where that is asked for.

    The emulator serves the API where that has no port of its own, and functions in containers where it has.
    """
    parent = os.getppid() if until_parent_ends else None
    try:
        for number in STOP_SIGNALS:
            signal.signal(number, _stop)
        with held(state) as lock, _serving(state, ports, lock) as servers, sites.serving(state, ports) as served:
            shown = SITES.format(console=url(ports.console), shop=url(ports.shop)) if served else UNBUILT
            logs = " ".join(str(server.log) for server in servers)
            print(READY.format(api=url(ports.api), sites=shown, logs=logs), flush=True)
            while parent is None or parent == os.getppid():
                time.sleep(CHECK)
                for server in servers:
                    server.check()
    except Stopped:
        print("Stopped.", flush=True)


def _stop(*_: object) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # one is enough: a second must not cut the stopping short
    raise Stopped


@contextmanager
def held(state: State) -> Iterator[int]:
    """Keep the state folder for this process alone. Wait for what is left of a run that died."""
    state.folder.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + PATIENCE
    with state.lock.open("a+") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                lock.seek(0)
                holder = lock.read()
            if _is_alive(holder) or time.monotonic() > deadline:
                raise CannotContinue(f"Process {holder} runs on {state.folder}: stop it, or set LOCAL_STATE=…")
            time.sleep(INTERVAL)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock.fileno()


@contextmanager
def _serving(state: State, ports: Ports, lock: int) -> Iterator[list[Server]]:
    """Start the emulator on what is built and deployed, and the containers where the API has a port of its own."""
    ports.require_free()
    address = _address_for_containers() if ports.api != ports.emulator else None
    ports.record(state)
    if not ENGINE.exists():
        print(f"There is no {ENGINE.name} here: the tables are kept by a clean stop only.", flush=True)
    _bring_up_to_date(state, ports.emulator, lock)
    print("Starting …", flush=True)
    with emulator.running(state, ports.emulator, lock, address) as running:
        from local import telephony

        telephony.hand_over(ports.emulator)
        if not address:
            running.wait_for("/api/health")
            yield [running]
            return
        from local import containers

        with containers.serving(state, ports, address) as api:
            yield [running, api]


def _address_for_containers() -> str:
    from local import containers

    return containers.prepared(building.machine_architecture())


def _bring_up_to_date(state: State, port: int, lock: int) -> None:
    architecture = building.machine_architecture()
    with building.built(architecture) as build:
        wanted, present = fingerprint(build, architecture, state), Deployment.recorded(state)
    if present:
        require_same_engine(state)
    if present and present.fingerprint == wanted:
        return
    if not present:
        shutil.rmtree(state.emulated, ignore_errors=True)  # a first setup that was cut short begins anew
    with emulator.running(state, port, lock) as running:
        with building.built(architecture) as build:  # it must not change while it is deployed
            deployment = deploy(state, port, architecture, fingerprint(build, architecture, state))
        if not present:
            from local.demo.load import is_listed, load_world  # imports the bundle's stores

            load_world(state, deployment.tables, deployment.recordings_bucket, port)
            running.wait_until(lambda: is_listed(state, port), "The demo data are not listed")
    # only now, after a clean stop, has the emulator written down everything
    deployment.record(state)


def require_same_engine(state: State) -> None:
    """Raise CannotContinue where the engine kept the tables and is gone, or the emulator kept them and it is there."""
    if state.tables.exists() and not ENGINE.exists():
        raise CannotContinue(f"There is no {ENGINE}, which keeps the tables of this run: put it back, or `make reset`.")
    if ENGINE.exists() and not state.tables.exists():
        raise CannotContinue("The tables of this run were kept without the engine that is there now: `make reset`.")


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    return True
