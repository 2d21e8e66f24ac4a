"""Many who take a ticket, and many who begin a chat, on an engine that is atomic."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier, local
from typing import Any
from uuid import uuid4

import pytest

from tests.backends import application_on, directory_on
from tests.builders import A_CALL, ADMIN, ANN, BOB, SUPERVISOR, a_ticket, acme
from tests.calls.fakes import FakeTelephony
from tests.engines import Tables
from tests.tickets.test_races_on_an_engine import at_once, deadline, kinds
from ticketing.application import Application
from ticketing.calls.assignment import Assigned, AssignRequest
from ticketing.calls.call import CallForward
from ticketing.directory.model import Channel, Rep
from ticketing.directory.principal import Representative, Role
from ticketing.errors import AlreadyAssigned, TicketingError, TooManyRequests
from ticketing.kernel.idempotency import IdempotencyKey
from ticketing.tickets import permissions
from ticketing.tickets.editing import Created
from ticketing.tickets.model import Ticket
from ticketing.webchat.admission import Visit
from ticketing.webchat.chat import ChatDraft

VISIT = Visit("https://shop.example", None, "192.0.2.1")
ROLES = {ADMIN: Role.Administrator, SUPERVISOR: Role.Supervisor, ANN: Role.Agent, BOB: Role.Agent}


@dataclass(frozen=True)
class Office:
    """A customer whose representatives and visitors do things at once."""

    customerID: int
    token: str
    application: Application
    telephony: FakeTelephony

    def ticket(self, **fields: object) -> Ticket:
        ticketID = self.application.adapters.tickets.next_id(self.customerID)
        ticket = a_ticket(customerID=self.customerID, ticketID=ticketID, **fields)
        self.application.adapters.tickets.create(ticket)
        return ticket

    def holder_of(self, ticket: Ticket) -> int | None:
        now = self.application.adapters.tickets.get(ticket.customerID, ticket.ticketID)
        assert now
        return now.customerRepID

    def take(self, ticket: Ticket, repID: int, key: str | None = None) -> Assigned:
        caller = Representative(self.customerID, repID, ROLES[repID])
        scoped = IdempotencyKey.of(caller, f"/api/Tickets/{ticket.ticketID}/assign", key, {}) if key else None
        return self.application.assigning.assign(AssignRequest(caller, ticket.ticketID, key=scoped), deadline())

    def chat(self, key: str | None = None, message: str = "Hello") -> Created:
        draft = ChatDraft(channelToken=self.token, message=message)
        chat = self.application.webchat.channel(self.token, VISIT)
        scoped = IdempotencyKey.of(chat, "/api/Tickets/createchatticket", key, message) if key else None
        return self.application.webchat.begin(chat, draft, VISIT, scoped, deadline())


@pytest.fixture
def office(tables: Tables, customerID: int) -> Office:
    application, telephony = application_on(tables), FakeTelephony()
    application.adapters.telephony = telephony
    token = str(uuid4())
    chat = Channel(channelID=2, name="Webshop", type="Chat", token=token, hostnames=["shop.example"])
    reps = [Rep(repID=repID, name="x", role=role, phone="+3225550113") for repID, role in ROLES.items()]
    directory_on(tables).load(acme(customerID=customerID, channels=[chat], reps=reps))
    return Office(customerID, token, application, telephony)


@pytest.mark.parametrize("reps", [(ANN, BOB), (ANN, ADMIN), (ADMIN, SUPERVISOR)])
def test_of_two_who_race_for_a_free_ticket_one_gets_it(
    office: Office, reps: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        ticket = office.ticket()
        with monkeypatch.context() as patch:
            let_both_read_first(patch)
            outcomes = at_once(partial(lambda free, n: office.take(free, reps[n]), ticket), 2)
        assert kinds(outcomes) == {"Assigned": 1, "AlreadyAssigned": 1}
        (winner,) = (outcome.ticket for outcome in outcomes if isinstance(outcome, Assigned))
        assert office.application.adapters.tickets.get(office.customerID, ticket.ticketID) == winner
        assert winner.version == 2


def let_both_read_first(patch: pytest.MonkeyPatch) -> None:
    """Whoever decides for the first time waits for the other to have read the ticket too."""
    decide, both, seen = permissions.taken, Barrier(2), local()

    def decide_together(*arguments: Any) -> int:
        if not hasattr(seen, "it"):
            seen.it = True
            both.wait(timeout=60)
        return decide(*arguments)

    patch.setattr(permissions, "taken", decide_together)


@pytest.mark.parametrize("quicker", [ANN, SUPERVISOR])
def test_a_leader_who_read_it_free_is_told_that_another_was_quicker_and_one_who_read_it_taken_takes_it_over(
    office: Office, quicker: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = office.ticket()
    with monkeypatch.context() as patch:
        before_the_first_decision(patch, lambda: office.take(ticket, quicker))
        with pytest.raises(AlreadyAssigned):
            office.take(ticket, ADMIN)
    assert office.holder_of(ticket) == quicker
    assert office.take(ticket, ADMIN).ticket.customerRepID == office.holder_of(ticket) == ADMIN


@pytest.mark.parametrize("reps", [(ADMIN, SUPERVISOR), (ANN, ADMIN), (ANN, BOB)])
def test_what_two_who_race_are_told_follows_from_what_each_read(
    office: Office, reps: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those who read it free one gets it; whoever read it taken takes it over, unless they are an Agent."""
    for _ in range(30):
        ticket = office.ticket()
        with monkeypatch.context() as patch:
            read = first_readings(patch)
            outcomes = at_once(partial(lambda free, n: office.take(free, reps[n]), ticket), 2)
        told = dict(zip(reps, [type(outcome) for outcome in outcomes], strict=True))
        free = [rep for rep in reps if read[rep] is None]
        late = [rep for rep in reps if read[rep] is not None]
        (winner,) = (rep for rep in free if told[rep] is Assigned)
        assert all(told[rep] is AlreadyAssigned for rep in free if rep != winner)
        assert all(told[rep] is (AlreadyAssigned if ROLES[rep] is Role.Agent else Assigned) for rep in late)
        assert office.holder_of(ticket) == next((rep for rep in late if told[rep] is Assigned), winner)


