"""The contracts of Claims and of what else a request of many changes needs, on every engine."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.backends import Backend
from tests.builders import a_ticket, acme
from ticketing.directory.hooks import Hook, HookAction, actions_of
from ticketing.kernel.idempotency import LEASE
from ticketing.kernel.ports import LIFETIME, AlreadyDone, Claim, Receipt
from ticketing.tickets.ports import Outdated

NOW = 1_800_000_000


def a_claim(key: str, now: int = NOW, digest: str = "d") -> Claim:
    return Claim(key, digest, uuid4().hex, now + LEASE, now + LIFETIME)


@pytest.fixture
def key() -> str:
    return uuid4().hex


def test_a_free_key_is_taken(backend: Backend, key: str) -> None:
    assert backend.claims.take(a_claim(key), NOW) is None


def test_a_taken_key_names_who_has_it(backend: Backend, key: str) -> None:
    first = a_claim(key)
    backend.claims.take(first, NOW)
    assert backend.claims.take(a_claim(key), NOW + LEASE - 1) == first


def test_taking_it_twice_oneself_is_taking_it(backend: Backend, key: str) -> None:
    claim = a_claim(key)
    assert [backend.claims.take(claim, NOW) for _ in range(2)] == [None, None]


def test_when_the_lease_ends_the_same_request_takes_over(backend: Backend, key: str) -> None:
    backend.claims.take(a_claim(key), NOW)
    second = a_claim(key, NOW + LEASE)
    assert backend.claims.take(second, NOW + LEASE) is None
    assert backend.claims.take(a_claim(key), NOW + LEASE) == second


def test_another_request_does_not_take_over_when_the_lease_ends(backend: Backend, key: str) -> None:
    first = a_claim(key)
    backend.claims.take(first, NOW)
    assert backend.claims.take(a_claim(key, digest="other"), NOW + LEASE) == first


def test_a_result_stays_until_the_key_expires(backend: Backend, key: str) -> None:
    claim = a_claim(key)
    backend.claims.take(claim, NOW)
    settled = replace(claim, result='{"é":"x"}')
    backend.claims.settle(settled)
    assert backend.claims.take(a_claim(key), NOW + LIFETIME - 1) == settled
    assert backend.claims.take(a_claim(key, digest="other"), NOW + LIFETIME) is None


def test_whoever_was_taken_over_cannot_settle_or_drop(backend: Backend, key: str) -> None:
    first, second = a_claim(key), a_claim(key, NOW + LEASE)
    backend.claims.take(first, NOW)
    backend.claims.take(second, NOW + LEASE)
    with pytest.raises(AlreadyDone):
        backend.claims.settle(replace(first, result="{}"))
    backend.claims.drop(first)
    assert backend.claims.take(a_claim(key), NOW + LEASE) == second


def test_a_dropped_key_is_free_and_cannot_be_settled(backend: Backend, key: str) -> None:
    claim = a_claim(key)
    backend.claims.take(claim, NOW)
    backend.claims.drop(claim)
    backend.claims.drop(claim)
    with pytest.raises(AlreadyDone):
        backend.claims.settle(replace(claim, result="{}"))
    assert backend.claims.take(a_claim(key, digest="other"), NOW) is None


def test_a_result_of_five_hundred_failures_fits(backend: Backend, key: str) -> None:
    claim = replace(a_claim(key), result="x" * 100_000)
    backend.claims.take(claim, NOW)
    backend.claims.settle(claim)
    assert backend.claims.take(a_claim(key), NOW) == claim


def test_receipts_are_known_together(backend: Backend, key: str) -> None:
    keys = [f"{key}-{n}" for n in range(250)]
    for kept in keys[::2]:
        backend.receipts.keep(Receipt(kept, "d", 1, NOW + 10))
    assert backend.receipts.known(keys, NOW) == set(keys[::2])
    assert backend.receipts.known(keys, NOW + 10) == set()
    assert backend.receipts.known([], NOW) == set()
    assert backend.receipts.known(keys[:1] * 2, NOW) == set(keys[:1])


def test_a_receipt_may_be_kept_again(backend: Backend, key: str) -> None:
    for _ in range(2):
        backend.receipts.keep(Receipt(key, "d", 1, NOW + 10))
    assert backend.receipts.find(key, NOW) == Receipt(key, "d", 1, NOW + 10)


def test_the_first_receipt_of_a_key_counts_until_it_expires(backend: Backend, key: str) -> None:
    first, second, third = (
        Receipt(key, "d", 1, madeAt + LIFETIME, note=note)
        for madeAt, note in ((NOW, "first"), (NOW + LIFETIME - 1, "second"), (NOW + LIFETIME, "third"))
    )
    assert [backend.receipts.keep_first(each) for each in (first, second, third)] == [first, first, third]
    assert backend.receipts.find(key, NOW + LIFETIME) == third


def test_a_removal_and_its_receipt_are_made_together(backend: Backend, customerID: int, key: str) -> None:
    ticket = a_ticket(customerID=customerID)
    backend.store.create(ticket)
    receipt = Receipt(key, "d", ticket.ticketID, NOW + LIFETIME)
    with pytest.raises(Outdated):
        backend.store.delete(ticket.model_copy(update={"version": 2}), receipt)
    assert backend.receipts.find(key, NOW) is None
    backend.store.delete(ticket, receipt)
    assert backend.receipts.find(key, NOW) == receipt
    assert backend.store.get(customerID, ticket.ticketID) is None


def test_a_removal_that_was_made_already_is_told(backend: Backend, customerID: int, key: str) -> None:
    ticket = a_ticket(customerID=customerID)
    backend.store.create(ticket)
    receipt = Receipt(key, "d", ticket.ticketID, NOW + LIFETIME)
    backend.receipts.keep(receipt)
    with pytest.raises(AlreadyDone):
        backend.store.delete(ticket, receipt)
    assert backend.store.get(customerID, ticket.ticketID) == ticket


def test_entries_are_found_by_what_their_names_begin_with(backend: Backend, customerID: int) -> None:
    actions = [
        HookAction.model_validate({"actionID": n, "hookName": hook, "type": "Assign", "customerRepID": 0})
        for n, hook in enumerate(["OnClose", "OnClose", "OnEscalate", "OnEscalateFailed"], 1)
    ]
    backend.directory.load(acme(customerID=customerID, actions=actions))
    found = backend.directory.beginning(customerID, actions_of(Hook.OnClose))
    assert dict(found) == {"action#OnClose#1": actions[0], "action#OnClose#2": actions[1]}
    assert list(backend.directory.beginning(customerID, actions_of(Hook.OnEscalate)).values()) == [actions[2]]
    assert list(backend.directory.beginning(customerID, "topic#")) == ["topic#1", "topic#2"]
    assert backend.directory.beginning(customerID + 1_000_000, "topic#") == {}
