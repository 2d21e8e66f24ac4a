"""Plain Python values as DynamoDB writes them in JSON (AttributeValue), and back. boto3 has the same, but loads all of
itself.

Numbers are integers: no other is kept.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any

type AttributeValue = Mapping[str, Any]
type AttributeValues = Mapping[str, AttributeValue]
"""An item as DynamoDB gives and takes it."""


def typed_value(value: object) -> dict[str, Any]:
    """Return a value as DynamoDB takes it; raises TypeError for one of a type that is not kept."""
    for kind in type(value).__mro__:  # bool comes before int, and an enumeration has the type of its values
        if kind in _TYPED:
            name, write = _TYPED[kind]
            return {name: write(value)}
    raise TypeError(f"{type(value).__name__} is no type of an attribute")


def plain_value(value: AttributeValue) -> Any:
    """Return a value that DynamoDB gave as a plain one; raises KeyError for a set, which is never kept."""
    ((kind, held),) = value.items()
    return _PLAIN[kind](held)


def plain_values(values: Mapping[str, AttributeValue]) -> dict[str, Any]:
    """Return an item, or a map in it, in plain values; without a call for each text or number, for lists have many."""
    return {
        name: value["S"] if "S" in value else int(value["N"]) if "N" in value else plain_value(value)
        for name, value in values.items()
    }


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "NULL": lambda _: None,
    "BOOL": bool,
    "N": int,
    "S": str,
    "B": b64decode,
    "L": lambda values: [plain_value(each) for each in values],
    "M": plain_values,
}

_TYPED: dict[type, tuple[str, Callable[[Any], Any]]] = {
    str: ("S", lambda text: text),
    bool: ("BOOL", lambda flag: flag),
    int: ("N", str),
    NoneType: ("NULL", lambda _: True),
    bytes: ("B", lambda octets: b64encode(octets).decode()),
    list: ("L", lambda values: [typed_value(each) for each in values]),
    tuple: ("L", lambda values: [typed_value(each) for each in values]),
    dict: ("M", lambda values: {name: typed_value(each) for name, each in values.items()}),
}
