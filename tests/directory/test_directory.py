"""The contract of Directory, on every engine; and what is remembered of it."""

from collections.abc import Callable, Collection, Mapping

import pytest

from tests.backends import Backend
from tests.builders import acme, globex
from tests.fakes import FakeClock, InMemoryDirectory
from ticketing.directory import dynamodb as adapter
from ticketing.directory.dynamodb import CachedDirectory
from ticketing.directory.model import (
    CustomerSettings,
    EndUser,
    Entry,
    Rep,
    end_user_key,
    rep_key,
    uid_key,
)
from ticketing.directory.words import word_key, words_key
from ticketing.errors import Unavailable


def test_every_entry_is_read_as_it_was_loaded(backend: Backend, customerID: int) -> None:
    customer = acme(customerID=customerID, cleanupDays=0)
    backend.directory.load(customer)
    entries = dict(customer.entries())
    assert backend.directory.entries(customerID, list(entries)) == entries


def test_entries_that_do_not_exist_are_left_out(backend: Backend, customerID: int) -> None:
    backend.directory.load(acme(customerID=customerID))
    found = backend.directory.entries(customerID, [rep_key(11), rep_key(99), uid_key("nobody's"), "nonsense"])
    assert list(found) == [rep_key(11)]
    assert backend.directory.entries(customerID, []) == {}
    assert backend.directory.entries(customerID + 1_000_000, [rep_key(11)]) == {}


def test_an_entry_that_is_asked_for_twice_is_read_once(backend: Backend, customerID: int) -> None:
    """DynamoDB refuses a batch that names a key twice."""
    backend.directory.load(acme(customerID=customerID))
    asked = [rep_key(11), rep_key(12), rep_key(11)]
    assert backend.directory.entries(customerID, asked).keys() == {rep_key(11), rep_key(12)}
    remembered = CachedDirectory(backend.directory, FakeClock().seconds)
    assert remembered.ask(customerID, asked)().keys() == {rep_key(11), rep_key(12)}


def test_a_later_load_takes_the_place_of_an_earlier_one(backend: Backend, customerID: int) -> None:
    backend.directory.load(acme(customerID=customerID))
    backend.directory.load(acme(customerID=customerID, agentScope="All"))
    settings = backend.directory.entries(customerID, [CustomerSettings.KEY])[CustomerSettings.KEY]
    assert settings == CustomerSettings(agentScope="All")


def test_more_entries_than_one_batch_holds_are_read(backend: Backend, customerID: int) -> None:
    reps = [Rep(repID=repID, name="R" * 20_000, role="Agent") for repID in range(1, 121)]
    backend.directory.load(acme(customerID=customerID, reps=reps))
    found = backend.directory.entries(customerID, {rep.key for rep in reps})
    assert found == {rep.key: rep for rep in reps}


def test_the_longest_uid_names_an_entry(backend: Backend, customerID: int) -> None:
    uid = "\N{GRINNING FACE}" * 254
    user = EndUser(endUserID=5, name="Long", uids=[uid, "a#b"])
    backend.directory.load(acme(customerID=customerID, endUsers=[user]))
    found = backend.directory.entries(customerID, [uid_key(uid), uid_key("a#b"), end_user_key(5)])
    assert found.keys() == {uid_key(uid), uid_key("a#b"), end_user_key(5)}


def test_entries_are_found_by_the_beginning_of_their_names(backend: Backend, customerID: int) -> None:
    customer = acme(customerID=customerID)
    backend.directory.load(customer)
    topics = {topic.key: topic for topic in customer.topics}
    assert backend.directory.beginning(customerID, "topic#") == topics
    assert list(backend.directory.beginning(customerID, "rep#1")) == sorted(rep.key for rep in customer.reps)
    assert backend.directory.beginning(customerID, "topic#9") == {}
    assert backend.directory.beginning(customerID + 1_000_000, "topic#") == {}
    assert list(backend.directory.beginning(customerID, "rep#", 2)) == [rep_key(11), rep_key(12)]
    assert list(backend.directory.beginning(customerID, "topic#", 9)) == sorted(topics)


def test_end_users_stand_under_each_word_of_their_names(backend: Backend, customerID: int) -> None:
    users = [EndUser(endUserID=n, name=name, uids=[f"u{n}"]) for n, name in ((1, "Jané Doe"), (2, "Jan 山田"))]
    backend.directory.load(acme(customerID=customerID, endUsers=users))
    found = backend.directory.beginning(customerID, words_key("jan"))
    assert found == {word_key("jan", 2): users[1], word_key("jane", 1): users[0]}
    assert [*backend.directory.beginning(customerID, words_key("田"))] == [word_key("田", 2)]
    assert [*backend.directory.beginning(customerID, "word#")] == [
        word_key(word, n) for word, n in (("doe", 1), ("jan", 2), ("jane", 1), ("山田", 2), ("田", 2))
    ]


