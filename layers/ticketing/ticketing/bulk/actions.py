"""The bulk actions: what each does to a ticket, at once or later as a job."""

from datetime import datetime

from ticketing.bulk.request import Action, BulkUpdateRequest
from ticketing.jobs.job import DetectSpam, DetectTopics, ExecuteActions, Job
from ticketing.kernel.instant import canonical
from ticketing.tickets.effects import (
    Effect,
    about,
    as_no_spam,
    as_read,
    as_spam,
    inverted,
    removal_moment,
    removed_later,
    unchanged,
    with_spam_lesson,
    with_topic_lesson,
)
from ticketing.tickets.lifecycle import closed, reopened


def bulk_effect(update: BulkUpdateRequest, moment: datetime, cleanupDays: int) -> Effect | None:
    """Return what the action does to a ticket within the request, None where it removes it."""
    if update.action is Action.delete or (update.action is Action.deletecleanup and cleanupDays <= 0):
        return None
    now, topics = canonical(moment), update.topics
    effects: dict[Action, Effect] = {
        Action.close: lambda ticket: closed(ticket, now),
        Action.open: reopened,
        Action.invertstate: lambda ticket: inverted(ticket, now),
        Action.spam: lambda ticket: with_spam_lesson(as_spam(ticket, now), isSpam=True),
        Action.notspam: lambda ticket: with_spam_lesson(as_no_spam(ticket), isSpam=False),
        Action.read: as_read,
        Action.deletecleanup: lambda ticket: removed_later(ticket, now, removal_moment(moment, cleanupDays)),
        Action.updatetopics: lambda ticket: with_topic_lesson(about(ticket, topics), topics),
    }
    return effects.get(update.action, unchanged)


def bulk_job(update: BulkUpdateRequest, customerID: int, ticketID: int, jobID: str) -> Job | None:
    """Return the job that does the rest after the request, None where nothing is left to do."""
    match update.action:
        case Action.detectspam:
            return DetectSpam(customerID=customerID, ticketID=ticketID, jobID=jobID)
        case Action.detecttopics:
            return DetectTopics(customerID=customerID, ticketID=ticketID, jobID=jobID)
        case Action.executeactions:
            return ExecuteActions(customerID=customerID, ticketID=ticketID, jobID=jobID, hookName=update.hook)
    return None
