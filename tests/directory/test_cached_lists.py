"""Lists of a directory's entries, cached for a minute and no more of them than there is room for."""

import pytest

from tests.builders import acme
from tests.fakes import FakeClock, InMemoryDirectory
from ticketing.directory import cached_lists
from ticketing.directory.cached_lists import CachedLists
from ticketing.directory.model import Topic


@pytest.fixture
def directory() -> InMemoryDirectory:
    directory = InMemoryDirectory()
    directory.load(acme())
    return directory


def test_a_list_is_a_minute_old_at_most(directory: InMemoryDirectory) -> None:
    clock = FakeClock()
    lists = CachedLists(directory, clock.seconds)
    assert list(lists.beginning(1, "topic#", None)) == ["topic#1", "topic#2"]
    directory.kept[1, "topic#3"] = Topic(topicID=3, name="New")
    clock.pass_(59)
    assert list(lists.beginning(1, "topic#", None)) == ["topic#1", "topic#2"]
    clock.pass_(1)
    assert list(lists.beginning(1, "topic#", None)) == ["topic#1", "topic#2", "topic#3"]
    assert lists.beginning(2, "topic#", None) == {}
    assert list(lists.beginning(1, "rep#", 1)) == ["rep#11"]


def test_the_lists_that_were_asked_for_longest_ago_make_room(
    directory: InMemoryDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached_lists, "MAX_ENTRIES", 6)
    lists = CachedLists(directory, FakeClock().seconds)
    for prefix in ("topic#1", "topic#2", "topic#1"):
        lists.beginning(1, prefix, None)
    lists.beginning(1, "topic#", None)
    del directory.kept[1, "topic#1"]
    del directory.kept[1, "topic#2"]
    assert [list(lists.beginning(1, prefix, None)) for prefix in ("topic#1", "topic#2", "topic#1")] == [
        ["topic#1"],
        [],
        ["topic#1"],
    ]
