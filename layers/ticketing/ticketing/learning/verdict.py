"""Verdicts of the spam filter and the topic detector.

A score is in per mille (0..1000), because items keep integers only; it stays on the ticket, to explain the decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SpamVerdict:
    """Says whether a text is spam; `score` is how likely the filter takes that to be, in per mille."""

    isSpam: bool
    score: int


@dataclass(frozen=True)
class TopicVerdict:
    """Names the topics of a text, at least one; `scores` are the per mille of the likeliest ones by topicID."""

    topicIDs: tuple[int, ...]
    scores: Mapping[int, int]
