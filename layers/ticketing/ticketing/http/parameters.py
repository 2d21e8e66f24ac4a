"""Query parameters, with every fault collected by the parameter's name."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from ticketing.errors import Fault, InvalidRequest

MAX_VALUES = 100
"""Different values of one repeated parameter at most (what one FilterExpression's IN takes)."""
_INTEGER = re.compile(r"-?\d{1,4000}", re.ASCII)


class Parameters:
    """Parameters by name; an empty value counts as absent."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: defaultdict[str, list[str]] = defaultdict(list)
        self._faults: list[Fault] = []
        for name, value in pairs:
            if value:
                self._values[name].append(value)

    def require_sound(self) -> None:
        """Raises InvalidRequest if anything that was read is malformed."""
        if self._faults:
            raise InvalidRequest("Some parameters are malformed.", self._faults)

    def many(self, name: str) -> list[str]:
        """Every different value."""
        values = list(dict.fromkeys(self._values[name]))
        if len(values) > MAX_VALUES:
            self._faults.append(Fault(name, f"may have {MAX_VALUES} different values at most"))
        return values

    def single(self, name: str) -> list[str]:
        """The value, or nothing."""
        if len(self._values[name]) > 1:
            self._faults.append(Fault(name, "may be given once"))
        return self._values[name][:1]

    def one(self, name: str) -> str | None:
        """The value, None when absent."""
        return next(iter(self.single(name)), None)

    def integers(self, name: str, single: bool = False) -> list[int]:
        """Every value as an integer."""
        texts = self.single(name) if single else self.many(name)
        if all(_INTEGER.fullmatch(text) for text in texts):
            return list(map(int, texts))
        self._faults.append(Fault(name, "must be an integer"))
        return []

    def integer(self, name: str, default: int) -> int:
        """The value as an integer."""
        return next(iter(self.integers(name, single=True)), default)

    def flag(self, name: str) -> bool | None:
        """The value as a bool, None when absent."""
        value = self.choice(name, ("true", "false"), "")
        return value == "true" if value else None

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        """The value, which must be one of the choices."""
        value = self.one(name) or default
        if value in choices or value == default:
            return value
        self._faults.append(Fault(name, f"must be one of {', '.join(choices)}"))
        return default
