"""Measures the cost of a lesson and a verdict in DynamoDB: `python -m bench.lessons [FOLDER]`.

Prints the read and write units. Lessons are taught to the store that the product uses, ten a second, on an engine
that counts units as DynamoDB does; then its answers are compared with those of the store in memory. FOLDER as for
bench.classifiers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from bench.classifiers import (
    Example,
    Learner,
    SummedLessons,
    folder,
    spam_examples,
    topic_examples,
    topics_of,
)
from bench.meter import Meter
from tests.builders import a_ticket
from tests.engines import Tables, dynoxide, tables_at
from tests.fakes import FakeClock
from ticketing.directory.model import Topic
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.learning.dynamodb.lessons import DynamoLessons

PACE = 0.1
"""Seconds from one lesson to the next."""
ASKED_EVERY = 50
"""Lessons after which there is a question, so that they are added up."""
LONG = 100
"""Words of a long text, made of texts with one label."""
COMPARED = 1000
"""Answers that are compared."""


class Units(NamedTuple):
    """Units that were consumed."""

    read: float = 0.0
    written: float = 0.0

    def plus(self, more: "Units") -> "Units":
        """Return both together."""
        return Units(self.read + more.read, self.written + more.written)


@dataclass(frozen=True)
class Course:
    """Examples that a customer teaches."""

    tables: Tables
    meter: Meter
    customerID: int
    examples: Sequence[Example]
    topics: Sequence[Topic] = ()
    clock: FakeClock = field(default_factory=FakeClock)

    def learner(self) -> Learner:
        """Return the learner of a new process."""
        lessons = DynamoLessons(Engine(self.tables.client), self.tables.names["lessons"], self.clock.seconds)
        return Learner(lessons, self.topics, self.customerID)

    def units(self, action: Callable[[], object]) -> Units:
        """Return the units that an action takes."""
        self.meter.reset()
        action()
        return Units(self.meter.read, self.meter.written)

    def teach(self) -> None:
        """Teach everything; print what a lesson took, and what adding them up did."""
        learner, lessons, sums = self.learner(), Units(), Units()
        for n, example in enumerate(self.examples, 1):
            ticket = a_ticket(customerID=self.customerID, ticketID=n)
            lessons = lessons.plus(self.units(partial(learner.learn, ticket, example)))
            self.clock.pass_(PACE)
            if n % ASKED_EVERY == 0:
                sums = sums.plus(self.units(partial(learner.answer, "now?")))
        _print("a lesson", lessons, len(self.examples))
        _print("its share of the sums", Units(written=sums.written), len(self.examples))

    def ask(self) -> None:
        """Print what the first question to a process takes, and later ones."""
        learner, (text, _) = self.learner(), self.examples[0]
        _print("the first answer of a process", self.units(partial(learner.answer, text)))
        self.clock.pass_(1)
        _print("another, a second after it", self.units(partial(learner.answer, text)))
        self.clock.pass_(60)
        learner.answer(text)
        self.clock.pass_(1)
        _print("one after a minute's rest", self.units(partial(learner.answer, text)))

    def compare(self) -> None:
        """Print how many answers are those of the store in memory."""
        ours, memory = self.learner(), Learner(SummedLessons(), self.topics)
        for example in self.examples:
            memory.learn(a_ticket(), example)
        texts = [text for text, _ in self.examples[:COMPARED]]
        same = sum(ours.answer(text) == memory.answer(text) for text in texts)
        print(f"  {same} of {len(texts)} answers are those of the store in memory")


def long_examples(examples: Sequence[Example]) -> list[Example]:
    """Return texts of 100 words, each made of texts with one label."""
    found: list[Example] = []
    for label in sorted({label for _, label in examples}):
        words = [word for text, of in examples if of == label for word in text.split()]
        found += [(" ".join(words[at : at + LONG]), label) for at in range(0, len(words) - LONG, LONG)]
    return found


def main() -> None:
    """Print the figures."""
    data = folder(__doc__)
    spam, questions = spam_examples(data), topic_examples(data)
    topics, meter = topics_of(questions), Meter(latency=0)
    with dynoxide() as url:
        tables = tables_at(url)
        meter.attach(tables.client)
        for name, course in {
            "spam, short messages": Course(tables, meter, 1, spam),
            "topics, short questions": Course(tables, meter, 2, questions, topics),
            "topics, texts of 100 words": Course(tables, meter, 3, long_examples(questions), topics),
        }.items():
            print(f"{name}: {len(course.examples)} lessons")
            course.teach()
            course.ask()
            course.compare()


def _print(what: str, units: Units, times: int = 1) -> None:
    print(f"  {what:32}{units.read / times:8.1f} read{units.written / times:8.1f} written")


if __name__ == "__main__":
    main()
