"""The time limit of the work under way, after which no dependency is called any more.

Whoever is called from outside (a request, a batch, a job) sets it; whatever calls outside looks at it. It is a context
variable, so that it need not be handed through every function in between, and two pieces of work never share one. The
threads of a pool see it where the pool is `Threads`. Without a limit (an operator's command) there is no end.
"""

import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import override

MARGIN = 2.0
"""Seconds before a function's own timeout after which no call is begun: the last one may take a second to connect."""
_end: ContextVar[float] = ContextVar("end", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Set the limit, so many seconds from now, while the block runs."""
    token = _end.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _end.reset(token)


def prolong(seconds: float) -> None:
    """Set another limit, so many seconds from now, for the rest of the block, unless there is no limit at all."""
    if _end.get() < math.inf:
        _end.set(time.monotonic() + seconds)


def time_left() -> float:
    """Return the seconds that are left, 0 at least."""
    return max(0.0, _end.get() - time.monotonic())


class Threads(ThreadPoolExecutor):
    """A pool whose threads work under the time limit of the thread that submits the work."""

    @override
    def submit[**P, T](self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        context = copy_context()
        return super().submit(lambda: context.run(fn, *args, **kwargs))
