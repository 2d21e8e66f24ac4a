"""The contract of CallStore, on every engine."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from tests.backends import Backend, expire
from tests.builders import A_CALL, ANN, ANOTHER_CALL, BOB, a_ticket
from tests.lists.followed import Followed
from ticketing.calls.call import CallForward, Recording
from ticketing.errors import DuplicateCall
from ticketing.kernel.ports import Contended
from ticketing.tickets.model import Ticket


def on_the_phone(backend: Backend, customerID: int, callSid: str = A_CALL, **fields: Any) -> Ticket:
    ticketID = backend.store.next_id(customerID)
    ticket = a_ticket(customerID=customerID, ticketID=ticketID, twilio_CallSid=callSid, **fields)
    backend.store.create(ticket)
    return ticket


def test_a_recording_is_kept_by_its_call(backend: Backend, customerID: int) -> None:
    assert backend.calls.recording(customerID, A_CALL) is None
    assert backend.calls.record(Recording(customerID, A_CALL, "wav")) is None
    assert backend.calls.recording(customerID, A_CALL) == Recording(customerID, A_CALL, "wav")
    assert backend.calls.record(Recording(customerID, A_CALL, "mp3")) is None
    assert backend.calls.recording(customerID, A_CALL) == Recording(customerID, A_CALL, "mp3")
    assert backend.calls.recording(customerID, ANOTHER_CALL) is None
    assert backend.calls.recording(customerID + 1_000_000, A_CALL) is None


def test_a_recording_tells_which_ticket_has_its_call(backend: Backend, customerID: int) -> None:
    ticket = on_the_phone(backend, customerID)
    assert backend.calls.recording(customerID, A_CALL) is None
    for _ in range(2):
        assert backend.calls.record(Recording(customerID, A_CALL, "mp3")) == ticket.ticketID
    backend.store.delete(ticket)
    assert backend.calls.record(Recording(customerID, A_CALL, "mp3")) is None


def test_a_call_is_forwarded_to_a_representative_once(backend: Backend, customerID: int) -> None:
    ticket = on_the_phone(backend, customerID)
    assert backend.calls.begin_forward(ticket, ANN)
    assert not backend.calls.begin_forward(ticket, ANN)
    assert backend.calls.begin_forward(ticket, BOB)
    backend.calls.end_forward(ticket, ANN, CallForward.forwarded)
    assert not backend.calls.begin_forward(ticket, ANN)


def test_what_failed_may_be_forwarded_again(backend: Backend, customerID: int) -> None:
    ticket = on_the_phone(backend, customerID)
    for _ in range(3):
        assert backend.calls.begin_forward(ticket, ANN)
        backend.calls.end_forward(ticket, ANN, CallForward.failed)


def test_a_call_that_the_ticket_does_not_have_is_not_forwarded(backend: Backend, customerID: int) -> None:
    ticket = on_the_phone(backend, customerID)
    assert not backend.calls.begin_forward(ticket.model_copy(update={"ticketID": ticket.ticketID + 1}), ANN)
    assert not backend.calls.begin_forward(ticket.model_copy(update={"twilio_CallSid": ANOTHER_CALL}), ANN)
    backend.store.delete(ticket)
    assert not backend.calls.begin_forward(ticket, ANN)


def test_how_a_call_that_is_gone_ended_is_not_noted(backend: Backend, customerID: int) -> None:
    ticket = on_the_phone(backend, customerID)
    backend.calls.begin_forward(ticket, ANN)
    backend.store.delete(ticket)
    assert backend.calls.forget(customerID, ticket.ticketID, A_CALL)
    backend.calls.end_forward(ticket, ANN, CallForward.failed)
    assert backend.calls.begin_forward(on_the_phone(backend, customerID), ANN)


def test_only_a_call_that_no_ticket_has_is_forgotten(backend: Backend, customerID: int) -> None:
    backend.record(customerID, A_CALL)
    ticket = on_the_phone(backend, customerID, hasRecording=True)
    assert not backend.calls.forget(customerID, ticket.ticketID, A_CALL)
    assert backend.calls.recording(customerID, A_CALL)
    backend.store.delete(ticket)
    for _ in range(2):
        assert backend.calls.forget(customerID, ticket.ticketID, A_CALL)
    assert backend.calls.recording(customerID, A_CALL) is None
    assert not backend.store.is_recorded(customerID, A_CALL)


def test_the_call_of_a_ticket_that_expired_is_forgotten_and_another_may_take_it(
    backend: Backend, customerID: int
) -> None:
    ticket = on_the_phone(backend, customerID)
    backend.record(customerID, A_CALL)
    expire(backend.store, ticket)
    with pytest.raises(DuplicateCall):
        on_the_phone(backend, customerID)
    for _ in range(2):
        assert backend.calls.forget(customerID, ticket.ticketID, A_CALL)
    assert backend.calls.recording(customerID, A_CALL) is None
    taken = on_the_phone(backend, customerID)
    assert not backend.calls.forget(customerID, ticket.ticketID, A_CALL)
    assert backend.calls.begin_forward(taken, ANN)


def test_a_ticket_that_was_brought_back_keeps_its_call(backend: Backend, customerID: int) -> None:
    ticket = on_the_phone(backend, customerID)
    backend.record(customerID, A_CALL)
    expire(backend.store, ticket)
    backend.store.create(ticket.model_copy(update={"hasRecording": True}))
    assert not backend.calls.forget(customerID, ticket.ticketID, A_CALL)
    assert backend.calls.recording(customerID, A_CALL)
    assert backend.calls.begin_forward(ticket, ANN)


def test_a_call_is_not_forgotten_while_its_ticket_is_brought_back(atomic: Backend, customerID: int) -> None:
    """Whoever comes first: a ticket that is there with its recording has its call."""

    def bring_back(ticket: Ticket) -> bool:
        with suppress(Contended):
            atomic.store.create(ticket.model_copy(update={"hasRecording": True}))
            return True
        return False

    def forget(ticket: Ticket) -> bool:
        while True:
            with suppress(Contended):
                return atomic.calls.forget(customerID, ticket.ticketID, ticket.twilio_CallSid or "")

    with ThreadPoolExecutor(2) as threads:
        for number in range(30):
            ticket = on_the_phone(atomic, customerID, f"CA{number:032x}")
            atomic.record(customerID, f"CA{number:032x}")
            expire(atomic.store, ticket)
            outcomes = [threads.submit(act, ticket) for act in (bring_back, forget)]
            is_back, is_forgotten = [outcome.result() for outcome in outcomes]
            assert not (is_back and is_forgotten)
            assert atomic.store.is_recorded(customerID, f"CA{number:032x}") is not is_forgotten


def test_all_calls_are_found_that_a_ticket_holds_or_left_behind(followed: Followed, customerID: int) -> None:
    calls = [f"CA{number:032x}" for number in range(3)]
    tickets = [
        a_ticket(customerID=customerID, ticketID=number, twilio_CallSid=call) for number, call in enumerate(calls, 1)
    ]
    for ticket in tickets:
        followed.store.create(ticket)
    expire(followed.store, tickets[1])
    followed.store.delete(tickets[2])
    found = [each for page in followed.whole_tables.calls() for each in page.items() if each[0][0] == customerID]
    assert sorted(found) == [((customerID, 1), calls[0]), ((customerID, 2), calls[1])]


def test_of_many_who_forward_at_once_one_does(atomic: Backend, customerID: int) -> None:
    ticket = on_the_phone(atomic, customerID)
    with ThreadPoolExecutor(16) as threads:
        begun = list(threads.map(lambda _: atomic.calls.begin_forward(ticket, ANN), range(16)))
    assert begun.count(True) == 1


def test_a_ticket_and_a_recording_that_come_at_once_find_each_other(atomic: Backend, customerID: int) -> None:
    def take(callSid: str) -> bool:
        """Tell whether the ticket has the recording from the start."""
        while True:
            recorded = atomic.store.is_recorded(customerID, callSid)
            with suppress(Contended):
                on_the_phone(atomic, customerID, callSid, hasRecording=recorded)
                return recorded

    def record(callSid: str) -> bool:
        """Tell whether the ticket is there to be told."""
        return atomic.calls.record(Recording(customerID, callSid, "mp3")) is not None

    with ThreadPoolExecutor(2) as threads:
        for number in range(50):
            outcomes = [threads.submit(act, f"CA{number:032x}") for act in (take, record)]
            assert [outcome.result() for outcome in outcomes].count(True) == 1