def before_the_first_decision(patch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Whoever decides first has read the ticket; then `act` is done, and only then do they decide."""
    decide, acts = permissions.taken, [act]

    def decide_afterwards(*arguments: Any) -> int:
        if acts:
            acts.pop()()
        return decide(*arguments)

    patch.setattr(permissions, "taken", decide_afterwards)


def first_readings(patch: pytest.MonkeyPatch) -> dict[int, int | None]:
    """Return who held the ticket when each representative read it first, noted as they decide."""
    decide, read = permissions.taken, dict[int, int | None]()

    def decide_and_note(caller: Representative, was_free: bool, held: int | None) -> int:
        read.setdefault(caller.repID, held)
        return decide(caller, was_free, held)

    patch.setattr(permissions, "taken", decide_and_note)
    return read


def test_a_call_is_dialled_once_however_often_its_ticket_is_taken_at_once(office: Office) -> None:
    ticket = office.ticket(channelType="Phone", twilio_CallSid=A_CALL)
    outcomes = at_once(lambda _: office.take(ticket, ANN), 8)
    forwards = [outcome.callForward for outcome in outcomes if isinstance(outcome, Assigned)]
    assert sorted(forwards) == [CallForward.forwarded] + [CallForward.notApplicable] * 7
    assert len(office.telephony.dialled) == 1


def test_one_key_takes_a_ticket_and_dials_once_and_all_are_told_so(office: Office) -> None:
    ticket = office.ticket(channelType="Phone", twilio_CallSid=A_CALL)
    outcomes = at_once(lambda _: office.take(ticket, ANN, "k"), 8)
    assert [outcome.callForward for outcome in outcomes if isinstance(outcome, Assigned)] == [CallForward.forwarded] * 8
    assert sum(outcome.replayed for outcome in outcomes if isinstance(outcome, Assigned)) == 7
    assert len(office.telephony.dialled) == 1


def test_one_key_begins_one_chat(office: Office) -> None:
    outcomes = at_once(lambda _: office.chat("k"), 8)
    made = [outcome for outcome in outcomes if isinstance(outcome, Created)]
    assert len(made) == 8
    assert len({outcome.ticket.ticketID for outcome in made}) == 1
    assert sum(outcome.replayed for outcome in made) == 7


def test_one_address_begins_twenty_chats_at_once_and_no_more(office: Office) -> None:
    def begin(_: int) -> Created | TicketingError:
        try:
            return office.chat()
        except TicketingError as refusal:
            return refusal

    with ThreadPoolExecutor(16) as threads:
        outcomes = list(threads.map(begin, range(100)))
    assert kinds(outcomes) == {"Created": 20, "TooManyRequests": 80}
    assert {outcome.headers["Retry-After"] for outcome in outcomes if isinstance(outcome, TooManyRequests)} == {"3"}
