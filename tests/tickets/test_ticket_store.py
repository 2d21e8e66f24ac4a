"""The contract of TicketStore, on every engine."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.backends import Backend
from tests.builders import A_CALL, A_MOMENT, ANOTHER_CALL, a_ticket
from tests.tickets.stored import NOW, a_message, a_receipt, changed, kept
from ticketing.errors import DuplicateCall
from ticketing.kernel.idempotency import STEP_LIFETIME, step_receipt
from ticketing.kernel.ports import LIFETIME, AlreadyDone
from ticketing.tickets.ports import Outdated

FULL: dict[str, Any] = {
    "status": "closed",
    "subject": " \N{GRINNING FACE}\u202e\n\te\u0301",
    "channelType": "WhatsApp",
    "customerRepID": 13,
    "channelID": 9_007_199_254_740_991,
    "escalated": True,
    "isSpam": True,
    "isImportant": True,
    "endDate": A_MOMENT,
    "followUpDate": "9999-12-31T23:59:59.999Z",
    "lastMessageDate": "1970-01-01T00:00:00.000Z",
    "uid": "\N{GRINNING FACE}" * 254,
    "preview": "",
    "summary": "漢" * 10_000,
    "twilio_CallSid": ANOTHER_CALL,
    "fromNumber": "",
    "toNumber": "+3225550100",
    "topicIDs": [3, 1, 2],
    "aiFeedbackComments": ["good", ""],
    "hasRecording": True,
    "lastEndUserMessageID": 7,
    "lastMessageID": 8,
    "readUpTo": 6,
    "version": 41,
}


@pytest.mark.parametrize("fields", [{}, FULL, {"isProcessed": False}], ids=["sparse", "full", "unprocessed"])
def test_a_ticket_is_kept_as_it_is(backend: Backend, customerID: int, fields: dict[str, Any]) -> None:
    backend.record(customerID, ANOTHER_CALL)
    ticket = kept(backend, customerID, **fields)
    assert backend.store.get(customerID, ticket.ticketID) == ticket
    assert backend.store.get_many(customerID, [ticket.ticketID] * 2) == {ticket.ticketID: ticket}


def test_a_missing_ticket_is_none(backend: Backend, customerID: int) -> None:
    ticket = kept(backend, customerID)
    assert backend.store.get(customerID, ticket.ticketID + 1) is None
    assert backend.store.get(customerID + 1_000_000, ticket.ticketID) is None
    assert backend.store.get_many(customerID, [ticket.ticketID + 1]) == {}
    assert backend.store.get_many(customerID, []) == {}


def test_several_tickets_are_read_together(backend: Backend, customerID: int) -> None:
    tickets = [kept(backend, customerID) for _ in range(5)]
    found = backend.store.get_many(customerID, [ticket.ticketID for ticket in tickets])
    assert found == {ticket.ticketID: ticket for ticket in tickets}


def test_ids_rise_per_customer_from_1(backend: Backend, customerID: int) -> None:
    assert [backend.store.next_id(customerID) for _ in range(3)] == [1, 2, 3]
    assert backend.store.next_id(customerID + 1_000_000) == 1


def test_a_replacement_takes_the_place_of_the_version_it_was_decided_on(backend: Backend, customerID: int) -> None:
    first = kept(backend, customerID, uid="u", channelID=3, followUpDate=A_MOMENT)
    second = changed(first, uid=None, channelID=None, followUpDate=None, subject="new")
    backend.store.replace(first, second)
    assert backend.store.get(customerID, first.ticketID) == second
    with pytest.raises(Outdated) as outdated:
        backend.store.replace(first, changed(first, subject="lost"))
    assert outdated.value.current == second
    assert backend.store.get(customerID, first.ticketID) == second


def test_what_is_gone_cannot_be_replaced_or_deleted(backend: Backend, customerID: int) -> None:
    ticket = kept(backend, customerID)
    backend.store.delete(ticket)
    assert backend.store.get(customerID, ticket.ticketID) is None
    attempts: list[Callable[[], None]] = [
        lambda: backend.store.replace(ticket, changed(ticket)),
        lambda: backend.store.replace(ticket, changed(ticket, twilio_CallSid=A_CALL)),
        lambda: backend.store.delete(ticket),
    ]
    for attempt in attempts:
        with pytest.raises(Outdated) as outdated:
            attempt()
        assert outdated.value.current is None


def test_a_deletion_spares_a_newer_version(backend: Backend, customerID: int) -> None:
    first = kept(backend, customerID, twilio_CallSid=A_CALL)
    second = changed(first, subject="new")
    backend.store.replace(first, second)
    with pytest.raises(Outdated) as outdated:
        backend.store.delete(first)
    assert outdated.value.current == second
    with pytest.raises(DuplicateCall):
        kept(backend, customerID, twilio_CallSid=A_CALL)


def test_a_ticket_and_its_receipt_are_kept_together_or_not_at_all(backend: Backend, customerID: int) -> None:
    key = f"{customerID}-together"
    first, second = (a_ticket(customerID=customerID, ticketID=ticketID) for ticketID in (1, 2))
    backend.store.create(first, receipt=a_receipt(key, first))
    assert backend.receipts.find(key, NOW) == a_receipt(key, first)
    with pytest.raises(AlreadyDone):
        backend.store.create(second, receipt=a_receipt(key, second, NOW + LIFETIME - 1))
    assert backend.store.get(customerID, 2) is None
    assert backend.receipts.find(key, NOW) == a_receipt(key, first)


def test_a_receipt_that_has_expired_gives_way(backend: Backend, customerID: int) -> None:
    key = f"{customerID}-expired"
    first, second = (a_ticket(customerID=customerID, ticketID=ticketID) for ticketID in (1, 2))
    backend.store.create(first, receipt=a_receipt(key, first))
    assert backend.receipts.find(key, NOW + LIFETIME - 1)
    assert backend.receipts.find(key, NOW + LIFETIME) is None
    backend.store.create(second, receipt=a_receipt(key, second, NOW + LIFETIME))
    assert backend.receipts.find(key, NOW + LIFETIME) == a_receipt(key, second, NOW + LIFETIME)


def test_a_step_of_a_job_that_comes_again_after_days_is_known_as_done(backend: Backend, customerID: int) -> None:
    first, second = (a_ticket(customerID=customerID, ticketID=ticketID) for ticketID in (1, 2))
    done = step_receipt(f"{customerID}-1-1-pipeline", "process", 1, NOW)
    backend.store.create(first, receipt=done)
    later = NOW + STEP_LIFETIME - 1
    with pytest.raises(AlreadyDone):
        backend.store.create(second, receipt=step_receipt(f"{customerID}-1-1-pipeline", "process", 1, later))
    assert backend.receipts.find(done.key, later) == done
    assert backend.receipts.find(done.key, later + 1) is None


def test_what_was_done_already_is_told_before_anything_else(backend: Backend, customerID: int) -> None:
    key = f"{customerID}-first"
    first = a_ticket(customerID=customerID, ticketID=1, twilio_CallSid=A_CALL)
    backend.store.create(first, receipt=a_receipt(key, first))
    again = a_ticket(customerID=customerID, ticketID=2, twilio_CallSid=A_CALL)
    with pytest.raises(AlreadyDone):
        backend.store.create(again, receipt=a_receipt(key, again))
    second = changed(first, subject="new")
    backend.store.replace(first, second)
    with pytest.raises(AlreadyDone):
        backend.store.replace(first, changed(first), receipt=a_receipt(key, first))


def test_a_ticket_its_message_and_its_receipt_are_kept_together(backend: Backend, customerID: int) -> None:
    key = f"{customerID}-message"
    first = a_ticket(customerID=customerID, ticketID=1)
    backend.store.create(first, a_message(first), a_receipt(key, first))
    assert [*backend.messages.between(customerID, 1, 1, 9)] == [a_message(first)]
    second = changed(first, preview="Hello")
    backend.store.replace(first, second, a_message(first, 2))
    assert [*backend.messages.between(customerID, 1, 1, 9)] == [a_message(first, 1), a_message(first, 2)]
    with pytest.raises(Outdated):
        backend.store.replace(first, changed(first), a_message(first, 3), a_receipt(key + "2", first))
    assert [*backend.messages.between(customerID, 1, 3, 9)] == []
    assert backend.receipts.find(key + "2", NOW) is None


def test_an_unknown_key_has_no_receipt(backend: Backend, customerID: int) -> None:
    assert backend.receipts.find(f"{customerID}-unknown", NOW) is None
