"""Writes of one item that meet a transaction: they are made a little later, or the answer is a 503."""

from collections.abc import Callable

import pytest

from tests.backends import Backend, on
from tests.engines import Tables, client_of
from tests.kernel.test_engine import answering
from tests.proxy import Proxy
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import ATTEMPTS
from ticketing.kernel.ports import Claim
from ticketing.webchat.token_bucket import TokenBucket

pytestmark = pytest.mark.usefixtures("no_pauses")

CONFLICT = answering(400, "TransactionConflictException")
type Act = Callable[[Backend, int], object]


def a_claim(customerID: int, result: str | None = None) -> Claim:
    return Claim(f"conflict-{customerID}", "digest", "owner", 100, 1000, result)


ACTS: list[tuple[str, Act]] = [
    ("PutItem", lambda backend, customerID: backend.claims.take(a_claim(customerID), 0)),
    ("PutItem", lambda backend, customerID: backend.claims.settle(a_claim(customerID, "result"))),
    ("DeleteItem", lambda backend, customerID: backend.claims.drop(a_claim(customerID))),
    ("UpdateItem", lambda backend, customerID: backend.buckets.spend(TokenBucket(f"conflict-{customerID}", 2), 0, "a")),
    ("UpdateItem", lambda backend, customerID: backend.store.next_id(customerID)),
]


@pytest.fixture
def backend(proxy: Proxy, tables: Tables) -> Backend:
    return on(Tables(client_of(proxy.url), tables.names, tables.executor))


@pytest.mark.parametrize(("operation", "act"), ACTS)
def test_a_conflict_passes(backend: Backend, proxy: Proxy, customerID: int, operation: str, act: Act) -> None:
    backend.claims.take(a_claim(customerID), 0)
    proxy.seen.clear()
    proxy.faults[operation] = [CONFLICT, CONFLICT]
    act(backend, customerID)
    assert proxy.seen == [operation] * 3


@pytest.mark.parametrize(("operation", "act"), ACTS)
def test_a_conflict_that_stays_is_unavailable(
    backend: Backend, proxy: Proxy, customerID: int, operation: str, act: Act
) -> None:
    backend.claims.take(a_claim(customerID), 0)
    proxy.faults[operation] = [CONFLICT] * ATTEMPTS
    with pytest.raises(Unavailable):
        act(backend, customerID)
