"""The contract of TicketHistories, on every engine."""

from tests.backends import Backend
from tests.history.entries import an_entry
from ticketing.directory.author import Author, AuthorKind
from ticketing.history.dynamodb import SOME

REP = Author(kind=AuthorKind.rep, customerRepID=13)


def versions(backend: Backend, customerID: int, before: int | None = None, size: int = 10) -> tuple[list[int], bool]:
    entries, goes_on = backend.histories.newest(customerID, 1, before, size)
    return [entry.version for entry in entries], goes_on


def test_an_entry_comes_back_as_it_was_kept(backend: Backend, customerID: int) -> None:
    changes = {"isClosed": [False, True], "uid": [None, "é"], "topics": [[], [1]], "messages": [None, {"messageID": 1}]}
    kept = [
        an_entry(1, customerID),
        an_entry(2, customerID, by=REP, changes=changes, truncated=True),
        an_entry(3, customerID, by=Author.topic_detector({2: 800}), request="", changes={}),
    ]
    backend.histories.keep(kept)
    assert backend.histories.newest(customerID, 1, None, 10) == (kept[::-1], False)


def test_the_newest_come_first_page_by_page(backend: Backend, customerID: int) -> None:
    backend.histories.keep([an_entry(version, customerID) for version in range(1, 6)])
    assert versions(backend, customerID, size=2) == ([5, 4], True)
    assert versions(backend, customerID, before=4, size=2) == ([3, 2], True)
    assert versions(backend, customerID, before=2, size=2) == ([1], False)
    assert versions(backend, customerID, size=5) == ([5, 4, 3, 2, 1], False)
    assert versions(backend, customerID, before=1) == ([], False)


def test_an_entry_that_is_kept_again_stands_once(backend: Backend, customerID: int) -> None:
    for _ in range(2):
        backend.histories.keep([an_entry(version, customerID) for version in range(1, 31)])
    assert versions(backend, customerID, size=100) == ([*range(30, 0, -1)], False)


def test_nothing_may_be_kept(backend: Backend, customerID: int) -> None:
    backend.histories.keep([])
    assert versions(backend, customerID) == ([], False)


def test_tickets_and_customers_are_apart(backend: Backend, customerID: int) -> None:
    backend.histories.keep([an_entry(1, customerID), an_entry(2, customerID + 1_000_000), an_entry(3, customerID, 11)])
    assert versions(backend, customerID) == ([1], False)


def test_a_long_history_is_removed_some_at_a_time(backend: Backend, customerID: int) -> None:
    others = an_entry(1, customerID, ticketID=2)
    backend.histories.keep([others, *(an_entry(version, customerID) for version in range(1, SOME + 4))])
    assert backend.histories.delete_some(customerID, 1) is True
    assert len(versions(backend, customerID)[0]) == 3
    assert backend.histories.delete_some(customerID, 1) is False
    assert backend.histories.delete_some(customerID, 1) is False
    assert versions(backend, customerID) == ([], False)
    assert backend.histories.newest(customerID, 2, None, 10) == ([others], False)


def test_a_page_of_large_entries_ends_early_and_goes_on(backend: Backend, customerID: int) -> None:
    large = {"aiFeedbackComments": [["x" * 30_000], ["y" * 30_000]]}
    backend.histories.keep([an_entry(version, customerID, changes=large) for version in range(1, 26)])
    read: list[int] = []
    before, goes_on = None, True
    while goes_on:
        found, goes_on = versions(backend, customerID, before, size=24)
        read, before = read + found, found[-1]
    assert read == [*range(25, 0, -1)]
