"""Transactions that DynamoDB cancels for lack of throughput: they are tried again as a single call is."""

import json
from typing import Any

import pytest

from tests.backends import Backend, on
from tests.builders import a_ticket
from tests.engines import Tables, client_of
from tests.kernel.test_engine import answering
from tests.proxy import Fault, Handler, Proxy, dropped
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.call import Throttled
from ticketing.kernel.dynamodb.engine import Engine, TransactionRefused
from ticketing.kernel.ports import Contended, Receipt
from ticketing.kernel.retries import TRIES, Refusal

pytestmark = pytest.mark.usefixtures("no_pauses")

THROTTLES = ["ThrottlingError", "ProvisionedThroughputExceeded"]


def cancelled(*codes: str) -> Fault:
    """The engine cancels a transaction, with a reason for each action."""
    reasons = [{"Code": code} for code in codes]
    return answering(400, "TransactionCanceledException", CancellationReasons=reasons)


def transact(engine: Engine) -> None:
    delete = {"Delete": {"TableName": "x", "Key": {"x": {"S": "x"}}}}
    engine.call("transact_write_items", TransactItems=[delete, delete])


@pytest.fixture
def backend(proxy: Proxy, tables: Tables) -> Backend:
    return on(Tables(client_of(proxy.url), tables.names, tables.executor))


def tokens(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the tokens of the transactions that are sent from now on."""
    sent, fault = list[str](), proxy.fault

    def noting(operation: str, body: bytes) -> Fault | None:
        sent.extend(filter(None, [json.loads(body).get("ClientRequestToken")]))
        return fault(operation, body)

    monkeypatch.setattr(proxy, "fault", noting)
    return sent


@pytest.mark.parametrize("code", THROTTLES)
def test_a_throttled_transaction_is_tried_again(
    backend: Backend, proxy: Proxy, customerID: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same token: should an earlier try have been carried out after all, no later one is."""
    sent = tokens(proxy, monkeypatch)
    ticket = a_ticket(customerID=customerID)
    receipt = Receipt(f"throttled-{customerID}", "digest", ticket.ticketID, 1000)
    proxy.faults["TransactWriteItems"] = [cancelled("None", code)] * (TRIES - 1)
    backend.store.create(ticket, receipt=receipt)
    assert backend.store.ask(customerID, ticket.ticketID)() == ticket
    assert (len(sent), len({*sent})) == (TRIES, 1)


@pytest.mark.parametrize("code", THROTTLES)
def test_one_that_stays_throttled_is_unavailable_and_named(proxy: Proxy, engine: Engine, code: str) -> None:
    proxy.faults["TransactWriteItems"] = [cancelled("None", code)] * TRIES
    with pytest.raises(Throttled) as refusal:
        transact(engine)
    assert (refusal.value.status, refusal.value.code) == (503, "Unavailable")
    assert refusal.value.about == f"TransactWriteItems of x: {code}"
    assert proxy.seen == ["TransactWriteItems"] * TRIES


@pytest.mark.parametrize("code", THROTTLES)
def test_a_condition_that_failed_beside_decides(proxy: Proxy, engine: Engine, code: str) -> None:
    """It would fail again."""
    proxy.faults["TransactWriteItems"] = [cancelled("ConditionalCheckFailed", code)]
    with pytest.raises(TransactionRefused):
        transact(engine)
    assert proxy.seen == ["TransactWriteItems"]


@pytest.mark.parametrize("code", THROTTLES)
def test_another_transaction_beside_is_told_to_who_decides_anew(proxy: Proxy, engine: Engine, code: str) -> None:
    proxy.faults["TransactWriteItems"] = [cancelled("TransactionConflict", code)]
    with pytest.raises(Contended):
        transact(engine)
    assert proxy.seen == ["TransactWriteItems"]


@pytest.mark.parametrize("code", ["ValidationError", "ItemCollectionSizeLimitExceeded"])
def test_any_other_reason_is_a_defect_of_ours(proxy: Proxy, engine: Engine, code: str) -> None:
    proxy.faults["TransactWriteItems"] = [cancelled("None", code)]
    with pytest.raises(Refusal):
        transact(engine)


def test_a_lost_answer_then_a_throttle_makes_one_version(backend: Backend, proxy: Proxy, customerID: int) -> None:
    ticket = a_ticket(customerID=customerID)
    receipt = Receipt(f"lost-{customerID}", "digest", ticket.ticketID, 1000)
    proxy.faults["TransactWriteItems"] = [dropped, cancelled("ThrottlingError", "None")]
    backend.store.create(ticket, receipt=receipt)
    assert backend.store.ask(customerID, ticket.ticketID)() == ticket


def test_a_busy_store_is_named_with_what_it_was_asked(proxy: Proxy, engine: Engine, scratch: Tables) -> None:
    table, key = scratch.names["tickets"], engine.typed({"customerID": 400_001, "ticketID": 1})

    def leaving_out(member: str, left: Any) -> Fault:
        def fault(handler: Handler, _: bytes, __: int) -> None:
            handler.answer(json.dumps({"Responses": {}, member: {table: left}}).encode(), 200)

        return fault

    put = {"PutRequest": {"Item": key}}
    proxy.faults = {
        "DeleteItem": [answering(400, "TransactionConflictException")] * 5,
        "BatchGetItem": [leaving_out("UnprocessedKeys", {"Keys": [key]})] * 5,
        "BatchWriteItem": [leaving_out("UnprocessedItems", [put])] * 5,
    }
    for operation, ask in (
        ("DeleteItem", lambda: engine.insist("delete_item", TableName=table, Key=key)),
        ("BatchGetItem", lambda: list(engine.batch_get_typed(table, [key]))),
        ("BatchWriteItem", lambda: engine.batch_write(table, [put])),
    ):
        with pytest.raises(Unavailable) as refusal:
            ask()
        assert refusal.value.about.startswith(f"{operation} of {table}: ")
