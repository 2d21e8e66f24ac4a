"""A spam filter and a topic detector that learn from a customer's own tickets, and need nothing but lessons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.learning.features import features
from ticketing.learning.lessons import NOTHING, Lesson, Subject
from ticketing.learning.naive_bayes import GOOD, SPAM, spam_verdict, topic_verdict

if TYPE_CHECKING:
    from ticketing.directory.model import Topic
    from ticketing.learning.ports import Lessons
    from ticketing.learning.verdict import SpamVerdict, TopicVerdict
    from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class LearningSpamFilter:
    """A SpamFilter that judges by the customer's lessons."""

    lessons: Lessons

    def verdict(self, customerID: int, text: str) -> SpamVerdict | None:
        return spam_verdict(self.lessons.counts(customerID, Subject.spam), features(text))

    def learn(self, ticket: Ticket, text: str, isSpam: bool | None) -> None:
        labels = {None: (), False: (GOOD,), True: (SPAM,)}[isSpam]
        self.lessons.teach(ticket, Subject.spam, _lesson(text, labels))


@dataclass(frozen=True)
class LearningTopicDetector:
    """A TopicDetector that chooses by the customer's lessons."""

    lessons: Lessons

    def topics(self, customerID: int, text: str, candidates: Sequence[Topic]) -> TopicVerdict | None:
        """Choose one topic, the likeliest."""
        counts = self.lessons.counts(customerID, Subject.topics)
        return topic_verdict(counts, features(text), [topic.topicID for topic in candidates])

    def learn(self, ticket: Ticket, text: str, topicIDs: Collection[int]) -> None:
        self.lessons.teach(ticket, Subject.topics, _lesson(text, topicIDs))


def _lesson(text: str, labels: Collection[int]) -> Lesson:
    return Lesson(frozenset(labels), features(text)) if labels else NOTHING
