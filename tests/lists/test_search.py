"""A search finds what holds every term, and reads what the rarest term costs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import A_MOMENT, ACME, a_ticket
from tests.fakes import InlineExecutor, InMemoryMessages
from tests.lists.fakes import InMemorySearch, InMemoryTicketCounts
from ticketing.errors import TooManyToSort
from ticketing.kernel.text import Term, terms
from ticketing.lists.counts import Move, counted_as
from ticketing.lists.dynamodb import search, term_postings
from ticketing.lists.dynamodb.search import MAX_CANDIDATES, POSTINGS_PER_LOOK, WAVE, PostingSearch
from ticketing.lists.dynamodb.term_postings import STEP
from ticketing.lists.postings import SUBJECT, Posting, message_source
from ticketing.tickets.messages import Message


@dataclass
class Desk:
    """A search over texts in memory, which counts what it reads."""

    search: InMemorySearch = field(default_factory=InMemorySearch)
    messages: InMemoryMessages = field(default_factory=InMemoryMessages)
    ticket_counts: InMemoryTicketCounts = field(default_factory=InMemoryTicketCounts)
    postings_read: int = 0
    looks: int = 0
    texts_read: int = 0

    def __post_init__(self) -> None:
        tickets, has, between = self.search.tickets, self.search.has, self.messages.between

        def counted_tickets(customerID: int, term: Term) -> Iterator[int]:
            for ticketID in tickets(customerID, term):
                self.postings_read += 1
                yield ticketID

        def counted_has(customerID: int, word: str, ticketID: int) -> bool:
            self.looks += 1
            return has(customerID, word, ticketID)

        def counted_between(customerID: int, ticketID: int, first: int, last: int) -> Iterator[Message]:
            self.texts_read += 1
            return between(customerID, ticketID, first, last)

        self.search.tickets, self.search.has = counted_tickets, counted_has  # type: ignore[method-assign]
        self.messages.between = counted_between  # type: ignore[method-assign]

    def enter(self, word: str, tickets: Iterator[int] | range | list[int], source: str = SUBJECT) -> None:
        self.search.write({Posting(ACME, word, ticketID, source): True for ticketID in tickets})

    def write(self, ticketID: int, subject: str, *bodies: str) -> None:
        """A ticket with a subject and messages, as they are kept and entered."""
        ticket = a_ticket(ticketID=ticketID, subject=subject)
        self.ticket_counts.move([Move.of(None, counted_as(ticket, A_MOMENT), 0)])
        for term in terms(subject):
            self.enter(term.text, [ticketID])
        for messageID, body in enumerate(bodies, 1):
            keys = {"customerID": ACME, "ticketID": ticketID, "messageID": messageID, "dateCreated": A_MOMENT}
            self.messages.keep(Message.model_validate({**keys, "body": body}))
            for term in terms(body):
                self.enter(term.text, [ticketID], message_source(messageID))

    def find(self, query: str) -> set[int]:
        return PostingSearch(self.search, lambda: self.messages, self.ticket_counts, InlineExecutor).with_all(
            ACME, terms(query)
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_words_may_be_spread_over_subject_and_messages(desk: Desk) -> None:
    desk.write(1, "refund", "parcel lost", "please")
    desk.write(2, "refund", "parcel")
    desk.write(3, "lost refund")
    assert desk.find("lost refund parcel") == {1}
    assert desk.find("refund") == {1, 2, 3}
    assert desk.find("refund nothing") == set()
    assert desk.find("parc* refund") == {1, 2}


def test_a_rare_word_beside_a_common_one_costs_what_the_rare_one_costs(desk: Desk) -> None:
    desk.enter("common", range(1, 9_001))
    desk.enter("rare", [3, 7_000, 8_999, 9_500])
    assert desk.find("common rare") == {3, 7_000, 8_999}
    assert desk.postings_read <= STEP + 4
    assert desk.looks == 3


def test_a_word_that_is_not_much_more_common_is_read_on(desk: Desk) -> None:
    desk.enter("common", range(1, 3_001))
    desk.enter("rarer", range(1, 3_001, 6))
    assert desk.find("common rarer") == set(range(1, 3_001, 6))
    assert desk.looks == 0
    assert desk.postings_read <= 3_001 + STEP


def test_many_postings_of_few_tickets_are_no_obstacle(desk: Desk) -> None:
    for messageID in range(700):
        desk.enter("word", [5], message_source(messageID))
    desk.enter("word", [9])
    desk.enter("other", range(1, 2_000))
    assert desk.find("word other") == {5, 9}


def test_a_prefix_that_goes_on_is_looked_for_in_the_candidates_own_texts(desk: Desk) -> None:
    for n in range(2_000):
        desk.enter(f"pre{n:04}", [100 + n])
    desk.write(1, "rare", "nothing", "a PRÉFIX")
    desk.write(2, "rare prefix")
    desk.write(3, "rare")
    assert desk.find("rare pre*") == {1, 2}
    assert desk.postings_read <= STEP + 3 + 1 + POSTINGS_PER_LOOK * 3
    assert desk.texts_read == 3


def test_a_prefix_that_ends_soon_is_read_to_its_end(desk: Desk) -> None:
    for n in range(STEP + 60):
        desk.enter(f"pre{n:04}", [n])
    desk.enter("rare", [STEP + 20, 5_000])
    assert desk.find("rare pre*") == {STEP + 20}
    assert desk.texts_read == 0


def test_what_stands_in_as_many_tickets_as_are_taken_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_CANDIDATES == 10_000
    monkeypatch.setattr(search, "MAX_CANDIDATES", 600)
    desk.enter("word", range(1, 601))
    desk.enter("other", range(1, 2_001))
    assert len(desk.find("word")) == 600
    assert len(desk.find("word other")) == 600


@pytest.mark.parametrize("query", ["word", "word other", "wor*"])
def test_what_stands_in_more_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.setattr(search, "MAX_CANDIDATES", 600)
    desk.enter("word", range(1, 602))
    desk.enter("other", range(1, 2_001))
    with pytest.raises(TooManyToSort) as refusal:
        desk.find(query)
    assert [fault.pointer for fault in refusal.value.faults] == ["search"]


def test_the_refusal_costs_no_more_than_finding(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_CANDIDATES", 600)
    desk.enter("word", range(1, 9_000))
    with pytest.raises(TooManyToSort):
        desk.find("word")
    assert desk.postings_read <= 600 + 2 * STEP


SENTENCE = (
    "先週こちらのお店で注文した青い自転車用の雨よけがまだ自宅に届"
    "いていないのですが配送の状況を至急確認していただけますでしょうか"
)
FORTY = [f"word{n}" for n in range(40)]


def test_a_long_sentence_without_spaces_is_found_by_few_reads(desk: Desk) -> None:
    assert len(terms(SENTENCE)) > 55
    desk.write(7, "xx", "こんにちは。" + SENTENCE + "。よろしく", "さようなら")
    desk.write(8, "xx", SENTENCE[:-1])
    desk.write(9, "xx", SENTENCE[30:], SENTENCE[:30])
    for common in ("した", "ていた", "ですが"):
        for term in terms(common):
            desk.enter(term.text, range(10, 2_000))
    assert desk.find(SENTENCE) == {7}
    assert desk.postings_read <= WAVE * STEP
    assert (desk.looks, desk.texts_read) == (0, 3)


@pytest.mark.parametrize("missing", [0, 15, 16, 39])
def test_of_forty_words_not_one_may_be_missing(desk: Desk, missing: int) -> None:
    desk.write(1, " ".join(FORTY[:20]), " ".join(FORTY[20:]))
    desk.write(2, " ".join(word for word in FORTY if word != FORTY[missing]))
    desk.write(3, "xx", " ".join(reversed(FORTY)))
    assert desk.find(" ".join(FORTY)) == {1, 3}
    assert desk.find(" ".join([*FORTY, "other"])) == set()
    assert desk.find("word1* " + " ".join([*FORTY, "WORD3*"])) == {1, 3}


def test_once_nothing_can_match_no_more_is_read(desk: Desk) -> None:
    for word in FORTY:
        desk.enter(word, range(1, 101))
    assert desk.find(" ".join(["none", *FORTY])) == set()
    assert desk.postings_read == (WAVE - 1) * 100
    assert (desk.looks, desk.texts_read) == (0, 0)


def test_repeated_words_count_once(desk: Desk) -> None:
    desk.write(1, "refund parcel")
    desk.write(2, "refund")
    assert desk.find("refund Parcel PARCEL réfund " * 1_000) == {1}
    assert desk.postings_read == 3


def test_a_rare_word_behind_common_ones_is_soon_read(desk: Desk) -> None:
    for word in FORTY:
        desk.enter(word, range(1, 1_001))
    desk.write(700, "xx", " ".join([*FORTY, "rare"]))
    desk.enter("rare", [5_000])
    assert desk.find(" ".join([*FORTY, "rare"])) == {700}
    assert desk.postings_read <= len(FORTY) * STEP + 2
    assert (desk.looks, desk.texts_read) == (0, 2)


def test_what_many_tickets_have_word_for_word_is_read_and_not_looked_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MAX_TEXTS", 50)
    for word in FORTY:
        desk.enter(word, range(1, 601))
    assert desk.find(" ".join(FORTY)) == set(range(1, 601))
    assert desk.postings_read == len(FORTY) * 600
    assert (desk.looks, desk.texts_read) == (0, 0)


def test_a_long_conversation_is_not_read_to_its_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "OPENING", 3)
    desk.write(1, "xx", "one", "two", "three", "four", " ".join(FORTY))
    desk.write(2, "xx", "one", "two", "three", "four", " ".join(FORTY[:-1]))
    assert desk.find(" ".join(FORTY)) == {1}
    assert desk.texts_read == 2
    assert desk.find(" ".join([*FORTY, "fou*"])) == {1}
    assert desk.find(" ".join([*FORTY, "fiv*"])) == set()


def test_common_words_without_end_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_POSTINGS", 10 * STEP)
    for word in FORTY:
        desk.enter(word, range(1, 1_001))
    assert desk.find(" ".join(FORTY[:3])) == set(range(1, 1_001))
    with pytest.raises(TooManyToSort):
        desk.find(" ".join(FORTY))


WORDS = ("alpha", "alps", "beta", "bet", "gamma")
TICKETS = st.dictionaries(st.integers(1, 60), st.sets(st.sampled_from(WORDS), min_size=1), max_size=40)
QUERIES = st.lists(st.sampled_from([*WORDS, "al*", "be*", "ga*", "none"]), min_size=1, max_size=8)
BOUNDS = st.fixed_dictionaries(
    {
        "POSTINGS_PER_LOOK": st.sampled_from([0, 1, 64]),
        "WAVE": st.integers(1, 4),
        "FEW": st.sampled_from([0, 2, 32]),
        "LOOKS_PER_TEXT": st.sampled_from([0, 2, 8]),
        "MAX_TEXTS": st.sampled_from([0, 3, 200]),
        "OPENING": st.sampled_from([0, 1, 2, 50]),
    }
)


@settings(max_examples=300)
@given(TICKETS, QUERIES, st.integers(1, 8), BOUNDS)
def test_any_search_finds_what_looking_at_every_ticket_finds(
    tickets: dict[int, set[str]], query: list[str], step: int, bounds: dict[str, int]
) -> None:
    desk = Desk()
    for ticketID, has in tickets.items():
        desk.write(ticketID, "xx", *sorted(has))

    def holds(has: set[str]) -> Callable[[str], bool]:
        return lambda word: any(each.startswith(word[:-1]) if word.endswith("*") else each == word for each in has)

    with pytest.MonkeyPatch.context() as patch:
        for name, value in bounds.items():
            patch.setattr(search, name, value)
        patch.setattr(term_postings.TermPostings.read_on, "__defaults__", (step,))
        assert desk.find(" ".join(query)) == {
            ticketID for ticketID, has in tickets.items() if all(map(holds(has), query))
        }
