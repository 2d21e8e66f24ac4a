"""Query parameters: each is declared once, read as it is declared, and described by the same declaration."""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ticketing.errors import Fault, InvalidRequest, PageTooDeep

MAX_VALUES = 100
"""Different values of one repeated parameter at most (what one FilterExpression's IN takes)."""
MAX_PAGE_SIZE = 100
MAX_DEPTH = 10_000
"""The last item that a numbered page may reach."""
_INTEGER = re.compile(r"(-?)(?=\d)0*+(\d*+)", re.ASCII)  # possessive: backtracking took seconds with 10,000 zeros
_MAX_DIGITS = 4_000
"""Digits of an integer that are read, as Python reads few more: with so many it lies beyond every bound."""


@dataclass(frozen=True)
class QueryParameter:
    """A query parameter: its meaning, and its JSON Schema, which says how it is read."""

    name: str
    text: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    example: object = None
    required: bool = False


def repeatable(items: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter that may be repeated: its values are alternatives."""
    return {"type": "array", "items": items, "maxItems": MAX_VALUES}


def paging(limit: str, usual: int = 10) -> tuple[QueryParameter, QueryParameter]:
    """Return the parameters of a numbered page, which holds `usual` unless asked for another size; `limit` says how far
    its number goes."""
    number = {"type": "integer", "default": 1, "minimum": 1}
    page_number = QueryParameter("pageNumber", f"Which page; below 1 it is 1. {limit}", number, example=1)
    return page_number, page_size(usual)


def page_size(usual: int = 10) -> QueryParameter:
    """Return the parameter that says how much a page holds, `usual` unless asked for another size."""
    schema = {"type": "integer", "default": usual, "minimum": 1, "maximum": MAX_PAGE_SIZE}
    text = f"How many stand on a page; below 1 it is 1, above {MAX_PAGE_SIZE} it is {MAX_PAGE_SIZE}."
    return QueryParameter("pageSize", text, schema, example=10)


def after_message(text: str) -> QueryParameter:
    """Return the parameter that leaves out the messages up to a messageID."""
    from ticketing.kernel.strict_json import MAX_INTEGER  # few functions that read parameters list messages

    schema = {"type": "integer", "default": 0, "minimum": 0, "maximum": MAX_INTEGER}
    return QueryParameter("after", text, schema, example=0)


def require_depth(page: int, size: int, advice: str) -> None:
    """Raise PageTooDeep for a page that reaches further than numbered pages do."""
    if page * size > MAX_DEPTH:
        limit = f"times pageSize may reach {MAX_DEPTH}; {advice}"
        raise PageTooDeep(f"pageNumber {limit}.", [Fault("pageNumber", limit)])


class Parameters:
    """The parameters of a request, by name; an empty value counts as absent."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: defaultdict[str, list[str]] = defaultdict(list)
        self._faults: list[Fault] = []
        for name, value in pairs:
            if value:
                self._values[name].append(value)

    def require_sound(self) -> None:
        """Raise InvalidRequest if anything that was read is malformed, or was refused."""
        if self._faults:
            raise InvalidRequest("Some parameters are missing or malformed.", self._faults)

    def refuse(self, name: str, detail: str) -> None:
        """Note what is wrong with a parameter beyond what its schema says, for `require_sound` to raise."""
        self._faults.append(Fault(name, detail))

    def values(self, declared: Iterable[QueryParameter]) -> dict[str, Any]:
        """Return what `read` returns of each parameter, by name."""
        return {parameter.name: self.read(parameter) for parameter in declared}

    def read(self, parameter: QueryParameter) -> Any:
        """Return the value as the parameter's schema types it, an integer within its bounds; absent it is the default,
        else None, or no values."""
        name, default = parameter.name, parameter.schema.get("default")
        value: Any
        match parameter.schema:
            case {"type": "array", "items": {"type": "integer"}}:
                return self.integers(name)
            case {"type": "array"}:
                return self.many(name)
            case {"type": "integer", "minimum": least} if default is not None:
                return min(max(self.integer(name, default), least), parameter.schema.get("maximum", math.inf))
            case {"type": "integer"}:
                value = next(iter(self.integers(name, single=True)), None)
            case {"type": "boolean"}:
                value = self.flag(name)
            case {"enum": choices}:
                value = self.choice(name, choices, default or "")
            case _:
                value = self.one(name)
        return default if value is None else value

    def many(self, name: str) -> list[str]:
        """Return every different value."""
        values = list(dict.fromkeys(self._values[name]))
        if len(values) > MAX_VALUES:
            self.refuse(name, f"may have {MAX_VALUES} different values at most")
        return values

    def single(self, name: str) -> list[str]:
        """Return the value in a list, or an empty one."""
        if len(self._values[name]) > 1:
            self.refuse(name, "may be given once")
        return self._values[name][:1]

    def one(self, name: str) -> str | None:
        """Return the value, None when absent."""
        return next(iter(self.single(name)), None)

    def required(self, name: str) -> str:
        """Return the value; one that is absent is refused."""
        value = self.one(name)
        if value is None:
            self.refuse(name, "is required")
        return value or ""

    def integers(self, name: str, single: bool = False) -> list[int]:
        """Return every value as an integer."""
        texts = self.single(name) if single else self.many(name)
        found = [*filter(None, map(_INTEGER.fullmatch, texts))]
        if len(found) == len(texts):
            return [int(sign + (digits[:_MAX_DIGITS] or "0")) for sign, digits in (match.groups() for match in found)]
        self.refuse(name, "must be an integer")
        return []

    def integer(self, name: str, default: int) -> int:
        """Return the value as an integer."""
        return next(iter(self.integers(name, single=True)), default)

    def flag(self, name: str) -> bool | None:
        """Return the value as a bool, None when absent."""
        value = self.choice(name, ("true", "false"), "")
        return value == "true" if value else None

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        """Return the value, which must be one of the choices."""
        value = self.one(name) or default
        if value in choices or value == default:
            return value
        self.refuse(name, f"must be one of {', '.join(choices)}")
        return default
