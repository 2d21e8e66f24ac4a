"""What an action makes of a ticket, whether a representative asks for it or a hook runs it."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from ticketing.tickets.lifecycle import closed, reopened
from ticketing.tickets.model import Ticket

type Effect = Callable[[Ticket], Ticket]
"""What an action makes of a ticket."""


def removal_moment(now: datetime, cleanupDays: int) -> int:
    """When (epoch seconds) a ticket that is marked for removal at `now` is due."""
    return int((now + timedelta(days=cleanupDays)).timestamp())


def unchanged(ticket: Ticket) -> Ticket:
    """As it is."""
    return ticket


def inverted(ticket: Ticket, now: str) -> Ticket:
    """Open if it was closed, closed if it was open."""
    return reopened(ticket) if ticket.isClosed else closed(ticket, now)


def as_spam(ticket: Ticket, now: str) -> Ticket:
    """Spam and closed; whether that is what closed it is remembered."""
    closes = ticket.closedAsSpam or not ticket.isClosed
    return closed(ticket, now).model_copy(update={"isSpam": True, "closedAsSpam": closes})


def as_no_spam(ticket: Ticket) -> Ticket:
    """No spam; open again if spam closed it."""
    return (reopened(ticket) if ticket.closedAsSpam else ticket).model_copy(update={"isSpam": False})


def as_read(ticket: Ticket) -> Ticket:
    """Its messages so far are read."""
    return ticket.model_copy(update={"readUpTo": ticket.lastMessageID})


def removed_later(ticket: Ticket, now: str, at: int) -> Ticket:
    """Closed, and removed once `at` (epoch seconds) has passed, unless it is reopened before."""
    return closed(ticket, now).model_copy(update={"removeAt": at})


def about(ticket: Ticket, topicIDs: Collection[int]) -> Ticket:
    """About these topics and no others."""
    return ticket.model_copy(update={"topicIDs": list(topicIDs)})


def with_spam_lesson(ticket: Ticket, isSpam: bool) -> Ticket:
    """Once kept, the spam filter is taught what a representative found the ticket to be."""
    return ticket.model_copy(update={"taughtSpam": isSpam})


def with_topic_lesson(ticket: Ticket, topicIDs: Collection[int]) -> Ticket:
    """Once kept, the topic detector is taught what a representative found the ticket to be about."""
    return ticket.model_copy(update={"taughtTopicIDs": list(topicIDs)})
