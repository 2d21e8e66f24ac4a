"""The size of replies. A Lambda's reply has 6 MB at most, and the body stands in it as JSON text: every quote and every
backslash of the body is escaped there once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        size = len(text.encode())
        self.plain -= size
        self.escaped -= size + text.count('"') + text.count("\\")
        return self.plain >= 0 and self.escaped >= 0
