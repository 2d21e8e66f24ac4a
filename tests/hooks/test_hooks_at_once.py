"""Jobs of hooks and of the pipeline on an engine that is atomic: workers that die, work at once, and meet people."""

from dataclasses import dataclass, field

import pytest

from tests.backends import application_on, directory_on
from tests.builders import ADMIN, a_rep, a_ticket, acme
from tests.bulk.test_bulk_at_once import Killed, MortalEngine
from tests.engines import Tables
from tests.learning.fakes import InMemoryWebhooks, ScriptedSpamFilter, ScriptedTopicDetector
from tests.tickets.test_races_on_an_engine import at_once, deadline
from ticketing.application import Application
from ticketing.directory.hooks import ActionType, Hook, HookAction
from ticketing.jobs.job import FireHook, RunPipeline
from ticketing.jobs.steps import Steps
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.learning.verdict import SpamVerdict
from ticketing.tickets.model import Ticket
from ticketing.tickets.patch import merge_patch
from ticketing.tickets.precondition import Precondition

ACTIONS = [
    HookAction(actionID=1, hookName=Hook.PreSpam, type=ActionType.SetImportant),
    HookAction(actionID=1, hookName=Hook.PostTopicDetection, type=ActionType.SetTopics, topicIDs=[1, 2]),
    HookAction(actionID=2, hookName=Hook.PostTopicDetection, type=ActionType.ApiCall, url="https://crm.example/"),
    HookAction(actionID=1, hookName=Hook.OnClose, type=ActionType.SetImportant),
]
VERSIONS = 6
"""The versions of a ticket that ran through: created, important, judged, with topics, with more topics, processed."""
WRITES = VERSIONS - 1 + 2
"""The writes of a run: its versions, its way at the fork, and that the call was made."""


@dataclass
class Desk:
    """Workers of one customer, whose filter and detector know parcels."""

    tables: Tables
    customerID: int
    webhooks: InMemoryWebhooks = field(default_factory=InMemoryWebhooks)

    def __post_init__(self) -> None:
        directory_on(self.tables).load(acme(customerID=self.customerID, actions=ACTIONS))
        self.store = self.worker().adapters.tickets
        self.store.create(a_ticket(customerID=self.customerID, ticketID=1, isProcessed=False))

    def worker(self, engine: Engine | None = None) -> Application:
        application = application_on(self.tables)
        adapters = application.adapters
        adapters.dynamodb = engine or adapters.dynamodb
        adapters.webhooks = self.webhooks
        adapters.spam_filter = ScriptedSpamFilter({"parcel": SpamVerdict(isSpam=False, score=12)})
        adapters.topic_detector = ScriptedTopicDetector({"parcel": {2: 700}})
        return application

    def run_through(self, engine: Engine | None = None) -> None:
        worker = self.worker(engine)
        stores = (worker.revisions, worker.adapters.receipts)
        worker.pipeline.run(Steps(*stores, RunPipeline.of(self.created), deadline()), was_spam=False)

    def fire(self, ticket: Ticket) -> None:
        worker = self.worker()
        stores = (worker.revisions, worker.adapters.receipts)
        worker.hooks.run_fired(Steps(*stores, FireHook.of(ticket, Hook.OnClose), deadline()), Hook.OnClose)

    def patch(self, **fields: object) -> Ticket:
        rep = a_rep("Administrator", ADMIN, customerID=self.customerID)
        tickets = self.worker().tickets
        ticket = tickets.existing(self.customerID, 1)
        return tickets.patch(rep, ticket, merge_patch(dict(fields)), Precondition(), deadline())

    @property
    def created(self) -> Ticket:
        return a_ticket(customerID=self.customerID, ticketID=1, isProcessed=False)

    @property
    def now(self) -> Ticket:
        ticket = self.store.get(self.customerID, 1)
        assert ticket
        return ticket


@pytest.fixture
def desk(tables: Tables, customerID: int) -> Desk:
    return Desk(tables, customerID)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(WRITES))
def test_a_run_whose_worker_dies_at_any_write_is_done_once_by_the_next(desk: Desk, at: int, after: bool) -> None:
    with pytest.raises(Killed):
        desk.run_through(MortalEngine(desk.tables.client, at, after))
    desk.run_through()
    now = desk.now
    assert (now.version, now.isProcessed, now.topicIDs) == (VERSIONS, True, [1, 2])
    assert len({call.delivery for call in desk.webhooks.taken}) == 1  # at least once, under one name
    desk.run_through()
    assert desk.now == now


@pytest.mark.parametrize("at", range(WRITES))
def test_what_a_person_takes_back_after_a_crash_stays_taken_back(desk: Desk, at: int) -> None:
    with pytest.raises(Killed):
        desk.run_through(MortalEngine(desk.tables.client, at, after=True))
    desk.patch(isImportant=False)
    desk.run_through()
    assert (desk.now.isImportant, desk.now.isProcessed) == (False, True)


def test_many_who_work_on_one_job_do_it_once(desk: Desk) -> None:
    assert at_once(lambda _: desk.run_through(), 6) == [None] * 6
    now = desk.now
    assert (now.version, now.isProcessed, now.isImportant, now.topicIDs) == (VERSIONS, True, True, [1, 2])


def test_of_two_who_answer_a_question_at_once_both_go_by_the_first(desk: Desk) -> None:
    def steps() -> Steps:
        worker = desk.worker()
        return Steps(worker.revisions, worker.adapters.receipts, RunPipeline.of(desk.created), deadline())

    assert steps().settled("fork", lambda: "left" if steps().settled("fork", lambda: "right") else "") == "right"


def test_a_run_and_people_who_edit_the_ticket_lose_nothing_of_each_other(desk: Desk) -> None:
    fields = ("fromNumber", "summary", "preview")

    def act(number: int) -> None:
        if number < len(fields):
            desk.patch(**{fields[number]: "Edited"})
        else:
            desk.run_through()

    assert at_once(act, len(fields) + 2) == [None] * (len(fields) + 2)
    now = desk.now
    assert (now.fromNumber, now.summary, now.preview) == ("Edited", "Edited", "Edited")
    assert (now.isProcessed, now.isImportant, now.topicIDs) == (True, True, [1, 2])
    assert now.version == VERSIONS + len(fields)


def test_a_hook_that_is_told_many_times_at_once_acts_once(desk: Desk) -> None:
    closed = desk.patch(isClosed=True)
    assert at_once(lambda _: desk.fire(closed), 8) == [None] * 8
    assert (desk.now.version, desk.now.isImportant, desk.now.ledBy) == (closed.version + 1, True, ["OnClose"])
