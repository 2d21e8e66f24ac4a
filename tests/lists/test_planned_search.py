"""Checks how the tickets that a search finds are filtered, sorted and counted: by walking, or by looking them up."""

import pytest

from tests.builders import A_MOMENT, ACME
from tests.lists.planned import CLOSED, Desk
from ticketing.lists.counts import Move, counted_as, gone
from ticketing.lists.dynamodb import index
from ticketing.lists.postings import SUBJECT, Posting, message_source
from ticketing.lists.query import Filters
from ticketing.tickets.messages import Message
from ticketing.tickets.order import SortBy

LATER = "2126-01-01T00:00:00.000Z"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_a_search_finds_is_filtered_by_where_tickets_were_counted(desk: Desk) -> None:
    for fields in ({"status": "Closed"}, {}, {"status": "Closed", "isProcessed": False}):
        desk.keep(subject="refund", **fields)
    desk.search.write({Posting(ACME, "refund", ticketID, SUBJECT): True for ticketID in (1, 2, 3, 4)})
    assert desk.find(CLOSED, search="refund") == (1, [1])
    assert desk.find(Filters(), SortBy.status, search="refund") == (2, [2, 1])
    assert desk.scans.asked == []


@pytest.mark.parametrize("patience", [0, 1, 4])
@pytest.mark.parametrize("hidden_after", [None, A_MOMENT])
def test_a_search_for_a_common_word_walks_all_tickets(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, patience: int, hidden_after: str | None
) -> None:
    monkeypatch.setattr(index, "PATIENCE", patience)  # how far it goes makes no difference to what is found
    for n in range(40):
        desk.keep(
            isProcessed=n % 7 != 0, followUpDate=LATER if n % 11 == 0 else None, status="Closed" if n % 2 else "Open"
        )
    words = {Posting(ACME, "refund", ticketID, SUBJECT): True for ticketID in range(1, 41) if ticketID % 3}
    desk.search.write(words)
    asked = Filters(hidden_after=hidden_after)
    listed = {ticket.ticketID for ticket in desk.store.kept.values() if asked.matches(ticket)}
    found = sorted(listed & {posting.ticketID for posting in words}, reverse=True)
    assert desk.find(asked, search="refund") == (len(found), found)
    assert desk.scans.asked == ["walk state"]


def test_a_removed_ticket_is_out_of_a_search_though_its_words_are_still_there(desk: Desk) -> None:
    for _ in range(40):
        desk.keep()
    desk.search.write({Posting(ACME, "refund", ticketID, SUBJECT): True for ticketID in range(1, 41)})
    for ticketID in (3, 40):
        ticket = desk.store.kept.pop((ACME, ticketID))
        desk.ticket_counts.move([Move.of(counted_as(ticket, A_MOMENT), gone(ACME, ticketID, ticket.version), 0)])
    assert desk.find(Filters(), search="refund") == (38, [n for n in range(39, 0, -1) if n != 3])
    assert desk.scans.asked == ["walk state"]


def test_a_search_looks_its_tickets_up_where_many_are_hidden(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MOST_HIDDEN", 4)
    for n in range(40):
        desk.keep(isProcessed=n >= 5)
    desk.search.write({Posting(ACME, "refund", ticketID, SUBJECT): True for ticketID in range(1, 41)})
    assert desk.find(Filters(), search="refund") == (35, list(range(40, 5, -1)))
    assert desk.scans.asked == []


def test_a_ticket_that_moves_while_a_search_walks_is_found_at_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(20):
        desk.keep()
    desk.search.write({Posting(ACME, "refund", ticketID, SUBJECT): True for ticketID in range(1, 21)})
    walk = desk.scans.walk
    monkeypatch.setattr(desk.scans, "walk", lambda *asked: (each for each in walk(*asked) if each.ticketID != 17))
    assert desk.find(Filters(), search="refund") == (20, [*range(20, 17, -1), *range(16, 0, -1), 17])


@pytest.mark.parametrize("asked", [32, 33, 40, 3_000])
def test_a_search_may_have_any_number_of_words(desk: Desk, asked: int) -> None:
    words = [f"w{n:04}" for n in range(asked)]
    for at in range(0, asked, 500):
        body = " ".join(words[at : at + 500])
        keys = {"customerID": ACME, "ticketID": 1, "messageID": at // 500 + 1, "dateCreated": A_MOMENT}
        desk.messages.keep(Message.model_validate({**keys, "body": body}))
    desk.keep(status="Closed")
    desk.search.write({Posting(ACME, word, 1, message_source(1)): True for word in words})
    assert desk.find(search=" ".join(words)) == (1, [1])
    assert desk.find(search=" ".join([*words, "other"])) == (0, [])
    assert desk.find(search=" ".join(["other", *words])) == (0, [])


def test_a_search_without_any_word_is_none(desk: Desk) -> None:
    desk.keep(status="Closed")
    assert desk.find(CLOSED, search="a ? *") == (1, [1])
