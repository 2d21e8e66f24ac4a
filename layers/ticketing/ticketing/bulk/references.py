"""Checks that the representative and the topics which a bulk request names exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from ticketing.bulk.request import Action, BulkUpdateRequest
from ticketing.directory.lookup import NO_ACTIVE_REP, customer_topics, is_active_rep
from ticketing.errors import MAX_FAULTS, Fault, InvalidRequest
from ticketing.kernel.strict_json import pointer

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory


def require_references(directory: Directory, customerID: int, update: BulkUpdateRequest) -> None:
    """Raise InvalidRequest for an id that is no active rep or no topic, even one that the tickets have already."""
    faults = [
        *_rep_faults(directory, customerID, update),
        *islice(_topic_faults(directory, customerID, update), MAX_FAULTS + 1),
    ]
    if faults:
        raise InvalidRequest("The request refers to what does not exist.", faults)


def _rep_faults(directory: Directory, customerID: int, update: BulkUpdateRequest) -> Iterator[Fault]:
    if update.customerRepID and not is_active_rep(directory, customerID, update.customerRepID):
        yield Fault("/customerRepID", NO_ACTIVE_REP)


def _topic_faults(directory: Directory, customerID: int, update: BulkUpdateRequest) -> Iterator[Fault]:
    if update.action is not Action.updatetopics:
        return
    known = customer_topics(directory, customerID)
    for place, topicID in enumerate(update.topicIds or ()):
        if topicID not in known:
            yield Fault(pointer("topicIds", place), "is no topic of the customer")
