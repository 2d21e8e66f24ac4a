"""The contract of SearchIndex, on every engine."""

from collections.abc import Iterable

from tests.lists.followed import Followed
from ticketing.kernel.text import Term
from ticketing.lists.postings import SUBJECT, Posting, message_source


def enter(followed: Followed, customerID: int, *entries: tuple[str, int], source: str = SUBJECT) -> None:
    followed.search.write({Posting(customerID, word, ticketID, source): True for word, ticketID in entries})


def found(followed: Followed, customerID: int, text: str, is_prefix: bool = False) -> list[int]:
    return list(followed.search.tickets(customerID, Term(text, is_prefix)))


def test_no_posting_is_found_before_any_is_written(followed: Followed, customerID: int) -> None:
    followed.search.write({})
    assert found(followed, customerID, "refund") == []
    assert found(followed, customerID, "re", is_prefix=True) == []
    assert not followed.search.has(customerID, "refund", 1)


def test_a_word_is_found_in_the_order_of_tickets(followed: Followed, customerID: int) -> None:
    enter(followed, customerID, *(("refund", ticketID) for ticketID in (30, 4, 200)))
    assert found(followed, customerID, "refund") == [4, 30, 200]


def test_a_word_is_no_prefix_and_no_other_customers(followed: Followed, customerID: int) -> None:
    enter(followed, customerID, ("refund", 1), ("refunds", 2), ("ref", 3))
    enter(followed, customerID + 1_000_000, ("refund", 9))
    assert found(followed, customerID, "refund") == [1]
    assert sorted(found(followed, customerID, "refund", is_prefix=True)) == [1, 2]
    assert sorted(found(followed, customerID, "re", is_prefix=True)) == [1, 2, 3]


def test_words_in_any_script(followed: Followed, customerID: int) -> None:
    words = ["привет", "退款", "退", "ελλαδα", "100"]
    enter(followed, customerID, *((word, ticketID) for ticketID, word in enumerate(words, 1)))
    assert [found(followed, customerID, word) for word in words] == [[1], [2], [3], [4], [5]]
    assert sorted(found(followed, customerID, "退", is_prefix=True)) == [2, 3]


def test_each_source_of_a_word_stands_for_itself(followed: Followed, customerID: int) -> None:
    enter(followed, customerID, ("refund", 1))
    enter(followed, customerID, ("refund", 1), source=message_source(7))
    assert found(followed, customerID, "refund") == [1, 1]
    followed.search.write({Posting(customerID, "refund", 1, SUBJECT): False})
    assert found(followed, customerID, "refund") == [1]
    assert followed.search.has(customerID, "refund", 1)
    followed.search.write({Posting(customerID, "refund", 1, message_source(7)): False})
    assert not followed.search.has(customerID, "refund", 1)


def test_whether_a_word_stands_in_a_ticket(followed: Followed, customerID: int) -> None:
    enter(followed, customerID, ("refund", 12), ("refunds", 1))
    assert followed.search.has(customerID, "refund", 12)
    for word, ticketID in (("refund", 1), ("refund", 2), ("refund", 120), ("ref", 12), ("refunds", 12)):
        assert not followed.search.has(customerID, word, ticketID)


def test_everything_may_be_repeated_and_mixed(followed: Followed, customerID: int) -> None:
    old, new = Posting(customerID, "old", 1, SUBJECT), Posting(customerID, "new", 1, SUBJECT)
    for _ in range(2):
        followed.search.write({old: True})
        followed.search.write({old: False, new: True})
    assert found(followed, customerID, "old") == []
    assert found(followed, customerID, "new") == [1]


def test_more_postings_than_one_request_takes_or_brings(followed: Followed, customerID: int) -> None:
    enter(followed, customerID, *(("common", ticketID) for ticketID in range(1, 1_301)))
    assert found(followed, customerID, "common") == list(range(1, 1_301))


def test_the_whole_holds_everything(followed: Followed, customerID: int) -> None:
    enter(followed, customerID, ("a#b".replace("#", ""), 1), ("退款", 2))
    assert own(followed, customerID) == {Posting(customerID, "ab", 1, SUBJECT), Posting(customerID, "退款", 2, SUBJECT)}
    assert followed.whole_tables.sizes()["postings"] >= 2


def own(followed: Followed, customerID: int) -> set[Posting]:
    pages: Iterable[Iterable[Posting]] = followed.whole_tables.postings()
    return {posting for page in pages for posting in page if posting.customerID == customerID}
