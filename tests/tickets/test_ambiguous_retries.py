"""A change that was made while its answer was lost: the client's own retry must not take it for another's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.backends import Backend, expire, on
from tests.builders import A_CALL, ANOTHER_CALL, a_ticket
from tests.engines import Tables, client_of
from tests.proxy import Fault, Proxy, dropped, failed, proxied
from tests.tickets.stored import a_message, a_receipt, changed
from ticketing.calls.call import CallForward
from ticketing.tickets.ports import Outdated
from ticketing.webchat.token_bucket import TokenBucket

pytestmark = pytest.mark.usefixtures("no_pauses")


@dataclass(frozen=True)
class Line:
    """A backend at the end of a line that loses answers."""

    backend: Backend
    proxy: Proxy
    fault: Fault

    def lose(self, operation: str) -> None:
        """Loses the next answer to an operation."""
        self.proxy.faults[operation] = [self.fault]

    def lost(self, operation: str, act: Callable[[], None]) -> None:
        """Does something whose first answer is lost, and which is therefore asked for twice."""
        self.lose(operation)
        self.proxy.seen.clear()
        act()
        assert self.proxy.seen == [operation, operation]


@pytest.fixture(params=[dropped, failed], ids=["dropped", "failed"])
def line(engine_url: str, tables: Tables, request: pytest.FixtureRequest) -> Iterator[Line]:
    with proxied(engine_url) as proxy:
        yield Line(on(Tables(client_of(proxy.url), tables.names, tables.executor)), proxy, request.param)


@pytest.mark.parametrize("call", [None, A_CALL])
@pytest.mark.parametrize("has_receipt", [True, False])
@pytest.mark.parametrize("has_message", [True, False])
def test_a_creation_whose_answer_is_lost_is_made_once(
    line: Line, customerID: int, call: str | None, has_receipt: bool, has_message: bool
) -> None:
    ticket = a_ticket(customerID=customerID, ticketID=1, twilio_CallSid=call)
    receipt = a_receipt(f"{customerID}-retry", ticket) if has_receipt else None
    message = a_message(ticket) if has_message else None
    operation = "TransactWriteItems" if call or receipt or message else "PutItem"
    line.lost(operation, lambda: line.backend.store.create(ticket, message, receipt))
    assert line.backend.store.get(customerID, 1) == ticket


def test_a_replacement_whose_answer_is_lost_is_made_once(line: Line, customerID: int) -> None:
    first = a_ticket(customerID=customerID, ticketID=1)
    second = changed(first, subject="new")
    line.backend.store.create(first)
    line.lost("PutItem", lambda: line.backend.store.replace(first, second))
    assert line.backend.store.get(customerID, 1) == second


@pytest.mark.parametrize(("before", "after"), [(None, A_CALL), (A_CALL, None), (A_CALL, ANOTHER_CALL)])
def test_a_replacement_with_a_call_whose_answer_is_lost_is_made_once(
    line: Line, customerID: int, before: str | None, after: str | None
) -> None:
    first = a_ticket(customerID=customerID, ticketID=1, twilio_CallSid=before)
    second = changed(first, twilio_CallSid=after)
    line.backend.store.create(first)
    line.lost("TransactWriteItems", lambda: line.backend.store.replace(first, second))
    assert line.backend.store.get(customerID, 1) == second


def test_a_replacement_with_a_message_whose_answer_is_lost_is_made_once(line: Line, customerID: int) -> None:
    first = a_ticket(customerID=customerID, ticketID=1)
    second = changed(first, preview="Hello")
    line.backend.store.create(first)
    receipt = a_receipt(f"{customerID}-retry", first)
    line.lost("TransactWriteItems", lambda: line.backend.store.replace(first, second, a_message(first), receipt))
    assert line.backend.store.get(customerID, 1) == second


@pytest.mark.parametrize("call", [None, A_CALL])
def test_a_deletion_whose_answer_is_lost_succeeds(line: Line, customerID: int, call: str | None) -> None:
    ticket = a_ticket(customerID=customerID, ticketID=1, twilio_CallSid=call)
    line.backend.store.create(ticket)
    line.lost("TransactWriteItems", lambda: line.backend.store.delete(ticket))
    assert line.backend.store.get(customerID, 1) is None


def test_a_retry_is_known_by_what_was_written_where_the_engine_has_forgotten_its_token(
    line: Line, customerID: int
) -> None:
    """The engine remembers transactions for ten minutes; what was written tells whose it is for ever."""
    line.proxy.forgets_tokens = True
    first = a_ticket(customerID=customerID, ticketID=1, twilio_CallSid=A_CALL)
    second = changed(first, twilio_CallSid=ANOTHER_CALL)
    receipt, message = a_receipt(f"{customerID}-retry", first), a_message(first)
    line.lost("TransactWriteItems", lambda: line.backend.store.create(first, None, receipt))
    line.lost("TransactWriteItems", lambda: line.backend.store.replace(first, second, message))
    assert line.backend.store.get(customerID, 1) == second
    assert [*line.backend.messages.between(customerID, 1, 1, 9)] == [message]


def test_an_id_leaves_a_gap_and_no_duplicate(line: Line, customerID: int) -> None:
    line.lose("UpdateItem")
    assert [line.backend.store.next_id(customerID) for _ in range(3)] == [2, 3, 4]


def test_anothers_change_is_still_anothers(line: Line, customerID: int) -> None:
    first = a_ticket(customerID=customerID, ticketID=1)
    theirs = changed(first, subject="theirs")
    line.backend.store.create(first)
    line.backend.store.replace(first, theirs)
    line.lose("PutItem")
    with pytest.raises(Outdated) as outdated:
        line.backend.store.replace(first, changed(first, subject="ours"))
    assert outdated.value.current == theirs
    line.lose("TransactWriteItems")
    with pytest.raises(Outdated):
        line.backend.store.delete(first)
    assert line.backend.store.get(customerID, 1) == theirs


def test_a_mark_on_a_call_whose_answer_is_lost_is_known_again(line: Line, customerID: int) -> None:
    ticketID = line.backend.store.next_id(customerID)
    ticket = a_ticket(customerID=customerID, ticketID=ticketID, twilio_CallSid=A_CALL)
    line.backend.store.create(ticket)
    begun: list[bool] = []
    line.lost("UpdateItem", lambda: begun.append(line.backend.calls.begin_forward(ticket, 13)))
    assert begun == [True]
    line.lost("UpdateItem", lambda: line.backend.calls.end_forward(ticket, 13, CallForward.failed))
    assert line.backend.calls.begin_forward(ticket, 13)
    assert not line.backend.calls.begin_forward(ticket, 13)


def test_a_token_of_a_bucket_whose_answer_is_lost_is_spent_once(line: Line, customerID: int) -> None:
    bucket = TokenBucket(f"retry-{customerID}", 2)
    waits: list[int] = []
    line.lost("UpdateItem", lambda: waits.append(line.backend.buckets.spend(bucket, 0, "a")))
    assert waits == [0]
    assert [line.backend.buckets.spend(bucket, 0, spender) for spender in ("b", "c")] == [0, 30_000]


def test_a_call_is_forgotten_though_the_answer_is_lost(line: Line, customerID: int) -> None:
    line.backend.record(customerID, A_CALL)
    forgotten: list[bool] = []
    line.lost("DeleteItem", lambda: forgotten.append(line.backend.calls.forget(customerID, 1, A_CALL)))
    assert forgotten == [True]


def test_the_call_of_an_expired_ticket_is_forgotten_though_the_answer_is_lost(line: Line, customerID: int) -> None:
    ticket = a_ticket(customerID=customerID, ticketID=1, twilio_CallSid=A_CALL)
    line.backend.store.create(ticket)
    expire(line.backend.store, ticket)
    line.lose("TransactWriteItems")
    assert line.backend.calls.forget(customerID, 1, A_CALL)
