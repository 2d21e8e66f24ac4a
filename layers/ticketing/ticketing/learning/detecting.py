"""Asks the spam filter and the topic detector about tickets, and keeps their verdicts and scores on the tickets.

"Don't know" changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.directory.author import SYSTEM, Author
from ticketing.directory.hooks import Hook
from ticketing.directory.lookup import customer_topics
from ticketing.kernel.instant import canonical
from ticketing.tickets.effects import about, as_spam

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.hooks.runner import HookRunner
    from ticketing.jobs.steps import Steps
    from ticketing.learning.ports import SpamFilter, TopicDetector
    from ticketing.learning.ticket_text import TicketText
    from ticketing.learning.verdict import SpamVerdict, TopicVerdict
    from ticketing.tickets.model import Ticket

DETECT_SPAM, CLOSE_SPAM, DETECT_TOPICS = "detectSpam", "closeSpam", "detectTopics"
"""The steps of a job that ask, or act on what is known."""


@dataclass(frozen=True)
class Detecting:
    """Asks about a job's ticket, and acts on the verdict."""

    directory: Directory
    text: TicketText
    spam: SpamFilter
    topics: TopicDetector
    hooks: HookRunner

    def detect_spam(self, steps: Steps, *, unless_decided: bool = False) -> None:
        """Mark and close a ticket that is found to be spam; the filter learns nothing from its own verdict. With
        `unless_decided` a ticket stays that a representative has taught of, or an edit has cleared of spam."""
        ticket = steps.ticket()
        if steps.is_done(DETECT_SPAM):
            return
        verdict = self.spam.verdict(steps.customerID, self.text.of(ticket))
        if verdict is None:
            return
        now = canonical(steps.tickets.now())

        def judged(newest: Ticket) -> Ticket:
            stays = unless_decided and (newest.clearedOfSpam or newest.taughtSpam is not None)
            return newest if stays else _with_spam_verdict(newest, verdict, now)

        steps.change(DETECT_SPAM, judged, Author.spam_filter(verdict.score))

    def close_spam(self, steps: Steps) -> None:
        """Close a ticket that is still known to be spam, without asking the filter."""
        now = canonical(steps.tickets.now())
        steps.change(CLOSE_SPAM, lambda newest: as_spam(newest, now) if newest.isSpam else newest, SYSTEM)

    def detect_topics(self, steps: Steps) -> None:
        """Set the topics that are found, then run the actions of PostTopicDetection."""
        self.set_topics(steps)
        self.hooks.run(steps, Hook.PostTopicDetection)

    def set_topics(self, steps: Steps, *, unless_decided: bool = False) -> None:
        """Set the topics that are found; with `unless_decided` those that a representative has taught stay."""
        if steps.is_done(DETECT_TOPICS):
            return
        candidates = customer_topics(self.directory, steps.customerID)
        text = self.text.of(steps.ticket())
        verdict = self.topics.topics(steps.customerID, text, list(candidates.values()))
        if verdict is None:
            steps.note(DETECT_TOPICS)  # hooks follow, which may bring the job back when others have set topics
            return

        def with_topics(newest: Ticket) -> Ticket:
            stays = unless_decided and newest.taughtTopicIDs is not None
            return newest if stays else _with_topics(newest, verdict)

        steps.change(DETECT_TOPICS, with_topics, Author.topic_detector(verdict.scores))


def _with_spam_verdict(ticket: Ticket, verdict: SpamVerdict, now: str) -> Ticket:
    judged = ticket.model_copy(update={"spamVerdict": verdict.isSpam, "spamScore": verdict.score})
    return as_spam(judged, now) if verdict.isSpam else judged


def _with_topics(ticket: Ticket, verdict: TopicVerdict) -> Ticket:
    scores = {str(topicID): score for topicID, score in verdict.scores.items()}
    return about(ticket, verdict.topicIDs).model_copy(update={"topicScores": scores})
