"""What tells spam and topics, and what it was taught."""

from collections.abc import Collection, Sequence
from typing import Protocol

from ticketing.directory.model import Topic
from ticketing.learning.classification import TopicVerdict, Verdict
from ticketing.learning.lessons import Counts, Lesson, Subject
from ticketing.tickets.model import Ticket


class SpamFilter(Protocol):
    """A customer's own spam filter: knows only what their representatives taught it."""

    def verdict(self, customerID: int, text: str) -> Verdict | None:
        """Whether a text (domain.classification.text_of) is spam, None for "don't know"; raises Unavailable."""

    def learn(self, ticket: Ticket, text: str, isSpam: bool | None) -> None:
        """Teaches what the ticket, as it is after the change, was found to be; raises Unavailable.

        Takes the place of what was taught of the ticket before, whatever its text was then; None takes that back.
        May be repeated and come late: a lesson from an older version of the ticket than the one that counts is
        passed over.
        """


class TopicDetector(Protocol):
    """A customer's own topic detector."""

    def topics(self, customerID: int, text: str, candidates: Sequence[Topic]) -> TopicVerdict | None:
        """The topics of a text (domain.classification.text_of) among the candidates, None for "don't know";
        raises Unavailable."""

    def learn(self, ticket: Ticket, text: str, topicIDs: Collection[int]) -> None:
        """Teaches the topics of a ticket as SpamFilter.learn does; no topics take back what was taught."""


class Lessons(Protocol):
    """What representatives taught, per customer and subject: one lesson of each ticket, and what they all count to."""

    def teach(self, ticket: Ticket, subject: Subject, lesson: Lesson) -> None:
        """Keeps a lesson in the place of the ticket's last one, unless that is of a newer version of the ticket;
        NOTHING takes it back. May be repeated; raises Unavailable."""

    def counts(self, customerID: int, subject: Subject) -> Counts:
        """What all lessons count to, those of the last second perhaps not yet; raises Unavailable. The counts are not
        the caller's to change, and go on counting at the next call: they are for one thread."""
