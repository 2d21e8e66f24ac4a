"""Entries of a ticket's history, as tests make them."""

from typing import Any

from tests.builders import A_MOMENT, ACME
from ticketing.directory.author import SYSTEM
from ticketing.history.entry import HistoryEntry


def an_entry(version: int, customerID: int = ACME, ticketID: int = 1, **fields: Any) -> HistoryEntry:
    """An entry of a change of the subject."""
    sound: dict[str, Any] = {
        "at": A_MOMENT,
        "by": SYSTEM,
        "request": "a request",
        "changes": {"subject": [f"version {version - 1}", f"version {version}"]},
    }
    return HistoryEntry(customerID, ticketID, version, **sound | fields)
