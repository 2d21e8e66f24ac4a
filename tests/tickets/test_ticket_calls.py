"""The calls that tickets of a TicketStore hold, on every engine."""

import pytest

from tests.backends import Backend
from tests.builders import A_CALL, ANOTHER_CALL, a_ticket
from tests.fakes import InMemoryTickets
from tests.tickets.stored import NOW, a_receipt, changed, kept
from ticketing.errors import DuplicateCall
from ticketing.kernel.ports import Contended
from ticketing.tickets.dynamodb.calls import call_key
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import Outdated


def test_a_call_has_one_ticket_per_customer(backend: Backend, customerID: int) -> None:
    kept(backend, customerID, twilio_CallSid=A_CALL)
    refused = a_ticket(customerID=customerID, ticketID=backend.store.next_id(customerID), twilio_CallSid=A_CALL)
    with pytest.raises(DuplicateCall):
        backend.store.create(refused, receipt=a_receipt(f"{customerID}-call", refused))
    assert backend.store.get(customerID, refused.ticketID) is None
    assert backend.receipts.find(f"{customerID}-call", NOW) is None
    kept(backend, customerID + 1_000_000, twilio_CallSid=A_CALL)


def test_a_call_is_free_again_when_its_ticket_is_deleted_or_gives_it_up(backend: Backend, customerID: int) -> None:
    first = kept(backend, customerID, twilio_CallSid=A_CALL)
    backend.store.delete(first)
    second = kept(backend, customerID, twilio_CallSid=A_CALL)
    third = changed(second, twilio_CallSid=ANOTHER_CALL)
    backend.store.replace(second, third)
    fourth = kept(backend, customerID, twilio_CallSid=A_CALL)
    with pytest.raises(DuplicateCall):
        backend.store.replace(fourth, changed(fourth, twilio_CallSid=ANOTHER_CALL))
    assert backend.store.get(customerID, fourth.ticketID) == fourth
    backend.store.replace(third, changed(third, twilio_CallSid=None))
    backend.store.replace(fourth, changed(fourth, twilio_CallSid=ANOTHER_CALL))


def test_a_stale_change_takes_no_call(backend: Backend, customerID: int) -> None:
    first = kept(backend, customerID)
    backend.store.replace(first, changed(first, subject="new"))
    with pytest.raises(Outdated):
        backend.store.replace(first, changed(first, twilio_CallSid=A_CALL))
    kept(backend, customerID, twilio_CallSid=A_CALL)


def test_a_recording_is_known_by_its_call_whoever_holds_it(backend: Backend, customerID: int) -> None:
    assert not backend.store.is_recorded(customerID, A_CALL)
    backend.record(customerID, A_CALL)
    assert backend.store.is_recorded(customerID, A_CALL)
    assert not backend.store.is_recorded(customerID + 1_000_000, A_CALL)
    ticket = kept(backend, customerID, twilio_CallSid=A_CALL, hasRecording=True)
    assert backend.store.is_recorded(customerID, A_CALL)
    backend.store.replace(ticket, changed(ticket, twilio_CallSid=None, hasRecording=False))
    assert backend.store.is_recorded(customerID, A_CALL)
    kept(backend, customerID, twilio_CallSid=A_CALL, hasRecording=True)


@pytest.mark.parametrize("recorded", [False, True])
def test_a_ticket_that_errs_about_the_recording_of_its_call_is_to_be_decided_anew(
    backend: Backend, customerID: int, recorded: bool
) -> None:
    if recorded:
        backend.record(customerID, A_CALL)
    with pytest.raises(Contended):
        kept(backend, customerID, twilio_CallSid=A_CALL, hasRecording=not recorded)
    other = kept(backend, customerID)
    with pytest.raises(Contended):
        backend.store.replace(other, changed(other, twilio_CallSid=A_CALL, hasRecording=not recorded))
    assert backend.store.get(customerID, other.ticketID) == other
    backend.store.replace(other, changed(other, twilio_CallSid=A_CALL, hasRecording=recorded))
    with pytest.raises(DuplicateCall):
        kept(backend, customerID, twilio_CallSid=A_CALL, hasRecording=not recorded)


def lose_call(backend: Backend, ticket: Ticket) -> None:
    """Have the row of the ticket's call be gone, as where the table was lost."""
    store, callSid = backend.store, ticket.twilio_CallSid or ""
    if isinstance(store, DynamoTicketStore):
        store.engine.call("delete_item", **call_key(store.engine, store.calls, ticket.customerID, callSid))
    if isinstance(store, InMemoryTickets):
        del store.calls[ticket.customerID, callSid]


@pytest.mark.parametrize("recorded", [False, True])
def test_a_call_that_is_lost_or_that_nobody_has_can_be_given_up(
    backend: Backend, customerID: int, recorded: bool
) -> None:
    tickets = [kept(backend, customerID, twilio_CallSid=A_CALL), kept(backend, customerID, twilio_CallSid=ANOTHER_CALL)]
    for ticket in tickets:
        lose_call(backend, ticket)
        if recorded:
            backend.record(customerID, ticket.twilio_CallSid or "")
    backend.store.delete(tickets[0])
    backend.store.replace(tickets[1], changed(tickets[1], twilio_CallSid=A_CALL, hasRecording=recorded))
    kept(backend, customerID, twilio_CallSid=ANOTHER_CALL, hasRecording=recorded)


def test_a_call_that_another_ticket_has_is_left_to_it(backend: Backend, customerID: int) -> None:
    tickets = [kept(backend, customerID, twilio_CallSid=A_CALL)]
    for _ in range(2):
        lose_call(backend, tickets[-1])
        tickets.append(kept(backend, customerID, twilio_CallSid=A_CALL))
    backend.store.delete(tickets[0])
    backend.store.replace(tickets[1], changed(tickets[1], twilio_CallSid=ANOTHER_CALL))
    assert not backend.calls.forget(customerID, tickets[0].ticketID, A_CALL)
    with pytest.raises(DuplicateCall):
        kept(backend, customerID, twilio_CallSid=A_CALL)
    with pytest.raises(Outdated):
        backend.store.delete(tickets[0])
