"""Tells the readers of streams when something may have been written: what is not called writes nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


class Activity:
    """Counts the calls of functions, and of DynamoDB through the emulator, that are under way and that have ended."""

    def __init__(self, changed: threading.Condition | None = None) -> None:
        self._changed = changed or threading.Condition()
        self._under_way = 0
        self.ended = 0

    @contextmanager
    def call(self) -> Iterator[None]:
        """Count a call that lasts as long as the block."""
        with self._changed:
            self._under_way += 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self.ended += 1
                self._changed.notify_all()

    def wait(self, ended: int, longest: float, slowest: float) -> None:
        """Wait for a call that ends after `ended` others, so many seconds at most; for one that has begun, up to
        `slowest` seconds. Return at once where there is one already."""
        with self._changed:
            if self._is_quiet(ended) and self._changed.wait_for(lambda: not self._is_quiet(ended), longest):
                self._changed.wait_for(lambda: self.ended != ended, slowest)

    def _is_quiet(self, ended: int) -> bool:
        return not self._under_way and self.ended == ended


def watch_functions(activity: Activity) -> None:
    """Count every call of a function."""
    functions: Any = import_module("ministack.services.lambda_svc")
    execute = functions._execute_function_warm

    def execute_watched(function: Any, event: Any, request_id: str) -> Any:
        with activity.call():
            return execute(function, event, request_id)

    functions._execute_function_warm = execute_watched


def watch_tables(activity: Activity) -> None:
    """Count every call of DynamoDB that comes through the emulator."""
    tables: Any = import_module("ministack.services.dynamodb")
    handle = tables.handle_request

    async def handle_watched(*request: Any) -> Any:
        with activity.call():
            return await handle(*request)

    tables.handle_request = handle_watched