class Counted(InMemoryDirectory):
    """A directory that tells what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def entries(self, customerID: int, keys: Collection[str]) -> Mapping[str, Entry]:
        self.asked.append(sorted(keys))
        return super().entries(customerID, keys)


def test_an_entry_or_its_absence_is_remembered_for_a_minute() -> None:
    counted, clock = Counted(), FakeClock()
    remembered = CachedDirectory(counted, clock.seconds)
    counted.load(acme())
    for _ in range(3):
        assert remembered.entries(1, ["rep#11", "rep#99"]).keys() == {"rep#11"}
    assert remembered.entries(1, ["rep#11", "rep#12"]).keys() == {"rep#11", "rep#12"}
    assert counted.asked == [["rep#11", "rep#99"], ["rep#12"]]
    clock.pass_(60)
    remembered.entries(1, ["rep#11", "rep#12"])
    assert counted.asked[2:] == [["rep#11", "rep#12"]]


def test_what_was_asked_ahead_is_not_asked_for_again() -> None:
    counted, clock = Counted(), FakeClock()
    remembered = CachedDirectory(counted, clock.seconds)
    counted.load(acme())
    remembered.ask(1, ["rep#11", "rep#12"])
    clock.pass_(30)
    assert remembered.entries(1, ["rep#11"]).keys() == {"rep#11"}
    assert remembered.ask(1, ["rep#11", "rep#12"])().keys() == {"rep#11", "rep#12"}
    assert counted.asked == [["rep#11", "rep#12"]]
    clock.pass_(30)  # a minute after it was asked for
    remembered.entries(1, ["rep#12"])
    assert counted.asked[1:] == [["rep#12"]]


def test_what_was_asked_ahead_and_never_wanted_is_given_up() -> None:
    counted, clock = Counted(), FakeClock()
    remembered = CachedDirectory(counted, clock.seconds)
    counted.load(acme())
    remembered.ask(1, ["rep#11"])
    remembered.ask(1, ["rep#12"])
    assert remembered.entries(1, ["rep#11", "rep#12"]).keys() == {"rep#11", "rep#12"}
    assert counted.asked == [["rep#11"], ["rep#12"], ["rep#11"]]
    remembered.ask(1, ["rep#13"])
    clock.pass_(60)
    remembered.entries(1, ["rep#13"])
    assert counted.asked[3:] == [["rep#13"], ["rep#13"]]


class FailingAhead(Counted):
    """A directory in which what is asked ahead fails once it is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[str] = []

    def ask(self, customerID: int, keys: Collection[str]) -> Callable[[], Mapping[str, Entry]]:
        return lambda: self._fail(f"{customerID} {sorted(keys)}")

    def _fail(self, asked: str) -> Mapping[str, Entry]:
        self.waited.append(asked)
        raise Unavailable("DynamoDB does not answer.")


def test_what_was_asked_ahead_and_fails_is_asked_for_anew() -> None:
    failing = FailingAhead()
    remembered = CachedDirectory(failing, FakeClock().seconds)
    failing.load(acme())
    assert remembered.ask(1, ["rep#11"])().keys() == {"rep#11"}
    assert (failing.waited, failing.asked) == (["1 ['rep#11']"], [["rep#11"]])


@pytest.mark.parametrize("ahead", [(2, ["rep#11"]), (1, ["rep#12"])], ids=["another customer", "another entry"])
def test_what_another_request_asked_ahead_is_not_waited_for(ahead: tuple[int, list[str]]) -> None:
    failing = FailingAhead()
    remembered = CachedDirectory(failing, FakeClock().seconds)
    failing.load(acme())
    remembered.ask(*ahead)
    assert remembered.entries(1, ["rep#11"]).keys() == {"rep#11"}
    assert failing.waited == []


def test_customers_are_not_mixed_up() -> None:
    counted = Counted()
    remembered = CachedDirectory(counted, FakeClock().seconds)
    counted.load(globex())
    assert remembered.entries(1, ["rep#21"]) == {}
    assert remembered.entries(2, ["rep#21"]).keys() == {"rep#21"}


def test_what_is_remembered_is_bounded() -> None:
    counted = Counted()
    remembered = CachedDirectory(counted, FakeClock().seconds)
    keys = [f"uid#{number}" for number in range(adapter.MAX_ENTRIES + 500)]
    remembered.entries(1, keys)
    assert len(remembered._known) == adapter.MAX_ENTRIES
    remembered.entries(1, [keys[-1]])
    assert len(counted.asked) == 1
    remembered.entries(1, [keys[0]])
    assert len(counted.asked) == 2
