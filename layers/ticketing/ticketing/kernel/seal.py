"""Seals: opaque texts that clients keep and give back, such as cursors, with a checksum that tells which were damaged.

They keep nothing secret and anyone can make them: whoever opens one checks what stands in it, and shows for a forged
one nothing that its maker may not see anyway.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any

from ticketing.kernel.strict_json import MAX_INTEGER

_CHECK = 8
"""Bytes of the checksum."""


def sealed(*values: Any) -> str:
    """Return values of JSON as one opaque text."""
    document = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_checksum(document) + document).decode().rstrip("=")


def unsealed(text: str) -> list[Any]:
    """Return the values in a text; raises ValueError for one that is not exactly as `sealed` makes it."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        values = json.loads(raw[_CHECK:])
        # made again, since a checksum alone leaves room: the last character of base64 has bits that stand for nothing
        if isinstance(values, list) and sealed(*values) == text:
            return values
    except (binascii.Error, ValueError, RecursionError) as error:
        raise ValueError("is damaged") from error
    raise ValueError("is damaged")


def is_number(value: object) -> bool:
    """Tell whether a value of a seal is an integer that could be an id or a count."""
    return type(value) is int and 0 <= value <= MAX_INTEGER


def _checksum(document: bytes) -> bytes:
    return hashlib.sha256(document).digest()[:_CHECK]
