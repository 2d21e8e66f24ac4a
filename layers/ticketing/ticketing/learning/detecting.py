"""The spam filter and the topic detector are asked about tickets; what they answer stays on the ticket, with its score.

"Don't know" changes nothing.
"""

from dataclasses import dataclass

from ticketing.directory.hooks import Hook
from ticketing.directory.lookup import customer_topics
from ticketing.directory.ports import Directory
from ticketing.hooks.running import Hooks
from ticketing.jobs.steps import Steps
from ticketing.kernel.instant import canonical
from ticketing.learning.classification import TopicVerdict, Verdict
from ticketing.learning.ports import SpamFilter, TopicDetector
from ticketing.learning.reading import Reading
from ticketing.tickets.effects import about, as_spam
from ticketing.tickets.model import Ticket

DETECT = "detect"
"""The step of a job that asks."""


@dataclass(frozen=True)
class Detecting:
    """Asks, and acts on the answer."""

    directory: Directory
    reading: Reading
    spam: SpamFilter
    topics: TopicDetector
    hooks: Hooks

    def detect_spam(self, steps: Steps) -> None:
        """Marks and closes what is found to be spam, which teaches nothing."""
        ticket = steps.ticket()
        if steps.is_done(DETECT):
            return
        verdict = self.spam.verdict(steps.customerID, self.reading.text(ticket))
        if verdict is not None:
            now = canonical(steps.tickets.now())
            steps.change(DETECT, lambda newest: _judged(newest, verdict, now))

    def detect_topics(self, steps: Steps) -> None:
        """Sets the topics that are found, then runs the actions of PostTopicDetection."""
        if not steps.is_done(DETECT):
            self._detect_topics(steps)
        self.hooks.run(steps, Hook.PostTopicDetection)

    def _detect_topics(self, steps: Steps) -> None:
        candidates = customer_topics(self.directory, steps.customerID)
        text = self.reading.text(steps.ticket())
        verdict = self.topics.topics(steps.customerID, text, list(candidates.values()))
        if verdict is not None:
            steps.change(DETECT, lambda newest: _sorted_in(newest, verdict))


def _judged(ticket: Ticket, verdict: Verdict, now: str) -> Ticket:
    judged = ticket.model_copy(update={"spamVerdict": verdict.isSpam, "spamScore": verdict.score})
    return as_spam(judged, now) if verdict.isSpam else judged


def _sorted_in(ticket: Ticket, verdict: TopicVerdict) -> Ticket:
    scores = {str(topicID): score for topicID, score in verdict.scores.items()}
    return about(ticket, verdict.topicIDs).model_copy(update={"topicScores": scores})
