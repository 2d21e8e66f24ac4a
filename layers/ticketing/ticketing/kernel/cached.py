"""A value that is loaded from elsewhere, cached, and served stale while it cannot be loaded."""

from collections.abc import Callable

from ticketing.errors import Unavailable
from ticketing.telemetry import logger


class Cached[Value]:
    """Loads a value when first asked, and again after `seconds`; serves the old one while that fails (stale-if-error,
    RFC 5861)."""

    def __init__(self, load: Callable[[], Value], seconds: float, clock: Callable[[], float]) -> None:
        self._load = load
        self._seconds = seconds
        self._clock = clock
        self._value: Value | None = None
        self._loaded = float("-inf")

    def __call__(self, newer_than: float | None = None) -> Value:
        """Return the value; `newer_than` (seconds) asks for a younger one than usual. Raises Unavailable if there is
        none."""
        age_allowed = self._seconds if newer_than is None else newer_than
        if self._value is None or self._clock() - self._loaded >= age_allowed:
            self._value = self._load_again()
        return self._value

    def _load_again(self) -> Value:
        self._loaded = self._clock()
        try:
            return self._load()
        except Unavailable:
            if self._value is None:
                raise
            logger().warning("dependency failed, old value kept", exc_info=True)
            return self._value
