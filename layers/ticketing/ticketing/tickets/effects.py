"""The effects of actions on a ticket, whether a representative asks for one or a hook runs it."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from ticketing.tickets.lifecycle import closed, reopened
from ticketing.tickets.model import Ticket

type Effect = Callable[[Ticket], Ticket]
"""Returns the ticket as an action makes it."""


def removal_moment(now: datetime, cleanupDays: int) -> int:
    """Return when (epoch seconds) a ticket that is marked for removal at `now` is due."""
    return int((now + timedelta(days=cleanupDays)).timestamp())


def unchanged(ticket: Ticket) -> Ticket:
    return ticket


def inverted(ticket: Ticket, now: str) -> Ticket:
    """Reopen a closed ticket, close an open one."""
    return reopened(ticket) if ticket.isClosed else closed(ticket, now)


def as_spam(ticket: Ticket, now: str) -> Ticket:
    """Mark a ticket as spam and close it, noting whether that is what closed it."""
    closes = ticket.closedAsSpam or not ticket.isClosed
    return closed(ticket, now).model_copy(update={"isSpam": True, "closedAsSpam": closes})


def as_no_spam(ticket: Ticket) -> Ticket:
    """Mark a ticket as no spam, and reopen it if spam closed it."""
    return (reopened(ticket) if ticket.closedAsSpam else ticket).model_copy(update={"isSpam": False})


def as_read(ticket: Ticket) -> Ticket:
    """Mark the messages so far as read."""
    return ticket.model_copy(update={"readUpTo": ticket.lastMessageID})


def removed_later(ticket: Ticket, now: str, at: int) -> Ticket:
    """Close a ticket that is to be removed once `at` (epoch seconds) has passed, unless it is reopened before."""
    return closed(ticket, now).model_copy(update={"removeAt": at})


def about(ticket: Ticket, topicIDs: Collection[int]) -> Ticket:
    """Set the topics, each once, and no others."""
    return ticket.model_copy(update={"topicIDs": list(dict.fromkeys(topicIDs))})


def with_spam_lesson(ticket: Ticket, isSpam: bool) -> Ticket:
    """Note what a representative found the ticket to be, for the spam filter to learn."""
    return ticket.model_copy(update={"taughtSpam": isSpam})


def with_topic_lesson(ticket: Ticket, topicIDs: Collection[int]) -> Ticket:
    """Note what a representative found the ticket to be about, for the topic detector to learn."""
    return ticket.model_copy(update={"taughtTopicIDs": list(topicIDs)})
