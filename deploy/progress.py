"""A bar that says how far something has come."""

import sys
from collections.abc import Iterator, Sequence

WIDTH = 40


def shown[T](items: Sequence[T], what: str) -> Iterator[T]:
    """Yield the items, one by one, with a bar on standard error where that is a terminal."""
    for done, item in enumerate(items):
        _draw(done, len(items), what)
        yield item
    _draw(len(items), len(items), what)
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _draw(done: int, total: int, what: str) -> None:
    if sys.stderr.isatty() and total:
        bar = "#" * (WIDTH * done // total)
        print(f"\r{what} [{bar:.<{WIDTH}}] {done}/{total}", end="", file=sys.stderr, flush=True)
