"""Many at once, on an engine that is atomic: nothing is lost, nothing is done twice."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Barrier

import pytest

from tests.backends import Backend
from tests.builders import A_CALL, a_body, a_ticket, acme
from ticketing.directory.principal import Representative, Role
from ticketing.errors import DuplicateCall, KeyInUse, NotFound, PatchTestFailed, TicketingError
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.idempotency import IdempotencyKey
from ticketing.tickets.draft import new_draft
from ticketing.tickets.editing import Created, Tickets
from ticketing.tickets.model import Ticket
from ticketing.tickets.patch import Patch, json_patch
from ticketing.tickets.precondition import Precondition
from ticketing.tickets.references import References


def at_once[T](act: Callable[[int], T], times: int) -> list[T | TicketingError]:
    """Return what becomes of so many who start together."""
    start = Barrier(times)

    def started(number: int) -> T | TicketingError:
        start.wait(timeout=30)
        try:
            return act(number)
        except TicketingError as refusal:
            return refusal

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(started, range(times)))


def deadline() -> Deadline:
    sound = Deadline(0)
    return Deadline(sound.clock() + 60)


@dataclass(frozen=True)
class Desk:
    """The use cases over the atomic engine, for an administrator of one customer."""

    backend: Backend
    caller: Representative
    tickets: Tickets

    def create(self, call: str | None = None, key: IdempotencyKey | None = None) -> Created:
        return self.tickets.create(self.caller, new_draft(a_body(twilio_CallSid=call)), key, deadline())

    def patch(self, ticketID: int, patch: Patch) -> Ticket:
        ticket = self.tickets.existing(self.caller.customerID, ticketID)
        return self.tickets.patch(self.caller, ticket, patch, Precondition(), deadline())


@pytest.fixture
def desk(atomic: Backend, customerID: int) -> Desk:
    atomic.directory.load(acme(customerID=customerID))
    tickets = Tickets(atomic.store, lambda: datetime.now(UTC), atomic.receipts, References(atomic.directory))
    return Desk(atomic, Representative(customerID, 11, Role.Administrator), tickets)


def kinds(outcomes: Sequence[object]) -> dict[str, int]:
    names = [type(outcome).__name__ for outcome in outcomes]
    return {name: names.count(name) for name in names}


def test_of_fifty_patches_none_is_lost(desk: Desk) -> None:
    ticketID = desk.create().ticket.ticketID

    def append(_: int) -> int:
        """Adds one letter to the summary, by a patch that only holds for the summary as it is."""
        while True:
            before = desk.tickets.read(desk.caller, ticketID).summary
            operations = [
                {"op": "test", "path": "/summary", "value": before},
                {"op": "add", "path": "/summary", "value": (before or "") + "x"},
            ]
            with suppress(PatchTestFailed):  # another was faster: look again
                patch = json_patch(operations)
                return desk.patch(ticketID, patch).version

    versions = at_once(append, 50)
    ticket = desk.tickets.read(desk.caller, ticketID)
    assert ticket.summary == "x" * 50
    assert ticket.version == 51
    assert sorted(map(str, versions)) == sorted(map(str, range(2, 52)))


def test_fifty_patches_of_different_fields_are_all_made(desk: Desk) -> None:
    ticketID = desk.create().ticket.ticketID
    fields = ["subject", "preview", "summary", "uid", "fromNumber", "toNumber", "status", "channelType"]

    def change(number: int) -> None:
        operation = {"op": "add", "path": f"/{fields[number % len(fields)]}", "value": f"v{number}"}
        desk.patch(ticketID, json_patch([operation]))

    assert kinds(at_once(change, 50)) == {"NoneType": 50}
    ticket = desk.tickets.read(desk.caller, ticketID)
    assert ticket.version == 51
    assert all(getattr(ticket, field).startswith("v") for field in fields)


def test_fifty_creations_have_fifty_ids(desk: Desk) -> None:
    outcomes = at_once(lambda _: desk.create().ticket.ticketID, 50)
    assert sorted(map(int, outcomes)) == list(range(1, 51))  # type: ignore[arg-type]
    assert len(desk.backend.store.get_many(desk.caller.customerID, range(1, 51))) == 50


def test_of_eight_creations_with_one_key_one_takes_effect(desk: Desk) -> None:
    key = IdempotencyKey.of(desk.caller, "/api/Tickets", "k", {})
    outcomes = at_once(lambda _: desk.create(key=key), 8)
    created = [outcome for outcome in outcomes if isinstance(outcome, Created)]
    assert all(isinstance(outcome, Created | KeyInUse) for outcome in outcomes)
    assert len({outcome.ticket.ticketID for outcome in created}) == 1
    assert [outcome.replayed for outcome in created].count(False) == 1
    assert len(desk.backend.store.get_many(desk.caller.customerID, range(1, 20))) == 1


def test_of_two_tickets_for_one_call_one_is_made(desk: Desk) -> None:
    outcomes = at_once(lambda _: desk.create(A_CALL), 2)
    assert kinds(outcomes) == {"Created": 1, "DuplicateCall": 1}
    assert len(desk.backend.store.get_many(desk.caller.customerID, [1, 2])) == 1


def test_of_two_tickets_that_take_one_call_one_gets_it(desk: Desk) -> None:
    for _ in range(2):
        desk.create()
    patch = json_patch([{"op": "add", "path": "/twilio_CallSid", "value": A_CALL}])

    def take(number: int) -> None:
        desk.patch(number + 1, patch)

    outcomes = at_once(take, 2)
    assert [type(outcome) for outcome in outcomes].count(DuplicateCall) == 1
    holders = [desk.tickets.read(desk.caller, ticketID).twilio_CallSid for ticketID in (1, 2)]
    assert sorted(map(str, holders)) == [A_CALL, "None"]


def test_of_eight_deletions_one_is_made(desk: Desk) -> None:
    desk.create(A_CALL)
    outcomes = at_once(lambda _: desk.tickets.delete(desk.caller, 1, Precondition(), deadline()), 8)
    assert kinds(outcomes) == {"NoneType": 1, "NotFound": 7}
    assert isinstance(next(outcome for outcome in outcomes if outcome), NotFound)


def test_deletions_and_changes_meet(desk: Desk) -> None:
    desk.create()
    patch = json_patch([{"op": "add", "path": "/summary", "value": "x"}])

    def act(number: int) -> None:
        if number:
            desk.patch(1, patch)
        else:
            desk.tickets.delete(desk.caller, 1, Precondition(), deadline())

    outcomes = at_once(act, 8)
    assert outcomes[0] is None
    assert kinds(outcomes).keys() <= {"NoneType", "NotFound"}
    assert desk.backend.store.get(desk.caller.customerID, 1) is None


def test_changes_of_different_tickets_do_not_meet(desk: Desk) -> None:
    store = desk.backend.store
    tickets = [a_ticket(customerID=desk.caller.customerID, ticketID=ticketID) for ticketID in range(1, 17)]
    for ticket in tickets:
        store.create(ticket)

    def change(number: int) -> None:
        store.replace(tickets[number], tickets[number].model_copy(update={"version": 2}))

    assert kinds(at_once(change, 16)) == {"NoneType": 16}
