"""The spam filter and the topic detector on the demo data: what was taught is told, in memory as in DynamoDB."""

from collections.abc import Sequence

import pytest

from local.demo import Question, questions, spam
from tests.builders import a_ticket
from tests.engines import Tables
from tests.fakes import FakeClock
from tests.lists.fakes import InMemoryLessons
from ticketing.directory.model import Topic
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.learning.classifiers import LearningSpamFilter, LearningTopicDetector
from ticketing.learning.dynamodb.lessons import DynamoLessons
from ticketing.learning.lessons import Counts, Subject
from ticketing.learning.naive_bayes import GOOD, LESSONS, SPAM
from ticketing.learning.ports import Lessons

TOPICS = [Topic(topicID=n, name=name) for n, name in enumerate(sorted({q.topic for q in questions() if q.topic}), 1)]
IDS = {topic.name: topic.topicID for topic in TOPICS}
ASKED = [question for question in questions() if question.topic][::4]
TAUGHT = [question for question in questions() if question.topic and question not in ASKED]


def teach_spam(lessons: Lessons, customerID: int, good: Sequence[Question]) -> LearningSpamFilter:
    """Two of three messages are taught."""
    learner = LearningSpamFilter(lessons)
    examples = [(text, True) for text in spam()] + [(question.text, False) for question in good]
    for ticketID, (text, is_spam) in enumerate(examples, 1):
        if ticketID % 3:
            learner.learn(a_ticket(customerID=customerID, ticketID=ticketID), text, is_spam)
    return learner


def teach_topics(lessons: Lessons, customerID: int, examples: Sequence[Question]) -> LearningTopicDetector:
    learner = LearningTopicDetector(lessons)
    for ticketID, question in enumerate(examples, 1):
        learner.learn(a_ticket(customerID=customerID, ticketID=ticketID), question.text, [IDS[question.topic]])
    return learner


def test_spam_is_found_and_no_question_is_lost() -> None:
    learner = teach_spam(InMemoryLessons(), 1, TAUGHT)
    unseen = [learner.verdict(1, text) for text in spam()[2::3]]
    assert sum(verdict is not None and verdict.isSpam for verdict in unseen) / len(unseen) >= 0.8
    assert not any(verdict and verdict.isSpam for question in ASKED if (verdict := learner.verdict(1, question.text)))


def test_topics_are_found() -> None:
    learner = teach_topics(InMemoryLessons(), 1, TAUGHT)
    found = [(IDS[question.topic], learner.topics(1, question.text, TOPICS)) for question in ASKED]
    right = sum(verdict is not None and verdict.topicIDs == (topicID,) for topicID, verdict in found)
    assert right / len(found) >= 0.8


def test_verdicts_are_the_same_from_dynamodb(tables: Tables, customerID: int) -> None:
    clock, memory = FakeClock(), InMemoryLessons()
    kept = DynamoLessons(Engine(tables.client), tables.names["lessons"], clock.seconds)
    for lessons in (memory, kept):
        teach_spam(lessons, customerID, TAUGHT[::3])
        teach_topics(lessons, customerID, TAUGHT[::3])
    assert kept.counts(customerID, Subject.topics) == memory.counts(customerID, Subject.topics)
    for text in [*spam()[2::12], *(question.text for question in ASKED[::20])]:
        spam_verdicts = {LearningSpamFilter(lessons).verdict(customerID, text) for lessons in (memory, kept)}
        topic_verdicts = [LearningTopicDetector(lessons).topics(customerID, text, TOPICS) for lessons in (memory, kept)]
        assert len(spam_verdicts) == 1
        assert topic_verdicts[0] == topic_verdicts[1]


def test_what_was_taught_can_be_changed_and_taken_back() -> None:
    lessons = InMemoryLessons()
    learner = LearningSpamFilter(lessons)
    learner.learn(a_ticket(version=1), "Win a prize", True)
    assert lessons.counts(1, Subject.spam).lessons == {SPAM: 1}
    learner.learn(a_ticket(version=2), "Win a prize\nI did win, where is it?", False)
    assert lessons.counts(1, Subject.spam).lessons == {GOOD: 1}
    learner.learn(a_ticket(version=3), "Win a prize", None)
    assert lessons.counts(1, Subject.spam) == Counts()


def test_topics_can_be_cleared() -> None:
    lessons = InMemoryLessons()
    learner = LearningTopicDetector(lessons)
    learner.learn(a_ticket(version=1), "Where is my refund?", [1, 2])
    assert lessons.counts(1, Subject.topics).lessons == {1: 1, 2: 1}
    learner.learn(a_ticket(version=2), "Where is my refund?", [])
    assert lessons.counts(1, Subject.topics) == Counts()


@pytest.mark.parametrize("taught", [0, LESSONS - 1])
def test_a_customer_who_taught_too_little_gets_no_verdict_whatever_others_taught(taught: int) -> None:
    lessons = InMemoryLessons()
    teach_spam(lessons, 2, TAUGHT)
    learner = LearningSpamFilter(lessons)
    for ticketID in range(1, taught + 1):
        learner.learn(a_ticket(ticketID=ticketID), spam()[0], True)
        learner.learn(a_ticket(ticketID=100 + ticketID), ASKED[0].text, False)
    assert learner.verdict(1, spam()[0]) is None
    assert LearningTopicDetector(lessons).topics(1, ASKED[0].text, TOPICS) is None
