"""The size of replies. A Lambda's reply has 6 MB at most, and the body stands in it as JSON text: every quote and every
backslash of the body is escaped there once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.errors import Fault, InvalidRequest

if TYPE_CHECKING:
    from pydantic import BaseModel

LARGEST = 4 * 1024 * 1024
"""Bytes of a page at most."""
LARGEST_ESCAPED = 6_000_000
"""Bytes of a page at most as it stands in a Lambda's reply; the rest of the 6 MB is for what stands around it."""


@dataclass
class Room:
    """The room that is left on a page, in bytes of its JSON, and of that JSON escaped."""

    plain: int = LARGEST
    escaped: int = LARGEST_ESCAPED

    def takes(self, item: BaseModel) -> bool:
        """Take the room that an item needs; tell whether there was as much."""
        text = item.model_dump_json()
        self.plain -= len(text.encode())
        self.escaped -= _escaped(text)
        return self.plain >= 0 and self.escaped >= 0


def require_room(body: str) -> None:
    """Raise InvalidRequest for a body of a page that no reply can hold."""
    if _escaped(body) > LARGEST_ESCAPED:
        raise too_large()


def too_large() -> InvalidRequest:
    """Return the refusal of a page that no reply can hold."""
    fault = Fault("pageSize", "must be smaller: the page is larger than a reply may be")
    return InvalidRequest("What stands on this page is too large for one reply.", [fault])


def _escaped(text: str) -> int:
    return len(text.encode()) + text.count('"') + text.count("\\")
