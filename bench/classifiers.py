"""Measures how well the spam filter and the topic detector do: `python -m bench.classifiers [FOLDER]` prints a table.

FOLDER (else CLASSIFIER_DATA) holds `sms-spam-train.tsv` (label, text: SMS Spam Collection) and
`banking77-train.csv` (text, category: BANKING77), both CC BY 4.0. What is measured is the product's own code; only the
store of its lessons is in memory. bench/lessons.py measures the one in DynamoDB, on the same data.
"""

import csv
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.command import command_line
from tests.builders import a_ticket
from ticketing.directory.model import Topic
from ticketing.learning.classifiers import LearningSpamFilter, LearningTopicDetector
from ticketing.learning.lessons import NOTHING, Counts, Lesson, Subject
from ticketing.learning.ports import Lessons
from ticketing.tickets.model import Ticket

CUSTOMER = 1
FOLDS = 10
FIRST_LESSONS = (5, 10, 20, 50, 100)
REPEATS = 10
"""Times that a filter is taught its first lessons, each time others."""
ASKED = 1000
"""Texts that it is asked about after its first lessons."""

type Example = tuple[str, int]
"""A text and its label: 1 for spam and 0 for good, or a topicID."""
type Split = tuple[Sequence[Example], Sequence[Example]]
"""The examples that are taught, and those that are asked."""
type Outcomes = Counter[tuple[int, int | None]]
"""Counts of answers by the label of the text and the answer, None for "don't know"."""


@dataclass
class SummedLessons:
    """The port in memory, for tickets that are taught once."""

    kept: dict[Subject, Counts] = field(default_factory=lambda: {subject: Counts() for subject in Subject})

    def teach(self, ticket: Ticket, subject: Subject, lesson: Lesson) -> None:  # noqa: ARG002 - each has its own
        """Count a lesson."""
        self.kept[subject].replace(NOTHING, lesson)

    def counts(self, customerID: int, subject: Subject) -> Counts:  # noqa: ARG002 - there is one
        """Return the counts of the lessons."""
        return self.kept[subject]


@dataclass(frozen=True)
class Learner:
    """The spam filter, or the topic detector where there are topics, taught and asked by example."""

    lessons: Lessons
    topics: Sequence[Topic] = ()
    customerID: int = CUSTOMER

    def learn(self, ticket: Ticket, example: Example) -> None:
        """Teach one."""
        text, label = example
        if self.topics:
            LearningTopicDetector(self.lessons).learn(ticket, text, [label])
        else:
            LearningSpamFilter(self.lessons).learn(ticket, text, bool(label))

    def answer(self, text: str) -> int | None:
        """Return the label that a text is given."""
        if self.topics:
            found = LearningTopicDetector(self.lessons).topics(self.customerID, text, self.topics)
            return found.topicIDs[0] if found else None
        verdict = LearningSpamFilter(self.lessons).verdict(self.customerID, text)
        return None if verdict is None else int(verdict.isSpam)


def folder(about: str | None) -> Path:
    """Return the folder of the data, which the command line may name; its help is `about`."""
    parser, usual = command_line(about), os.environ.get("CLASSIFIER_DATA")
    parser.add_argument("folder", nargs="?", type=Path, default=usual, metavar="FOLDER")
    data: Path | None = parser.parse_args().folder
    return data or parser.error("name the FOLDER of the data, or set CLASSIFIER_DATA")


def spam_examples(data: Path) -> list[Example]:
    """Return the short messages, shuffled."""
    lines = (data / "sms-spam-train.tsv").read_text().splitlines()
    return _shuffled([(text, int(label == "spam")) for label, text in (line.split("\t", 1) for line in lines)])


def topic_examples(data: Path) -> list[Example]:
    """Return the questions, shuffled; topics are numbered in the order of their names."""
    with (data / "banking77-train.csv").open(newline="") as lines:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(lines)]
    numbers = {name: n for n, name in enumerate(sorted({name for _, name in rows}), 1)}
    return _shuffled([(text, numbers[name]) for text, name in rows])


def topics_of(examples: Iterable[Example]) -> list[Topic]:
    """Return the topics that there are examples of."""
    return [Topic(topicID=topicID, name=str(topicID)) for topicID in sorted({label for _, label in examples})]


def folds(examples: Sequence[Example]) -> Iterator[Split]:
    """Return ten splits: nine tenths to teach, and the tenth to ask."""
    for n in range(FOLDS):
        yield [example for at, example in enumerate(examples) if at % FOLDS != n], examples[n::FOLDS]


def first_lessons(examples: Sequence[Example], each: int) -> Iterator[Split]:
    """Return ten splits: so many of each label to teach, and 1,000 of the others to ask."""
    for n in range(REPEATS):
        order = random.Random(n).sample(examples, len(examples))  # noqa: S311 - the same each time, no secret
        by_label = [[example for example in order if example[1] == label] for label in (0, 1)]
        taught = [example for of_label in by_label for example in of_label[:each]]
        yield taught, [example for example in order if example not in taught][:ASKED]


def outcomes(splits: Iterable[Split], topics: Sequence[Topic] = ()) -> Outcomes:
    """Return the answers of a new learner in every split."""
    found: Outcomes = Counter()
    for taught, asked in splits:
        learner, ticket = Learner(SummedLessons(), topics), a_ticket(customerID=CUSTOMER)
        for example in taught:
            learner.learn(ticket, example)
        found.update((label, learner.answer(text)) for text, label in asked)
    return found


def _shuffled(examples: list[Example]) -> list[Example]:
    return random.Random(0).sample(examples, len(examples))  # noqa: S311 - the same each time, no secret


def _print_spam(name: str, found: Outcomes) -> None:
    good = sum(count for (label, _), count in found.items() if label == 0)
    right = found[1, 1] + good - found[0, 1]
    unknown = found[0, None] + found[1, None]
    shares = (right / found.total(), found[0, 1] / good, found[1, 1] / (found.total() - good), unknown / found.total())
    print(f"{name:34}" + "".join(f"{share:>12.2%}" for share in shares))


def _print_topics(name: str, found: Outcomes) -> None:
    right = sum(count for (label, answer), count in found.items() if label == answer)
    unknown = sum(count for (_, answer), count in found.items() if answer is None)
    shares = (right / found.total(), right / (found.total() - unknown), unknown / found.total())
    print(f"{name:34}" + "".join(f"{share:>12.2%}" for share in shares))


def main() -> None:
    """Print the table. What is not known counts as good, and as no right topic."""
    data = folder(__doc__)
    spam, questions = spam_examples(data), topic_examples(data)
    print(f"{'spam':34}{'right':>12}{'good lost':>12}{'caught':>12}{'not known':>12}")
    _print_spam(f"10-fold, {len(spam)} messages", outcomes(folds(spam)))
    for each in FIRST_LESSONS:
        _print_spam(f"after {each} lessons of each label", outcomes(first_lessons(spam, each)))
    print(f"\n{'topics':34}{'right':>12}{'of answers':>12}{'not known':>12}")
    _print_topics(f"10-fold, {len(questions)} questions", outcomes(folds(questions), topics_of(questions)))


if __name__ == "__main__":
    main()
