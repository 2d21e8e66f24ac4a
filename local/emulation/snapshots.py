"""What was acknowledged outlives a crash of the emulator, but for the last moment.

It keeps its state only when it stops cleanly; here a moment after each write too. The copy is written by a forked
child, so that no request waits for it.
"""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

type Scope = MutableMapping[str, Any]
type App = Callable[[Scope, Any, Any], Awaitable[None]]

DATA = ("dynamodb", "s3", "sqs")
"""Services that hold data; what the others hold changes by a deployment only, which ends with a clean stop."""
PAUSE = 1.0
"""Seconds from a write to the copy."""
SHARE = 20
"""How many times as long as a copy took the next one waits at least."""
READS = ("Get", "BatchGet", "Query", "Scan", "Describe", "List", "TransactGet")
TARGET = b"x-amz-target"
DYNAMODB = "DynamoDB_"
log = logging.getLogger("snapshots")


class Snapshots:
    """Copies of the state on disk, each of one moment: a fork cannot see a request half done."""

    def __init__(self, save: Callable[[], None]) -> None:
        self._save = save
        self._child: tuple[int, float] | None = None
        self._is_due = False
        self._pause = PAUSE

    def request(self) -> None:
        """Takes a copy soon; several requests before that are served by the same one."""
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_later(self._pause, self._take)

    def abandon(self) -> None:
        """Ends a copy that is being written; what it would have replaced stays."""
        if self._child:
            os.kill(self._child[0], signal.SIGKILL)
            os.waitpid(self._child[0], 0)
            self._child = None

    def _take(self) -> None:
        self._is_due = False
        if self._is_writing():
            return self.request()
        child = os.fork()
        if child == 0:
            self._write_and_leave()
        self._child = child, time.monotonic()
        return None

    def _is_writing(self) -> bool:
        if not self._child:
            return False
        child, started = self._child
        if os.waitpid(child, os.WNOHANG) == (0, 0):
            return True
        self._child = None
        self._pause = max(PAUSE, SHARE * (time.monotonic() - started))
        return False

    def _write_and_leave(self) -> None:
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # else a client's connection would end only when this does
        signal.alarm(120)  # a lock that another thread held at the fork is never released here
        try:
            self._save()
        except BaseException:
            log.exception("The state could not be copied")
            os._exit(1)
        os._exit(0)


def is_write(scope: Scope) -> bool:
    """Whether a request changes a table."""
    target = dict(scope["headers"]).get(TARGET, b"").decode("latin-1")
    return target.startswith(DYNAMODB) and not target.partition(".")[2].startswith(READS)


def keep_data(emulator: Any) -> None:
    """Makes the emulator copy its state after writes."""
    persistence: Any = import_module("ministack.core.persistence")
    serve: App = emulator.app

    def save_data() -> None:
        services = emulator._build_persistence_save_dict()
        persistence.save_all({name: services[name] for name in DATA if name in services})

    snapshots = Snapshots(save_data)

    async def serve_and_keep(scope: Scope, receive: Any, send: Any) -> None:
        await serve(scope, receive, send)
        if scope["type"] == "http" and is_write(scope):
            snapshots.request()

    def save_at_stop(services: Any) -> None:
        snapshots.abandon()
        persistence.save_all(services)

    emulator.app, emulator.save_all = serve_and_keep, save_at_stop
