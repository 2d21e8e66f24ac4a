"""Questions that several slices ask a customer's directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ticketing.directory.model import TOPICS, CustomerSettings, Rep, Topic, rep_key

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory

NO_ACTIVE_REP = "is no active representative of the customer"
"""The words with which a refusal names an id that fails `is_active_rep`."""


def customer_settings(directory: Directory, customerID: int) -> CustomerSettings:
    """Return the customer's settings, the defaults where the directory has none."""
    found = directory.entries(customerID, [CustomerSettings.KEY]).get(CustomerSettings.KEY)
    return found if isinstance(found, CustomerSettings) else CustomerSettings()


def customer_topics(directory: Directory, customerID: int) -> Mapping[int, Topic]:
    """Return the customer's topics by id."""
    entries = directory.beginning(customerID, TOPICS).values()
    return {entry.topicID: entry for entry in entries if isinstance(entry, Topic)}


def is_active_rep(directory: Directory, customerID: int, repID: int) -> bool:
    """Return whether the id is that of an active representative of the customer."""
    return is_active(directory.entries(customerID, [rep_key(repID)]).get(rep_key(repID)))


def is_active(entry: object) -> bool:
    """Return whether an entry of a directory is an active representative."""
    return isinstance(entry, Rep) and entry.active
