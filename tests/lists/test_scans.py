"""The contract of Scans, on every engine."""

from itertools import islice

import pytest

from tests.backends import Backend
from tests.builders import a_ticket
from tests.engines import Tables
from tests.tickets.stored import ASCENDING, DESCENDING, ids, kept
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.lists.dynamodb.index_scan import IndexScan, index_scans, scan_by_state
from ticketing.lists.query import Filters
from ticketing.tickets.dynamodb.items import to_item
from ticketing.tickets.facets import CHANNEL, STATE, STATUS, state_values
from ticketing.tickets.order import Order, Position, SortBy

DAYS = [f"2026-02-{day:02}T00:00:00.000Z" for day in range(1, 29)]


EVERYTHING = IndexScan(STATE, state_values(None, None), Filters())
BY_STATUS = IndexScan(STATUS, frozenset({"open", "pending", "closed"}), Filters())
OLDEST, NEWEST = (Order(SortBy.ticketID, descending) for descending in (False, True))


def test_an_empty_index(backend: Backend, customerID: int) -> None:
    backend.store.next_id(customerID)
    assert list(backend.scans.walk(customerID, EVERYTHING, DESCENDING, None, 10)) == []
    assert list(backend.scans.by_creation(customerID, Filters(), OLDEST, None, 10)) == []
    assert backend.scans.gather(customerID, BY_STATUS, SortBy.subject, 10) == []
    assert backend.scans.count(customerID, EVERYTHING) == 0


def test_a_walk_merges_its_partitions_in_order(backend: Backend, customerID: int) -> None:
    states = [{"isSpam": spam, "status": status} for spam in (True, False) for status in ("Open", "Closed")]
    for n in range(12):
        kept(backend, customerID, lastMessageDate=DAYS[n * 5 % 12], **states[n % 4])
    walked = list(backend.scans.walk(customerID, EVERYTHING, ASCENDING, None, 3))
    assert [position.value for position in walked] == DAYS[:12]
    assert list(backend.scans.walk(customerID, EVERYTHING, DESCENDING, None, 3)) == walked[::-1]
    assert backend.scans.count(customerID, EVERYTHING) == 12


def test_ties_break_by_id_in_the_same_direction(backend: Backend, customerID: int) -> None:
    for n in range(11):
        kept(backend, customerID, lastMessageDate=DAYS[0], isSpam=n % 2 == 0)
    assert ids(backend.scans.walk(customerID, EVERYTHING, ASCENDING, None, 2)) == list(range(1, 12))
    assert ids(backend.scans.walk(customerID, EVERYTHING, DESCENDING, None, 2)) == list(range(11, 0, -1))


