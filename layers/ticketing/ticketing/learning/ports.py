"""Ports of learning."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ticketing.directory.model import Topic
    from ticketing.learning.lessons import Counts, Lesson, Subject
    from ticketing.learning.verdict import SpamVerdict, TopicVerdict
    from ticketing.tickets.model import Ticket


class SpamFilter(Protocol):
    """A customer's own spam filter: it knows only what their representatives taught it."""

    def verdict(self, customerID: int, text: str) -> SpamVerdict | None:
        """Judge a ticket's text; None for "don't know"; raises Unavailable."""

    def learn(self, ticket: Ticket, text: str, isSpam: bool | None) -> None:
        """Learn what the ticket, as it is after the change, was found to be; raises Unavailable.

        This replaces what was learnt of the ticket before, whatever its text was then; None takes that back.
        May be repeated and come late: a lesson from an older version of the ticket than the one that counts is
        ignored.
        """


class TopicDetector(Protocol):
    """A customer's own topic detector."""

    def topics(self, customerID: int, text: str, candidates: Sequence[Topic]) -> TopicVerdict | None:
        """Choose the topics of a ticket's text among the candidates; None for "don't know"; raises Unavailable."""

    def learn(self, ticket: Ticket, text: str, topicIDs: Collection[int]) -> None:
        """Learn the topics of a ticket, as SpamFilter.learn does; no topics take back what was learnt."""


class Lessons(Protocol):
    """The lessons of representatives, per customer and subject: one of each ticket, and the counts of them all."""

    def teach(self, ticket: Ticket, subject: Subject, lesson: Lesson) -> None:
        """Keep a lesson in the place of the ticket's last one, unless that is of the same version of the ticket
        or a newer one; NOTHING takes it back. May be repeated; raises Unavailable."""

    def counts(self, customerID: int, subject: Subject) -> Counts:
        """Return the counts of all lessons, those of the last second perhaps not yet; raises Unavailable. The caller
        must not change them, and they go on counting at the next call: they are for one thread."""
