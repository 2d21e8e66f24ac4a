"""A value from afar that is remembered, and outlives an outage of where it comes from."""

from collections.abc import Callable

from ticketing.errors import Unavailable


class Cached[Value]:
    """Loads a value when first asked, again after `seconds`; keeps the old one while loading fails (stale-if-error)."""

    def __init__(self, load: Callable[[], Value], seconds: float, clock: Callable[[], float]) -> None:
        self._load = load
        self._seconds = seconds
        self._clock = clock
        self._value: Value | None = None
        self._loaded = float("-inf")

    def __call__(self, newer_than: float | None = None) -> Value:
        """The value; `newer_than` (seconds) asks for a younger one than usual. Raises Unavailable if there is none."""
        age_allowed = self._seconds if newer_than is None else newer_than
        if self._value is None or self._clock() - self._loaded >= age_allowed:
            self._value = self._loaded_anew()
        return self._value

    def _loaded_anew(self) -> Value:
        self._loaded = self._clock()
        try:
            return self._load()
        except Unavailable:
            if self._value is None:
                raise
            return self._value
