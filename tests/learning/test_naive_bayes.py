"""Verdicts from lessons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.learning.features import features
from ticketing.learning.lessons import NOTHING, Counts, Lesson
from ticketing.learning.naive_bayes import GOOD, LESSONS, SPAM, TOPICS_SCORED, spam_verdict, topic_verdict

BILLING, DELIVERY, RETURNS, LOGIN = 1, 2, 3, 4
SPAM_TEXT = "URGENT! You have WON a £{n}00 prize, call 0906170046{n} now to claim it"
GOOD_TEXT = "Hello, my order {n} has not come yet, could you please look where it is"
TOPIC_TEXTS = {
    BILLING: "The invoice {n} shows a wrong amount",
    DELIVERY: "My parcel {n} has not been delivered",
    RETURNS: "I want to send back the shoes {n}",
    LOGIN: "The password for account {n} is refused",
}


def taught(texts: dict[int, str], each: int = LESSONS) -> Counts:
    counts = Counts()
    for label, text in texts.items():
        for n in range(each):
            counts.replace(NOTHING, Lesson(frozenset({label}), features(text.format(n=n))))
    return counts


def spam_lessons(spam: int = LESSONS, good: int = LESSONS) -> Counts:
    counts = taught({SPAM: SPAM_TEXT}, spam)
    for n in range(good):
        counts.replace(NOTHING, Lesson(frozenset({GOOD}), features(GOOD_TEXT.format(n=n))))
    return counts


def test_spam_is_told_from_what_is_none() -> None:
    spam = spam_verdict(spam_lessons(), features("You have won a £900 prize! Call 09061700469 to claim"))
    good = spam_verdict(spam_lessons(), features("Hello, could you please look where order 77 is"))
    assert spam is not None
    assert good is not None
    assert (spam.isSpam, good.isSpam) == (True, False)
    assert spam.score >= 500 > good.score


@pytest.mark.parametrize(("spam", "good"), [(0, 0), (LESSONS - 1, 100), (100, LESSONS - 1), (100, 0), (0, 100)])
def test_a_filter_that_was_taught_too_little_does_not_know(spam: int, good: int) -> None:
    assert spam_verdict(spam_lessons(spam, good), features(SPAM_TEXT)) is None
    assert spam_verdict(spam_lessons(spam, good), features(GOOD_TEXT)) is None


@pytest.mark.parametrize("text", ["", "Quel dommage", "won"])
def test_a_text_that_says_too_little_gets_no_verdict(text: str) -> None:
    assert spam_verdict(spam_lessons(), features(text)) is None


def test_a_good_message_that_shares_a_few_words_with_spam_is_not_lost() -> None:
    verdict = spam_verdict(spam_lessons(), features("Please call me now, my order has not come"))
    assert verdict is None or not verdict.isSpam


@pytest.mark.parametrize("topicID", TOPIC_TEXTS)
def test_a_topic_is_found(topicID: int) -> None:
    verdict = topic_verdict(taught(TOPIC_TEXTS), features(TOPIC_TEXTS[topicID].format(n=99)), list(TOPIC_TEXTS))
    assert verdict is not None
    assert verdict.topicIDs == (topicID,)
    assert len(verdict.scores) == TOPICS_SCORED
    assert verdict.scores[topicID] == max(verdict.scores.values())


def test_only_candidates_are_chosen_and_scored() -> None:
    text = features("The invoice shows a wrong amount for the parcel")
    verdict = topic_verdict(taught(TOPIC_TEXTS), text, [DELIVERY, RETURNS])
    assert verdict is not None
    assert verdict.topicIDs == (DELIVERY,)
    assert verdict.scores.keys() == {DELIVERY, RETURNS}
    assert sum(verdict.scores.values()) == pytest.approx(1000, abs=1)


def test_a_topic_that_was_taught_too_little_is_not_chosen() -> None:
    counts = taught(TOPIC_TEXTS | {LOGIN: "Nothing of that kind {n}"}, LESSONS)
    counts.replace(Lesson(frozenset({LOGIN}), features("Nothing of that kind 0")), NOTHING)
    verdict = topic_verdict(counts, features("Nothing of that parcel kind"), list(TOPIC_TEXTS))
    assert verdict is None or LOGIN not in verdict.scores


@pytest.mark.parametrize("candidates", [[], [BILLING], [BILLING, 99], [98, 99]])
def test_where_there_is_no_choice_nothing_is_known(candidates: list[int]) -> None:
    assert topic_verdict(taught(TOPIC_TEXTS), features(TOPIC_TEXTS[BILLING]), candidates) is None


@pytest.mark.parametrize("text", ["", "Quel dommage"])
def test_a_text_of_unknown_words_has_no_topic(text: str) -> None:
    assert topic_verdict(taught(TOPIC_TEXTS), features(text), list(TOPIC_TEXTS)) is None


def test_where_topics_look_alike_nothing_is_known() -> None:
    alike = dict.fromkeys(range(1, 11), "All of them say the same {n}")
    assert topic_verdict(taught(alike), features("All of them say the same"), list(alike)) is None


def test_a_ticket_of_two_topics_teaches_both() -> None:
    counts = taught(TOPIC_TEXTS)
    for n in range(LESSONS):
        counts.replace(NOTHING, Lesson(frozenset({BILLING, LOGIN}), features(f"Premium plan {n}")))
    verdict = topic_verdict(counts, features("Premium plan"), list(TOPIC_TEXTS))
    assert verdict is not None
    assert set(sorted(verdict.scores, key=lambda topicID: -verdict.scores[topicID])[:2]) == {BILLING, LOGIN}


@given(
    st.dictionaries(
        st.integers(0, 5), st.dictionaries(st.sampled_from([0, 1, 2]), st.integers(-2, 50).filter(bool), min_size=1)
    ),
    st.dictionaries(st.sampled_from([0, 1, 2]), st.integers(-2, 50)),
    st.frozensets(st.integers(0, 9)),
)
def test_scores_are_per_mille_even_while_changes_are_still_coming_in(
    counted: dict[int, dict[int, int]], lessons: dict[int, int], asked: frozenset[int]
) -> None:
    counts = Counts(lessons=lessons)
    for feature, labels in counted.items():
        for label, count in labels.items():
            counts.add(feature, label, count)
    spam, topic = spam_verdict(counts, asked), topic_verdict(counts, asked, [0, 1, 2])
    assert spam is None or 0 <= spam.score <= 1000
    assert topic is None or all(0 <= score <= 1000 for score in topic.scores.values())
