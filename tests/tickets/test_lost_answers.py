"""A change whose answer is lost, and which others write over before it is sent again, is made once and answered so."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.backends import Backend, on
from tests.builders import a_ticket, acme
from tests.calls.fakes import FakeTelephony
from tests.engines import Tables, client_of
from tests.fakes import FakeClock
from tests.kernel.test_engine import answering
from tests.lists.fakes import InMemoryJobs
from tests.proxy import Fault, Handler, Proxy, dropped, proxied
from tests.tickets.stored import a_message, a_receipt, changed
from tests.tickets.test_races_on_an_engine import deadline
from ticketing.bulk.request import BulkUpdateRequest
from ticketing.bulk.runner import BulkUpdates
from ticketing.calls.assignment import Assigning, AssignRequest
from ticketing.directory.principal import Representative, Role
from ticketing.errors import PatchTestFailed, PreconditionFailed, Unavailable
from ticketing.kernel.idempotency import Once
from ticketing.tickets.dynamodb.items import REMEMBERED
from ticketing.tickets.editing import Tickets
from ticketing.tickets.model import Ticket
from ticketing.tickets.patch import json_patch
from ticketing.tickets.ports import Outdated
from ticketing.tickets.precondition import Precondition, if_match
from ticketing.tickets.references import References

pytestmark = pytest.mark.usefixtures("no_pauses")


@dataclass
class Desk:
    """The use cases at the end of a line that loses answers, and others who write without it."""

    proxy: Proxy
    backend: Backend
    others: Backend
    ticket: Ticket
    executor: Executor
    clock: FakeClock = field(default_factory=FakeClock)

    @property
    def caller(self) -> Representative:
        return Representative(self.ticket.customerID, 11, Role.Administrator)

    @property
    def tickets(self) -> Tickets:
        return Tickets(self.backend.store, self.clock.now, self.backend.receipts, References(self.backend.directory))

    def now(self) -> Ticket:
        ticket = self.others.store.get(self.ticket.customerID, self.ticket.ticketID)
        assert ticket
        return ticket

    def lose(self, operation: str, others: int = 1, **fields: Any) -> None:
        """Loses the answer to the next such operation, after which so many others change the ticket."""
        self.proxy.faults[operation] = [self._lost(lambda: self._interfere(others, fields))]

    def patch(self, *operations: dict[str, Any], condition: Precondition | None = None) -> Ticket:
        patch, ticket = (
            json_patch(list(operations)),
            self.tickets.existing(self.caller.customerID, self.ticket.ticketID),
        )
        return self.tickets.patch(self.caller, ticket, patch, condition or Precondition(), deadline())

    def _interfere(self, times: int, fields: dict[str, Any]) -> None:
        for time in range(times):
            before = self.now()
            self.others.store.replace(before, changed(before, **(fields or {"toNumber": str(time)})))

    def _lost(self, act: Callable[[], None]) -> Fault:
        def fault(handler: Handler, body: bytes, status: int) -> None:
            act()
            dropped(handler, body, status)

        return fault


@pytest.fixture
def desk(engine_url: str, tables: Tables, atomic: Backend, customerID: int) -> Iterator[Desk]:
    atomic.directory.load(acme(customerID=customerID))
    ticket = a_ticket(customerID=customerID, ticketID=1, preview="moved", summary=None, customerRepID=None)
    atomic.store.create(ticket)
    with proxied(engine_url) as proxy:
        yield Desk(
            proxy, on(Tables(client_of(proxy.url), tables.names, tables.executor)), atomic, ticket, tables.executor
        )


def test_a_move_keeps_its_value(desk: Desk) -> None:
    desk.lose("PutItem")
    answer = desk.patch({"op": "move", "from": "/preview", "path": "/summary"})
    assert (answer.version, answer.preview, answer.summary, answer.toNumber) == (2, None, "moved", None)
    assert (desk.now().version, desk.now().preview, desk.now().summary, desk.now().toNumber) == (3, None, "moved", "0")


@pytest.mark.parametrize("others", [1, REMEMBERED - 1])
def test_a_state_is_inverted_once(desk: Desk, others: int) -> None:
    desk.lose("PutItem", others)
    update = BulkUpdateRequest(ticketIDs=[1], action="invertstate")  # type: ignore[arg-type]
    once = Once(desk.backend.claims, desk.clock.now)
    bulk = BulkUpdates(
        desk.tickets, desk.backend.receipts, desk.backend.directory, once, InMemoryJobs(), lambda: desk.executor
    )
    answer = bulk.answer(desk.caller, update, None, deadline())
    assert json.loads(answer.body)["succeeded"] == [1]
    assert (desk.now().isClosed, desk.now().version) == (True, 2 + others)


def test_a_receipt_that_is_kept_meanwhile_makes_no_writer_of_the_version(desk: Desk) -> None:
    """Who has the ticket already assigns it to themself, with a key: only its receipt is kept."""

    def keep_a_receipt() -> None:
        now = desk.now()
        desk.others.store.replace(now, now, receipt=a_receipt("key", now))

    desk.proxy.faults["PutItem"] = [desk._lost(keep_a_receipt)]
    answer = desk.patch({"op": "move", "from": "/preview", "path": "/summary"})
    assert (answer.version, answer.summary) == (2, "moved")
    assert (desk.now().version, desk.now().preview, desk.now().summary) == (2, None, "moved")


def test_a_precondition_that_held_is_not_answered_with_412(desk: Desk) -> None:
    desk.lose("PutItem")
    answer = desk.patch({"op": "add", "path": "/summary", "value": "mine"}, condition=if_match('"1"'))
    assert (answer.version, answer.summary) == (2, "mine")
    assert desk.now().summary == "mine"


def test_a_precondition_that_did_not_hold_still_is(desk: Desk) -> None:
    """The line fails before the change is made, and another is quicker."""
    desk.others.store.replace(desk.ticket, changed(desk.ticket, summary="theirs"))
    desk.lose("PutItem")
    with pytest.raises(PreconditionFailed):
        desk.patch({"op": "add", "path": "/summary", "value": "mine"}, condition=if_match('"1"'))


def test_a_test_that_held_is_not_answered_with_409(desk: Desk) -> None:
    test = {"op": "test", "path": "/preview", "value": "moved"}
    desk.lose("PutItem")
    answer = desk.patch(test, {"op": "add", "path": "/preview", "value": "new"})
    assert (answer.version, answer.preview) == (2, "new")
    with pytest.raises(PatchTestFailed):
        desk.patch(test)


def test_a_ticket_that_was_taken_is_its_takers(desk: Desk) -> None:
    """Another takes it over in between: whoever was first is told that they had it, with the version that they made."""
    desk.lose("PutItem", customerRepID=12)
    stores = (desk.tickets, desk.backend.receipts, desk.backend.calls, desk.backend.directory)
    assigning = Assigning(*stores, FakeTelephony(), lambda _: None, desk.clock.now)
    taker = Representative(desk.ticket.customerID, 13, Role.Agent)
    assigned = assigning.assign(AssignRequest(taker, 1), deadline())
    assert (assigned.ticket.customerRepID, assigned.ticket.version) == (13, 2)
    assert (desk.now().customerRepID, desk.now().version) == (12, 3)


def test_a_change_that_nobody_can_tell_of_is_unavailable_and_not_made_twice(desk: Desk) -> None:
    desk.lose("PutItem", REMEMBERED)
    with pytest.raises(Unavailable):
        desk.patch({"op": "move", "from": "/preview", "path": "/summary"})
    assert (desk.now().summary, desk.now().version) == ("moved", 2 + REMEMBERED)


def test_a_change_that_met_others_is_none_of_theirs(desk: Desk) -> None:
    for number in range(REMEMBERED):
        desk.others.store.replace(desk.now(), changed(desk.now(), toNumber=str(number)))
    with pytest.raises(Outdated) as outdated:
        desk.backend.store.replace(desk.ticket, changed(desk.ticket, summary="mine"))
    assert outdated.value.current == desk.now()


@pytest.mark.parametrize("forgets", [False, True])
def test_a_message_and_its_receipt_are_kept_once(desk: Desk, forgets: bool) -> None:
    """Whether the engine knows the transaction again by its token, or only the item by its writers."""
    desk.proxy.forgets_tokens = forgets
    desk.lose("TransactWriteItems")
    receipt, message = a_receipt(f"{desk.ticket.customerID}-lost", desk.ticket), a_message(desk.ticket)
    desk.backend.store.replace(desk.ticket, changed(desk.ticket, lastMessageID=1), message, receipt)
    assert (desk.now().lastMessageID, desk.now().version) == (1, 3)
    assert [*desk.others.messages.between(desk.ticket.customerID, 1, 1, 9)] == [message]


@pytest.mark.parametrize("forgets", [False, True])
def test_a_creation_that_others_have_changed_meanwhile_is_made(desk: Desk, forgets: bool) -> None:
    desk.proxy.forgets_tokens = forgets
    desk.ticket = a_ticket(customerID=desk.ticket.customerID, ticketID=2)
    desk.lose("TransactWriteItems")
    desk.backend.store.create(desk.ticket, a_message(desk.ticket))
    assert desk.now().version == 2


def test_a_creation_of_a_ticket_alone_that_others_have_changed_meanwhile_is_made(desk: Desk) -> None:
    desk.ticket = a_ticket(customerID=desk.ticket.customerID, ticketID=2)
    desk.lose("PutItem")
    desk.backend.store.create(desk.ticket)
    assert desk.now().version == 2


def test_a_deletion_is_made_by_whoever_made_it(desk: Desk) -> None:
    desk.proxy.faults["TransactWriteItems"] = [dropped]
    desk.tickets.delete(desk.caller, 1, if_match('"1"'), deadline())
    assert desk.others.store.get(desk.ticket.customerID, 1) is None


def test_a_conflict_after_a_lost_answer_is_no_sign_that_nothing_was_made(desk: Desk) -> None:
    """The write is sent again while a transaction of another's holds the ticket."""
    desk.lose("PutItem")
    desk.proxy.faults["PutItem"].append(answering(400, "TransactionConflictException"))
    answer = desk.patch({"op": "move", "from": "/preview", "path": "/summary"})
    assert (answer.summary, desk.now().summary) == ("moved", "moved")
