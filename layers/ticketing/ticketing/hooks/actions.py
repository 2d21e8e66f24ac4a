"""Actions of hooks: which tickets they apply to, what they may refer to, and what they do to a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ticketing.directory.hooks import ActionType, HookAction
from ticketing.directory.lookup import NO_ACTIVE_REP, customer_topics, is_active_rep
from ticketing.directory.model import rep_key
from ticketing.hooks.ports import MissingReference
from ticketing.kernel.instant import canonical
from ticketing.tickets.effects import Effect, about, as_no_spam, as_spam, removal_moment, removed_later, unchanged
from ticketing.tickets.lifecycle import closed

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.tickets.model import Ticket


def applies_to(action: HookAction, ticket: Ticket) -> bool:
    """Return whether the action is to run on the ticket as it is."""
    return action.active and (action.topicID is None or action.topicID in ticket.topicIDs)


def require_action_references(directory: Directory, customerID: int, action: HookAction) -> None:
    """Raise MissingReference for an action that names an id which is no active rep or no topic."""
    repID = action.customerRepID
    if repID and not is_active_rep(directory, customerID, repID):
        raise MissingReference(f"{action.key}: {rep_key(repID)} {NO_ACTIVE_REP}")
    if action.topicIDs and not customer_topics(directory, customerID).keys() >= set(action.topicIDs):
        raise MissingReference(f"{action.key} names a topic that does not exist")


def hook_effect(action: HookAction, moment: datetime, cleanupDays: int) -> Effect | None:
    """Return what the action does to a ticket, None where it removes it; an ApiCall changes nothing on it."""
    if action.type is ActionType.Delete or (action.type is ActionType.DeleteAtCleanup and cleanupDays <= 0):
        return None
    now, topics = canonical(moment), action.topicIDs or ()
    effects: dict[ActionType, Effect] = {
        ActionType.Close: lambda ticket: closed(ticket, now),
        ActionType.DeleteAtCleanup: lambda ticket: removed_later(ticket, now, removal_moment(moment, cleanupDays)),
        ActionType.MarkSpam: lambda ticket: as_spam(ticket, now),
        ActionType.NotSpam: as_no_spam,
        ActionType.SetImportant: lambda ticket: ticket.model_copy(update={"isImportant": True}),
        ActionType.Assign: lambda ticket: ticket.model_copy(update={"customerRepID": action.customerRepID or None}),
        ActionType.SetTopics: lambda ticket: about(ticket, topics),
    }
    return effects.get(action.type, unchanged)
