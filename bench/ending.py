"""Ends a benchmark by a signal."""

import signal
import sys

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def end_by_signals() -> None:
    """Let the first signal leave this program through its `with` blocks, which end what they have started."""
    for number in SIGNALS:
        signal.signal(number, _end)


def _end(number: int, _: object) -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)  # `timeout` sends two: the second must not cut the ending short
    sys.exit(128 + number)
