"""JSON read strictly and exactly once: RFC 8259, and much of I-JSON (RFC 7493).

Refused, each with a pointer: NaN and Infinity, integers with a fraction, an exponent or beyond 2^53 - 1,
duplicate keys, lone surrogates, control characters other than tab, LF and CR, and nesting over 32 deep.
Invalid UTF-8 is refused whole.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ticketing.errors import Fault, InvalidRequest

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32
MAX_NAMED = 256_000
"""Characters that naming faults may take: a small body can have faults whose pointers fill any reply and any memory."""
_REPEATED = "stands more than once"
_TOO_DEEP = f"nested more than {MAX_DEPTH} deep"
_AMBIGUOUS = frozenset({_REPEATED, _TOO_DEEP})
"""Faults that leave no document in which others could be looked for."""

type _Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class _Unusable:
    """Stands in the place of a number that is not taken, until it is named."""

    reason: str


class _RepeatedKeys(dict[str, Any]):
    """An object in which a key stood more than once."""

    repeated: tuple[str, ...] = ()


def read[Read](raw: bytes, reader: Callable[[Any], Read]) -> Read:
    """Return what `reader` makes of the JSON value in `raw`; raises InvalidRequest naming what either finds wrong."""
    value = _decoded(raw)
    faults = list(_nameable(_faults(value, (), 1)))
    if not faults:
        return reader(value)
    if not any(fault.detail in _AMBIGUOUS for fault in faults):
        faults += _further_faults(value, reader, named={fault.pointer for fault in faults})
    raise InvalidRequest("The body holds values that are not taken.", faults)


def _further_faults(value: Any, reader: Callable[[Any], object], named: set[str]) -> list[Fault]:
    """Return what `reader` finds wrong with a value that has faults already, at places where none is named."""
    try:
        reader(_usable(value))
    except InvalidRequest as refusal:
        return [fault for fault in refusal.faults if fault.pointer not in named]
    return []


def _usable(value: Any) -> Any:
    """Return `value` without the numbers and texts that are not taken, and without members whose names are unusable:
    pydantic refuses an object whole for a lone surrogate in a name."""
    if isinstance(value, list):
        return [_usable(member) for member in value]
    if not isinstance(value, dict):
        return None if _is_unusable(value) else value
    return {
        name: _usable(member) for name, member in value.items() if not _is_unusable(member) and not _is_unusable(name)
    }


def _is_unusable(value: Any) -> bool:
    return isinstance(value, _Unusable) or (isinstance(value, str) and _unusable_text().search(value) is not None)


@cache
def _unusable_text() -> re.Pattern[str]:
    """Return the pattern, made when a body is first read: most functions want MAX_INTEGER alone."""
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _decoded(raw: bytes) -> Any:
    if not raw:
        raise InvalidRequest("There is no body.", [Fault("", "is required")])
    try:
        return json.loads(
            raw.decode("utf-8"),
            parse_int=_integer,
            parse_float=lambda _: _Unusable("a number must be an integer, without fraction or exponent"),
            parse_constant=lambda name: _Unusable(f"{name} is no JSON"),
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise InvalidRequest(f"The body is not valid UTF-8 at byte {error.start}.") from error
    except json.JSONDecodeError as error:
        raise InvalidRequest(f"The body is not JSON: {error.msg} at character {error.pos}.") from error
    except RecursionError as error:
        raise InvalidRequest(f"The body is nested more than {MAX_DEPTH} deep.") from error


def pointer(*keys: str | int) -> str:
    """Return the JSON Pointer (RFC 6901) through `keys`; lone surrogates are replaced, so that it can be sent."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in keys)
    return "".join(f"/{key}" for key in escaped).encode("utf-8", "replace").decode("utf-8")


def _integer(digits: str) -> int | _Unusable:
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        return _Unusable("an integer must lie within ±(2^53 - 1)")
    return int(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    times = Counter(key for key, _ in pairs)
    marked = _RepeatedKeys(members)
    marked.repeated = tuple(key for key in members if times[key] > 1)
    return marked


def _nameable(faults: Iterable[Fault]) -> Iterator[Fault]:
    named = 0
    for fault in faults:
        if named > MAX_NAMED:
            yield Fault("", "there are more faults than are listed")
            return
        yield fault
        named += len(fault.pointer) + len(fault.detail)


def _faults(value: Any, at: _Keys, depth: int) -> Iterator[Fault]:
    if isinstance(value, _Unusable):
        yield Fault(pointer(*at), value.reason)
    elif isinstance(value, str):
        yield from _text_faults(value, at)
    elif isinstance(value, dict | list):
        if depth > MAX_DEPTH:
            yield Fault(pointer(*at), _TOO_DEEP)
        else:
            yield from _member_faults(value, at, depth)


def _member_faults(value: dict[str, Any] | list[Any], at: _Keys, depth: int) -> Iterator[Fault]:
    if isinstance(value, _RepeatedKeys):
        yield from (Fault(pointer(*at, key), _REPEATED) for key in value.repeated)
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        if isinstance(key, str):
            yield from _text_faults(key, (*at, key))
        yield from _faults(member, (*at, key), depth + 1)


def _text_faults(text: str, at: _Keys) -> Iterator[Fault]:
    found = _unusable_text().search(text)
    if found:
        kind = "a lone surrogate" if "\ud800" <= found.group() <= "\udfff" else "a control character"
        yield Fault(pointer(*at), f"{kind} (U+{ord(found.group()):04X}) at character {found.start()}")