@pytest.mark.parametrize("order", [ASCENDING, DESCENDING])
def test_a_walk_goes_on_after_any_position(backend: Backend, customerID: int, order: Order) -> None:
    for n in range(8):
        kept(backend, customerID, lastMessageDate=DAYS[n // 3], isSpam=n % 2 == 0)
    whole = list(backend.scans.walk(customerID, EVERYTHING, order, None, 10))
    for at, position in enumerate(whole):
        assert list(backend.scans.walk(customerID, EVERYTHING, order, position, 10)) == whole[at + 1 :]
    beyond = Position("9999-12-31T23:59:59.999Z", 1)
    assert list(backend.scans.walk(customerID, EVERYTHING, order, beyond, 10)) == (whole if order.descending else [])


@pytest.mark.parametrize("order", [OLDEST, NEWEST])
def test_the_order_of_creation_goes_on_after_any_position(backend: Backend, customerID: int, order: Order) -> None:
    for n in range(6):
        kept(backend, customerID, isProcessed=n != 2, status="Pending" if n % 2 else "Open")
    whole = ids(backend.scans.by_creation(customerID, Filters(), order, None, 2))
    assert whole == ([6, 5, 4, 2, 1] if order.descending else [1, 2, 4, 5, 6])
    for at, ticketID in enumerate(whole):
        after = Position("", ticketID)
        assert ids(backend.scans.by_creation(customerID, Filters(), order, after, 2)) == whole[at + 1 :]
    filters = Filters({STATUS: frozenset({"pending"})})
    assert sorted(ids(backend.scans.by_creation(customerID, filters, order, None, 1))) == [2, 4, 6]


def test_follow_ups_that_lie_ahead_are_dropped(backend: Backend, customerID: int) -> None:
    for day in (None, *DAYS[:4]):
        kept(backend, customerID, followUpDate=day, status="Open" if day != DAYS[3] else "Pending")
    hiding = Filters(hidden_after=DAYS[1])
    walk = scan_by_state(hiding)
    assert walk
    assert ids(backend.scans.walk(customerID, walk, ASCENDING, None, 10)) == [1, 2, 3]
    assert ids(backend.scans.by_creation(customerID, hiding, OLDEST, None, 10)) == [1, 2, 3]
    assert backend.scans.count(customerID, walk) == 3


@pytest.mark.parametrize("by", SortBy)
def test_what_is_gathered_can_be_sorted(backend: Backend, customerID: int, by: SortBy) -> None:
    tickets = [
        kept(backend, customerID, subject="B", status="Closed", closeDate=DAYS[1], lastMessageDate=DAYS[2]),
        kept(backend, customerID, subject="a", followUpDate=DAYS[3], dateCreated=DAYS[4]),
        kept(backend, customerID, subject="É", status="PENDING", isSpam=True),
    ]
    gathered = {position.ticketID: position for position in backend.scans.gather(customerID, BY_STATUS, by, 10)}
    assert {ticketID: by.value_of(tickets[ticketID - 1]) for ticketID in gathered} == {
        ticketID: position.value for ticketID, position in gathered.items()
    }
    assert gathered.keys() == {1, 2, 3}


def test_no_more_is_gathered_than_is_asked_for(backend: Backend, customerID: int) -> None:
    for n in range(7):
        kept(backend, customerID, isSpam=n % 2 == 0)
    assert len(backend.scans.gather(customerID, BY_STATUS, SortBy.subject, 5)) == 5
    assert len(backend.scans.gather(customerID, BY_STATUS, SortBy.subject, 7)) == 7


def test_a_rare_match_is_found_among_many(backend: Backend, customerID: int) -> None:
    for n in range(12):
        kept(backend, customerID, lastMessageDate=DAYS[n * 5 % 12], channelID=3 if n in (3, 10) else None)
    walk = IndexScan(CHANNEL, frozenset({"3"}), Filters({STATE: state_values(None, False)}))
    assert sorted(ids(backend.scans.walk(customerID, walk, DESCENDING, None, 1))) == [4, 11]
    filters = Filters({CHANNEL: frozenset({"3"})})
    assert ids(backend.scans.by_creation(customerID, filters, NEWEST, None, 1)) == [11, 4]


def test_a_walk_is_lazy(backend: Backend, customerID: int) -> None:
    for n in range(9):
        kept(backend, customerID, lastMessageDate=DAYS[n])
    assert ids(islice(backend.scans.walk(customerID, EVERYTHING, DESCENDING, None, 2), 3)) == [9, 8, 7]


def test_the_index_follows_changes(backend: Backend, customerID: int) -> None:
    first = kept(backend, customerID, channelID=3, followUpDate=DAYS[5])
    unprocessed = first.model_copy(update={"isProcessed": False, "version": 2})
    backend.store.replace(first, unprocessed)
    assert backend.scans.count(customerID, EVERYTHING) == 0
    again = unprocessed.model_copy(update={"isProcessed": True, "channelID": None, "version": 3})
    backend.store.replace(unprocessed, again)
    assert backend.scans.count(customerID, EVERYTHING) == 1
    assert backend.scans.count(customerID, index_scans(Filters({CHANNEL: frozenset({"3"})}))[0]) == 0
    backend.store.delete(again)
    assert backend.scans.count(customerID, EVERYTHING) == 0


def test_what_one_query_cannot_read_is_read_by_several(tables: Tables, atomic: Backend, customerID: int) -> None:
    engine = Engine(tables.client)
    texts = {"subject": "\N{GRINNING FACE}" * 500, "uid": "\N{GRINNING FACE}" * 254}
    tickets = [a_ticket(customerID=customerID, ticketID=ticketID, **texts) for ticketID in range(1, 401)]
    items = [{"PutRequest": {"Item": engine.typed(to_item(ticket, "nonce"))}} for ticket in tickets]
    engine.batch_write(tables.names["tickets"], items)
    assert atomic.scans.count(customerID, EVERYTHING) == 400
    assert len(atomic.scans.gather(customerID, BY_STATUS, SortBy.subject, 1000)) == 400
    assert ids(atomic.scans.walk(customerID, EVERYTHING, DESCENDING, None, 1000)) == list(range(400, 0, -1))
