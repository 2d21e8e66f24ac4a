"""Naive Bayes over the counts of lessons, in which a feature weighs as much as it says about the labels at all.

That is the Kullback-Leibler divergence of the labels with the feature from the labels as such (Lee, Gutierrez & Dou,
ICDM 2011), here raised to a power. The numbers are those with which `python -m bench.classifiers` does best.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.learning.verdict import SpamVerdict, TopicVerdict

if TYPE_CHECKING:
    from ticketing.learning.lessons import Counts

GOOD, SPAM = 0, 1
"""The labels of lessons about spam; those of lessons about topics are topicIDs."""
LESSONS = 5
"""Lessons that a label needs before anything is said about it."""
SPAM_ODDS = 14.0
"""Log odds from which a text is spam: a good message that is lost costs more than a spam that is seen. They hold from
the first lessons on, when a text is judged by a few words that it happens to share."""
SPAM_SPREAD = 4.0
"""Log odds that multiply the odds of being spam by e; not 1, because words that belong together are counted singly."""
TOPIC_SPREAD = 7.0
"""The same between two topics."""
TOPIC_SCORE = 200
"""Per mille that the likeliest topic needs; below, it is more often wrong than right."""
TOPICS_SCORED = 3
"""Topics whose scores are given."""


@dataclass(frozen=True)
class _Model:
    """Adds `smoothing` of a lesson to every feature and label, and raises a feature's weight to `power`."""

    smoothing: float
    power: float


_SPAM = _Model(smoothing=0.3, power=0.25)
_TOPICS = _Model(smoothing=0.1, power=1.0)


def spam_verdict(counts: Counts, features: Collection[int]) -> SpamVerdict | None:
    """Judge whether a text is spam; None where too little was taught, and where it looks like spam, but not enough."""
    if _taught_labels(counts, (GOOD, SPAM)) != [GOOD, SPAM] or counts.features.keys().isdisjoint(features):
        return None
    likelihoods = _likelihoods(_SPAM, counts, features, (GOOD, SPAM))
    odds = likelihoods[SPAM] - likelihoods[GOOD]
    if 0 < odds < SPAM_ODDS:
        return None
    return SpamVerdict(odds >= SPAM_ODDS, _per_mille((1 + math.tanh((odds - SPAM_ODDS) / SPAM_SPREAD / 2)) / 2))


def topic_verdict(counts: Counts, features: Collection[int], candidates: Collection[int]) -> TopicVerdict | None:
    """Choose the topic of a text among the candidates (topicIDs); None where fewer than two of them were taught
    enough, and where none stands out."""
    taught = _taught_labels(counts, candidates)
    if len(taught) < 2 or counts.features.keys().isdisjoint(features):
        return None
    scores = _scores(_likelihoods(_TOPICS, counts, features, taught))
    likeliest = sorted(scores, key=lambda topicID: (-scores[topicID], topicID))[:TOPICS_SCORED]
    if scores[likeliest[0]] < TOPIC_SCORE:
        return None
    return TopicVerdict((likeliest[0],), {topicID: scores[topicID] for topicID in likeliest})


def _taught_labels(counts: Counts, labels: Collection[int]) -> list[int]:
    return [label for label in labels if counts.lessons.get(label, 0) >= LESSONS]


def _likelihoods(model: _Model, counts: Counts, features: Collection[int], labels: Collection[int]) -> dict[int, float]:
    weights = {f: _information(counts, f) ** model.power for f in sorted(features) if f in counts.features}
    every = len(counts.features) * model.smoothing
    likelihoods = {
        label: -sum(weights.values()) * math.log(max(counts.occurrences.get(label, 0), 0) + every) for label in labels
    }
    for feature, weight in weights.items():
        for label, count in counts.features[feature].items():
            if label in likelihoods and count > 0:
                likelihoods[label] += weight * math.log1p(count / model.smoothing)
    return likelihoods


def _information(counts: Counts, feature: int) -> float:
    """Return what a feature says about the label, in nats; a lesson of no particular label is added to its lessons."""
    lessons = sum(counts.lessons.values())
    seen = {label: count for label, count in counts.features[feature].items() if count > 0}
    total = sum(seen.values()) + 1
    information, unseen = 0.0, 1.0
    for label, count in sorted(seen.items()):
        prior = max(counts.lessons.get(label, 0), 1) / max(lessons, 1)
        share = (count + prior) / total
        information += share * math.log(share / prior)
        unseen -= prior
    return max(information - max(unseen, 0.0) / total * math.log(total), 0.0)


def _scores(likelihoods: Mapping[int, float]) -> dict[int, int]:
    most = max(likelihoods.values())
    shares = {label: math.exp((value - most) / TOPIC_SPREAD) for label, value in likelihoods.items()}
    whole = sum(shares.values())
    return {label: _per_mille(share / whole) for label, share in shares.items()}


def _per_mille(share: float) -> int:
    return round(share * 1000)
