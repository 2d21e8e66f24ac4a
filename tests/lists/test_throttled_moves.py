"""Counting goes on until its own deadline while DynamoDB cancels transactions for lack of throughput."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.builders import a_ticket
from tests.engines import Tables
from tests.lists.counted import LATER, counted_ticket, total
from tests.lists.fakes import InMemorySearch
from tests.lists.followed import Followed, followed_on
from tests.lists.streams import patient
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.ports import Contended
from ticketing.kernel.retries import TRIES, Refusal
from ticketing.lists.counts import Move
from ticketing.lists.indexing import Indexing
from ticketing.tickets.changes import TicketChange

pytestmark = pytest.mark.usefixtures("no_pauses")
REASONS = {"CancellationReasons": [{"Code": "None"}, {"Code": "ThrottlingError"}]}


@dataclass
class Throttling:
    """A client whose next transactions are cancelled, and not carried out."""

    client: JsonClient
    cancels: int = 0

    def ask(self, operation: str, parameters: Mapping[str, Any]) -> Callable[[], Any]:
        if operation == "TransactWriteItems" and self.cancels:
            self.cancels -= 1
            return self._cancelled
        return self.client.ask(operation, parameters)

    def _cancelled(self) -> None:
        raise Refusal("TransactionCanceledException", 400, "TransactWriteItems", REASONS)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


@pytest.fixture
def table(tables: Tables) -> Throttling:
    return Throttling(tables.client)


@pytest.fixture
def followed(table: Throttling, tables: Tables) -> Followed:
    return followed_on(Tables(table, tables.names, tables.executor))  # type: ignore[arg-type]


@pytest.fixture
def indexing(followed: Followed) -> Indexing:
    return Indexing(followed.ticket_counts, InMemorySearch(), lambda _: None, lambda _: None, followed.clock.now)


def test_a_move_that_stays_throttled_may_be_tried_again(followed: Followed, table: Throttling, customerID: int) -> None:
    table.cancels = TRIES
    with pytest.raises(Contended):
        followed.ticket_counts.move([Move.of(None, counted_ticket(customerID), 0)])
    assert total(followed, customerID) == 0


def test_tickets_are_counted_once_the_table_bears_it(
    followed: Followed, table: Throttling, indexing: Indexing, customerID: int
) -> None:
    table.cancels = 5 * TRIES
    indexing.enter_tickets([TicketChange(a_ticket(customerID=customerID))], patient())
    assert total(followed, customerID) == 1


def test_a_batch_that_is_counted_does_not_fail_for_what_has_fallen_due(
    followed: Followed, table: Throttling, indexing: Indexing, customerID: int
) -> None:
    counted = TicketChange(a_ticket(customerID=customerID, ticketID=2))
    indexing.enter_tickets([counted], patient())
    followed.ticket_counts.move([Move.of(None, counted_ticket(customerID, followUpDate=LATER), 0)])
    followed.clock.pass_(2 * 60 * 60)
    table.cancels = TRIES  # counting a ticket again as it was takes no transaction
    indexing.enter_tickets([counted], patient())
    assert (table.cancels, followed.ticket_counts.due(customerID, LATER, 10)) == (0, [1])
    indexing.enter_tickets([counted], patient())
    assert followed.ticket_counts.due(customerID, LATER, 10) == []
