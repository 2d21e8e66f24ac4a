"""What the spam filter and the topic detector are asked about, and what they answer.

A score is in per mille (0..1000), because items keep integers only; it stays on the ticket, to explain the decision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ticketing.tickets.messages import Direction, Message
from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class Verdict:
    """Whether a text is spam; `score` is how likely the filter takes that to be, in per mille."""

    isSpam: bool
    score: int


@dataclass(frozen=True)
class TopicVerdict:
    """The topics of a text, never none; `scores` are the per mille of the likeliest ones by topicID."""

    topicIDs: tuple[int, ...]
    scores: Mapping[int, int]


def text_of(ticket: Ticket, messages: Iterable[Message]) -> str:
    """What is taught and asked of a ticket: its subject and what the end user wrote, oldest first."""
    written = (message.body for message in messages if message.direction is Direction.EndUser)
    return "\n".join((ticket.subject, *written))
