"""Shows how far something has come: a bar on a terminal, a line every now and then elsewhere."""

import sys
import time
from collections.abc import Iterator, Sequence

WIDTH = 40
PAUSE = 10.0
"""Seconds between two lines where standard error is no terminal."""


def shown[T](items: Sequence[T], what: str) -> Iterator[T]:
    """Yield the items, one by one, and show on standard error how many are done."""
    is_bar, total, said = sys.stderr.isatty(), len(items), time.monotonic()
    for done, item in enumerate(items):
        if is_bar:
            _draw(done, total, what)
        elif time.monotonic() - said >= PAUSE:
            said = time.monotonic()
            print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)
        yield item
    if is_bar and total:
        _draw(total, total, what)
        print(file=sys.stderr)


def _draw(done: int, total: int, what: str) -> None:
    bar = "#" * (WIDTH * done // total)
    print(f"\r{what} [{bar:.<{WIDTH}}] {done}/{total}", end="", file=sys.stderr, flush=True)
