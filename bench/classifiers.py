"""How well the spam filter and the topic detector do: `python -m bench.classifiers [FOLDER]` prints a table.

FOLDER (else CLASSIFIER_DATA, else ../shared/data) holds `sms-spam-train.tsv` (label, text: SMS Spam Collection) and
`banking77-train.csv` (text, category: BANKING77), both CC BY 4.0. What is measured is the product's own code; only the
store of its lessons is in memory. bench/lessons.py measures the one in DynamoDB, on the same data.
"""

import csv
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.builders import a_ticket
from ticketing.adapters.learning import LearningSpamFilter, LearningTopicDetector
from ticketing.domain.directory import Topic
from ticketing.domain.lessons import NOTHING, Counts, Lesson, Subject
from ticketing.domain.ticket import Ticket

CUSTOMER = 1
FOLDS = 10
FIRST_LESSONS = (5, 10, 20, 50, 100)
REPEATS = 10
"""Times that a filter is taught its first lessons, each time others."""

type Example = tuple[str, int]
"""A text and its label: 1 for spam and 0 for good, or a topicID."""


@dataclass
class Lessons:
    """The port in memory, for tickets that are taught once."""

    kept: dict[Subject, Counts] = field(default_factory=lambda: {subject: Counts() for subject in Subject})

    def teach(self, ticket: Ticket, subject: Subject, lesson: Lesson) -> None:  # noqa: ARG002 - each has its own
        """Counts a lesson."""
        self.kept[subject].replace(NOTHING, lesson)

    def counts(self, customerID: int, subject: Subject) -> Counts:  # noqa: ARG002 - there is one
        """What the lessons count to."""
        return self.kept[subject]


def folder(arguments: Sequence[str]) -> Path:
    """Where the data is."""
    return Path(arguments[0] if arguments else os.environ.get("CLASSIFIER_DATA", "../shared/data"))


def spam_examples(data: Path) -> list[Example]:
    """The short messages, shuffled."""
    lines = (data / "sms-spam-train.tsv").read_text().splitlines()
    return _shuffled([(text, int(label == "spam")) for label, text in (line.split("\t", 1) for line in lines)])


def topic_examples(data: Path) -> list[Example]:
    """The questions, shuffled; topics are numbered in the order of their names."""
    with (data / "banking77-train.csv").open(newline="") as lines:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(lines)]
    numbers = {name: n for n, name in enumerate(sorted({name for _, name in rows}), 1)}
    return _shuffled([(text, numbers[name]) for text, name in rows])


def taught_spam(examples: Sequence[Example]) -> LearningSpamFilter:
    """A spam filter that was taught the examples."""
    learner, ticket = LearningSpamFilter(Lessons()), a_ticket(customerID=CUSTOMER)
    for text, label in examples:
        learner.learn(ticket, text, bool(label))
    return learner


def taught_topics(examples: Sequence[Example]) -> LearningTopicDetector:
    """A topic detector that was taught the examples."""
    learner, ticket = LearningTopicDetector(Lessons()), a_ticket(customerID=CUSTOMER)
    for text, topicID in examples:
        learner.learn(ticket, text, [topicID])
    return learner


def spam_outcomes(examples: Sequence[Example], asked: Sequence[Example]) -> Counter[tuple[int, bool | None]]:
    """How many of what was asked had a label and got an answer; None: "don't know"."""
    learner = taught_spam(examples)
    verdicts = [(label, learner.verdict(CUSTOMER, text)) for text, label in asked]
    return Counter((label, None if verdict is None else verdict.isSpam) for label, verdict in verdicts)


def topic_outcomes(examples: Sequence[Example], asked: Sequence[Example]) -> Counter[bool | None]:
    """How many got the right topic, another, or (None) "don't know"."""
    learner = taught_topics(examples)
    candidates = [Topic(topicID=topicID, name=str(topicID)) for topicID in sorted({label for _, label in examples})]
    verdicts = [(label, learner.topics(CUSTOMER, text, candidates)) for text, label in asked]
    return Counter(None if verdict is None else verdict.topicIDs == (label,) for label, verdict in verdicts)


def folds(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """Ten times: nine tenths to teach, and the tenth to ask."""
    for n in range(FOLDS):
        asked = list(examples[n::FOLDS])
        yield [example for at, example in enumerate(examples) if at % FOLDS != n], asked


def first_lessons(examples: Sequence[Example], each: int) -> Iterator[tuple[list[Example], list[Example]]]:
    """Ten times: so many of each label to teach, and 1,000 of the others to ask."""
    for n in range(REPEATS):
        order = random.Random(n).sample(examples, len(examples))  # noqa: S311 - the same each time, no secret
        by_label = [[example for example in order if example[1] == label] for label in (0, 1)]
        taught = [example for examples_of in by_label for example in examples_of[:each]]
        yield taught, [example for example in order if example not in taught][:1000]


def _shuffled(examples: list[Example]) -> list[Example]:
    return random.Random(0).sample(examples, len(examples))  # noqa: S311 - the same each time, no secret


def _total[T](
    outcomes: Callable[[Sequence[Example], Sequence[Example]], Counter[T]],
    splits: Iterator[tuple[list[Example], list[Example]]],
) -> Counter[T]:
    return sum((outcomes(taught, asked) for taught, asked in splits), Counter[T]())


def _print_spam(name: str, found: Counter[tuple[int, bool | None]]) -> None:
    good = sum(count for (label, _), count in found.items() if label == 0)
    spam = found.total() - good
    right = found[1, True] + good - found[0, True]
    unknown = found[0, None] + found[1, None]
    print(
        f"{name:32}{right / found.total():9.2%}{found[0, True] / good:11.2%}{found[1, True] / spam:9.1%}"
        f"{unknown / found.total():13.1%}"
    )


def _print_topics(name: str, found: Counter[bool | None]) -> None:
    answered = found.total() - found[None]
    print(
        f"{name:32}{found[True] / found.total():9.2%}{found[True] / answered:29.2%}{found[None] / found.total():13.1%}"
    )


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    spam, topics = spam_examples(folder(arguments)), topic_examples(folder(arguments))
    print(f"{'spam':32}{'accuracy':>9}{'good lost':>11}{'caught':>9}{"don't know":>13}")
    _print_spam(f"10-fold, {len(spam)} messages", _total(spam_outcomes, folds(spam)))
    for each in FIRST_LESSONS:
        _print_spam(f"after {each} lessons of each label", _total(spam_outcomes, first_lessons(spam, each)))
    print(f"\n{'topics':32}{'accuracy':>9}{'of those answered':>29}{"don't know":>13}")
    _print_topics(f"10-fold, {len(topics)} questions", _total(topic_outcomes, folds(topics)))


if __name__ == "__main__":
    main(sys.argv[1:])
