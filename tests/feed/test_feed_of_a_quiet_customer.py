"""Checks followers of a customer in whose tickets nothing changed for a month, while entries of the log end.

DynamoDB deletes what has ended within two days, in no order.
"""

from time import monotonic
from typing import Any

from tests.backends import Backend, on
from tests.builders import a_rep, a_ticket
from tests.engines import Tables
from ticketing.feed.dynamodb import DynamoFeedLog
from ticketing.feed.following import Following
from ticketing.feed.ports import LASTS
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.tickets.views import Labels

HOUR = 60 * 60


def drop(log: DynamoFeedLog, customerID: int, number: int) -> None:
    key = log.engine.typed({"customerID": customerID, "number": number})
    log.engine.call("delete_item", TableName=log.table, Key=key)


def following(backend: Backend) -> Following:
    labels = Labels(backend.directory)
    return Following(backend.feed_log, backend.ticket_walk, backend.store, labels, backend.clock.now)


def test_a_change_is_told_though_the_last_entry_went_before_an_earlier_one(tables: Tables, customerID: int) -> None:
    backend, caller = on(tables), a_rep("Administrator", 11, customerID=customerID)
    log = backend.feed_log
    assert isinstance(log, DynamoFeedLog)
    for ticketID in (7, 8):
        backend.store.create(a_ticket(customerID=customerID, ticketID=ticketID))
        log.append(customerID, {ticketID: 1}, Deadline(monotonic() + 30))
    follower = following(backend)
    since = follower.page(caller, "now", 100).page.next
    for _ in range(4):  # asks every now and then, so that the bookmark stays young
        backend.clock.pass_(LASTS / 4 + HOUR)
        told = follower.page(caller, since, 100).page
        assert told.isUpToDate
        since = told.next
    drop(log, customerID, log.end(customerID))  # the time to live of both is over; the later one goes first
    backend.store.create(a_ticket(customerID=customerID, ticketID=9))
    log.append(customerID, {9: 1}, Deadline(monotonic() + 30))
    assert [item.ticketID for item in follower.page(caller, since, 100).page.items] == [9]


def test_of_two_who_begin_a_log_at_once_neither_is_passed_over(tables: Tables, customerID: int) -> None:
    """Two shards tell of a customer's first changes; a follower reads what the quicker one has appended."""
    backend, caller = on(tables), a_rep("Administrator", 11, customerID=customerID)
    for ticketID in (7, 8):
        backend.store.create(a_ticket(customerID=customerID, ticketID=ticketID))
    follower, told = following(backend), set[int]()
    since = follower.page(caller, "now", 100).page.next

    def catch_up() -> None:
        nonlocal since
        page = follower.page(caller, since, 100).page
        told.update(item.ticketID for item in page.items)
        since = page.next
        if not page.isUpToDate:
            catch_up()

    class Overtaken(Engine):
        """Lets another append, and a follower read that, before its own first write."""

        is_overtaken = False

        def call(self, operation: str, **parameters: Any) -> Any:
            if operation == "put_item" and not self.is_overtaken:
                self.is_overtaken = True
                backend.clock.pass_(0.005)
                backend.feed_log.append(customerID, {8: 1}, Deadline(monotonic() + 30))
                catch_up()
            return super().call(operation, **parameters)

    slower = DynamoFeedLog(Overtaken(tables.client), tables.names["feed"], backend.clock.now)
    slower.append(customerID, {7: 1}, Deadline(monotonic() + 30))
    catch_up()
    assert told == {7, 8}
