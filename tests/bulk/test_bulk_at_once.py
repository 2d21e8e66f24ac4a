"""Bulk on an engine that is atomic, with threads: crashes at every write, many at once with one key, 500 tickets."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import pytest

from tests.builders import a_ticket, acme
from tests.engines import Tables, client_of
from tests.fakes import FakeClock
from tests.lists.fakes import InMemoryJobs
from tests.proxy import dropped, failed, proxied
from tests.tickets.test_races_on_an_engine import at_once, deadline
from ticketing.bulk.request import BulkUpdateRequest
from ticketing.bulk.runner import BulkAnswer, BulkUpdates
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.directory.principal import Representative, Role
from ticketing.errors import KeyInUse
from ticketing.kernel.dynamodb.claims import DynamoClaims
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.dynamodb.receipts import DynamoReceipts
from ticketing.kernel.idempotency import LEASE, IdempotencyKey, Once
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.editing import Tickets
from ticketing.tickets.references import References

WRITES = {"put_item", "transact_write_items", "delete_item"}


class Killed(BaseException):
    """The process has ended."""


class MortalEngine(Engine):
    """An engine whose process ends at its n-th write, counted from 0: before it is made or, if `after`, right after."""

    def __init__(self, client: Any, at: int, after: bool) -> None:
        super().__init__(client)
        self._left, self._after, self._lock, self.is_dead = at, after, Lock(), False

    def call(self, operation: str, **parameters: Any) -> Any:
        with self._lock:
            if self.is_dead:
                raise Killed
            if operation not in WRITES:
                return super().call(operation, **parameters)
            self.is_dead = self._left == 0
            self._left -= 1
            if not self.is_dead or self._after:
                answer = super().call(operation, **parameters)
        if self.is_dead:
            raise Killed
        return answer


@dataclass
class Desk:
    """Bulk requests of an administrator of one customer."""

    tables: Tables
    customerID: int
    clock: FakeClock = field(default_factory=FakeClock)
    jobs: InMemoryJobs = field(default_factory=InMemoryJobs)

    def __post_init__(self) -> None:
        DynamoDirectory(Engine(self.tables.client), self.tables.names["directory"]).load(
            acme(customerID=self.customerID)
        )

    def store(self, engine: Engine | None = None) -> DynamoTicketStore:
        names = self.tables.names
        engine = engine or Engine(self.tables.client)
        return DynamoTicketStore(engine, names["tickets"], names["messages"], names["calls"], names["ephemera"])

    def keep(self, number: int) -> list[int]:
        ids = list(range(1, number + 1))
        store = self.store()
        with ThreadPoolExecutor(8) as threads:
            tickets = [a_ticket(customerID=self.customerID, ticketID=each) for each in ids]
            list(threads.map(store.create, tickets))
        return ids

    def closed(self, ids: list[int]) -> list[bool | None]:
        """Tell whether each ticket is closed, None where it is gone."""
        found = self.store().get_many(self.customerID, ids)
        return [found[each].isClosed if each in found else None for each in ids]

    def bulk(self, action: str, ids: list[int], key: str | None = "k", engine: Engine | None = None) -> BulkAnswer:
        engine, names = engine or Engine(self.tables.client), self.tables.names
        receipts = DynamoReceipts(engine, names["ephemera"])
        directory = DynamoDirectory(engine, names["directory"])
        tickets = Tickets(self.store(engine), self.clock.now, receipts, References(directory))
        once = Once(DynamoClaims(engine, names["ephemera"]), self.clock.now)
        caller = Representative(self.customerID, 11, Role.Administrator)
        update = BulkUpdateRequest(ticketIDs=ids, action=action)  # type: ignore[arg-type]
        named = IdempotencyKey.of(caller, "/api/Tickets/bulk", key, update.model_dump(mode="json")) if key else None
        bulk = BulkUpdates(tickets, receipts, directory, once, self.jobs, lambda: self.tables.executor)
        return bulk.answer(caller, update, named, deadline())


@pytest.fixture
def desk(tables: Tables, customerID: int) -> Desk:
    return Desk(tables, customerID)


TICKETS = 3
POINTS = [(at, after) for at in range(TICKETS + 2) for after in (False, True)]
"""Every write of a keyed request on three tickets: the claim, three changes, the result."""


@pytest.mark.parametrize(("at", "after"), POINTS)
@pytest.mark.parametrize(("action", "is_closed"), [("invertstate", True), ("delete", None)])
def test_a_crash_at_any_write_is_made_good_by_a_retry(
    desk: Desk, at: int, after: bool, action: str, is_closed: bool | None
) -> None:
    ids = desk.keep(TICKETS)
    with pytest.raises(Killed):
        desk.bulk(action, ids, engine=MortalEngine(desk.tables.client, at, after))
    desk.clock.pass_(LEASE)
    answer = desk.bulk(action, ids)
    assert json.loads(answer.body)["succeeded"] == ids
    assert answer.replayed == (at == TICKETS + 1 and after)
    assert desk.closed(ids) == [is_closed] * TICKETS
    again = desk.bulk(action, ids)
    assert (again.body, again.replayed) == (answer.body, True)
    assert desk.closed(ids) == [is_closed] * TICKETS


def test_until_its_lease_ends_a_crashed_request_blocks_its_key(desk: Desk) -> None:
    ids = desk.keep(TICKETS)
    with pytest.raises(Killed):
        desk.bulk("invertstate", ids, engine=MortalEngine(desk.tables.client, 2, after=True))
    desk.clock.pass_(LEASE - 1)
    with pytest.raises(KeyInUse):
        desk.bulk("invertstate", ids)


def test_of_eight_at_once_with_one_key_one_takes_effect(desk: Desk) -> None:
    ids = desk.keep(20)
    outcomes = at_once(lambda _: desk.bulk("invertstate", ids), 8)
    answers = [outcome for outcome in outcomes if isinstance(outcome, BulkAnswer)]
    assert all(isinstance(outcome, BulkAnswer | KeyInUse) for outcome in outcomes)
    assert [answer.replayed for answer in answers].count(False) == 1
    assert len({answer.body for answer in answers}) == 1
    assert desk.closed(ids) == [True] * 20
    assert {ticket.version for ticket in desk.store().get_many(desk.customerID, ids).values()} == {2}


def test_of_eight_that_take_over_a_crashed_request_one_goes_on(desk: Desk) -> None:
    ids = desk.keep(6)
    with pytest.raises(Killed):
        desk.bulk("invertstate", ids, engine=MortalEngine(desk.tables.client, 3, after=True))
    desk.clock.pass_(LEASE)
    outcomes = at_once(lambda _: desk.bulk("invertstate", ids), 8)
    answers = [outcome for outcome in outcomes if isinstance(outcome, BulkAnswer)]
    assert [answer.replayed for answer in answers].count(False) == 1
    assert desk.closed(ids) == [True] * 6


def test_of_eight_with_keys_of_their_own_none_is_lost(desk: Desk) -> None:
    ids = desk.keep(5)
    outcomes = at_once(lambda number: desk.bulk("invertstate", ids, key=f"k{number}"), 8)
    assert [json.loads(outcome.body)["failed"] for outcome in outcomes if isinstance(outcome, BulkAnswer)] == [[]] * 8
    assert {ticket.version for ticket in desk.store().get_many(desk.customerID, ids).values()} == {9}
    assert desk.closed(ids) == [False] * 5


@pytest.mark.parametrize("key", ["k", None])
def test_five_hundred_tickets_are_closed_by_one_request(desk: Desk, key: str | None) -> None:
    ids = desk.keep(500)
    assert json.loads(desk.bulk("close", ids, key).body)["succeeded"] == ids
    assert desk.closed(ids) == [True] * 500


@pytest.mark.parametrize("fault", [dropped, failed])
@pytest.mark.parametrize("action", ["invertstate", "delete"])
def test_an_answer_that_is_lost_is_no_second_change(
    desk: Desk, engine_url: str, fault: Callable[..., None], action: str
) -> None:
    ids = desk.keep(2)
    with proxied(engine_url) as proxy:
        proxy.faults = {"PutItem": [fault], "TransactWriteItems": [fault, fault]}
        lossy = client_of(proxy.url)
        answer = desk.bulk(action, ids, engine=Engine(lossy))
    assert json.loads(answer.body)["succeeded"] == ids
    assert desk.closed(ids) == [True if action == "invertstate" else None] * 2
