"""The spam filter, the topic detector and customers' own services, in memory: they answer what a test tells them to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ticketing.directory.model import Topic
from ticketing.hooks.ports import Undelivered
from ticketing.learning.verdict import SpamVerdict, TopicVerdict
from ticketing.tickets.model import Ticket


@dataclass
class Learnt[Lesson]:
    """The last lesson of each ticket, with the text and the version that it came with."""

    lessons: dict[int, tuple[int, str, Lesson]] = field(default_factory=dict)

    def keep(self, ticket: Ticket, text: str, lesson: Lesson) -> None:
        version, *_ = self.lessons.get(ticket.ticketID, (0,))
        if ticket.version >= version:
            self.lessons[ticket.ticketID] = (ticket.version, text, lesson)


@dataclass
class ScriptedSpamFilter:
    """Finds what holds a text to be spam with the score that it has in the script; knows nothing of other texts."""

    script: dict[str, SpamVerdict] = field(default_factory=dict)
    learnt: Learnt[bool | None] = field(default_factory=Learnt)
    asked: list[str] = field(default_factory=list)

    def verdict(self, customerID: int, text: str) -> SpamVerdict | None:  # noqa: ARG002 - one script for all
        self.asked.append(text)
        return next((verdict for part, verdict in self.script.items() if part in text), None)

    def learn(self, ticket: Ticket, text: str, isSpam: bool | None) -> None:
        self.learnt.keep(ticket, text, isSpam)


@dataclass
class ScriptedTopicDetector:
    """Finds the topics that a text has in the script, as far as they are candidates."""

    script: dict[str, Mapping[int, int]] = field(default_factory=dict)
    learnt: Learnt[list[int]] = field(default_factory=Learnt)

    def topics(self, customerID: int, text: str, candidates: Sequence[Topic]) -> TopicVerdict | None:  # noqa: ARG002
        scores = next((scores for part, scores in self.script.items() if part in text), None)
        known = {topic.topicID for topic in candidates}
        return TopicVerdict(tuple(topic for topic in scores if topic in known), scores) if scores else None

    def learn(self, ticket: Ticket, text: str, topicIDs: Collection[int]) -> None:
        self.learnt.keep(ticket, text, list(topicIDs))


@dataclass(frozen=True)
class Call:
    """A call that was taken."""

    url: str
    secret: str
    delivery: str
    body: str


@dataclass
class InMemoryWebhooks:
    """Takes every call that it does not refuse."""

    taken: list[Call] = field(default_factory=list)
    refuses: Callable[[Call], bool] = field(default=lambda _: False)

    def post(self, url: str, secret: str, delivery: str, body: str) -> None:
        call = Call(url, secret, delivery, body)
        if self.refuses(call):
            raise Undelivered("The service answered 500.")
        self.taken.append(call)
